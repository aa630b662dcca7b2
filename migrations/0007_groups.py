"""Groups, supervision and assignments: the lower half of the chain of proof."""

import sqlalchemy as sa
from alembic import op

revision = "0007_groups"
down_revision = "0006_authorisations"
branch_labels = None
depends_on = None


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _ties() -> list[sa.ForeignKeyConstraint]:
    """Tie an open group to a supervision that begins on its first day and to one that ends on its last."""
    return [
        sa.ForeignKeyConstraint(
            ["id", group_column],
            ["supervision.group_id", f"supervision.{column}"],
            name=f"fk_delivery_group_{group_column}",
            deferrable=True,
            initially="DEFERRED",
        )
        for group_column, column in (("supervised_from", "starts_on"), ("supervised_to", "ends_on"))
    ]


def _begins_the_day_after() -> sa.CheckConstraint:
    """Let a supervision begin on the very day after the one that it follows."""
    next_day = "date(follows_on, '+1 day')" if _on_sqlite() else "follows_on + 1"
    return sa.CheckConstraint(
        f"follows_on IS NULL OR starts_on = {next_day}", name=op.f("ck_supervision_begins_the_day_after")
    )


def upgrade() -> None:
    """Groups, supervision and assignments: the lower half of the chain of proof."""
    op.create_table(
        "delivery_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("supervised_from", sa.Date(), nullable=True),
        sa.Column("supervised_to", sa.Date(), nullable=True),
        sa.Column("halted_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'open' OR (supervised_from IS NOT NULL AND supervised_to IS NOT NULL AND supervised_from = starts_on AND supervised_to = ends_on)",
            name=op.f("ck_delivery_group_open_under_supervision"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'halted', 'closed')", name=op.f("ck_delivery_group_state_known")
        ),
        sa.CheckConstraint(
            "(supervised_from IS NULL) = (supervised_to IS NULL) AND (supervised_from IS NULL OR supervised_from <= supervised_to)",
            name=op.f("ck_delivery_group_supervised_days_in_order"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_delivery_group_has_size")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_delivery_group_days_in_order")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_delivery_group_area_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_delivery_group_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_group")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_delivery_group_id_programme_id")),
        *(_ties() if _on_sqlite() else ()),
        sa.UniqueConstraint("reference", name=op.f("uq_delivery_group_reference")),
    )
    op.create_index(
        op.f("ix_delivery_group_area_id_starts_on"), "delivery_group", ["area_id", "starts_on"], unique=False
    )
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("follows_on", sa.Date(), nullable=True),
        sa.Column("authorisation_id", sa.Integer(), nullable=False),
        sa.Column("authorisation_from", sa.Date(), nullable=False),
        sa.Column("authorisation_to", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _begins_the_day_after(),
        sa.CheckConstraint(
            "role IN ('treatment_manager', 'designated_supervisor')", name=op.f("ck_supervision_role_known")
        ),
        sa.CheckConstraint(
            "authorisation_id IS NOT NULL AND authorisation_from IS NOT NULL AND authorisation_to IS NOT NULL AND authorisation_from <= starts_on AND ends_on <= authorisation_to",
            name=op.f("ck_supervision_within_authorisation"),
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_supervision_days_in_order")),
        sa.ForeignKeyConstraint(
            ["authorisation_id", "authorisation_from", "authorisation_to"],
            ["authorisation.id", "authorisation.valid_from", "authorisation.valid_to"],
            name="fk_supervision_authorisation_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authorisation_id", "supervisor_id", "programme_id", "role"],
            ["authorisation.id", "authorisation.staff_id", "authorisation.programme_id", "authorisation.role"],
            name="fk_supervision_authorisation_identity",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "follows_on"],
            ["supervision.group_id", "supervision.ends_on"],
            name="fk_supervision_follows",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "programme_id"],
            ["delivery_group.id", "delivery_group.programme_id"],
            name=op.f("fk_supervision_group_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_supervision_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sa.UniqueConstraint("group_id", "ends_on", name=op.f("uq_supervision_group_id_ends_on")),
        sa.UniqueConstraint("group_id", "starts_on", name=op.f("uq_supervision_group_id_starts_on")),
        sa.UniqueConstraint("id", "group_id", "supervisor_id", name=op.f("uq_supervision_id_group_id_supervisor_id")),
        sa.UniqueConstraint("id", "starts_on", "ends_on", name="uq_supervision_window"),
    )
    op.create_index(op.f("ix_supervision_authorisation_id"), "supervision", ["authorisation_id"], unique=False)
    op.create_index(op.f("ix_supervision_supervisor_id"), "supervision", ["supervisor_id"], unique=False)
    op.create_index(
        "uq_supervision_only_one_is_first",
        "supervision",
        ["group_id"],
        unique=True,
        sqlite_where=sa.text("follows_on IS NULL"),
        postgresql_where=sa.text("follows_on IS NULL"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("authorisation_id", sa.Integer(), nullable=False),
        sa.Column("authorisation_role", sa.String(length=30), nullable=False),
        sa.Column("authorisation_from", sa.Date(), nullable=False),
        sa.Column("authorisation_to", sa.Date(), nullable=False),
        sa.Column("supervision_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("supervision_from", sa.Date(), nullable=False),
        sa.Column("supervision_to", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("authorisation_role = 'facilitator'", name=op.f("ck_assignment_authorised_as_facilitator")),
        sa.CheckConstraint("kind IN ('regular', 'cover')", name=op.f("ck_assignment_kind_known")),
        sa.CheckConstraint(
            "authorisation_id IS NOT NULL AND authorisation_from IS NOT NULL AND authorisation_to IS NOT NULL AND authorisation_from <= starts_on AND ends_on <= authorisation_to",
            name=op.f("ck_assignment_within_authorisation"),
        ),
        sa.CheckConstraint("facilitator_id <> supervisor_id", name=op.f("ck_assignment_not_under_oneself")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_assignment_days_in_order")),
        sa.CheckConstraint(
            "supervision_id IS NOT NULL AND supervision_from IS NOT NULL AND supervision_to IS NOT NULL AND supervision_from <= starts_on AND ends_on <= supervision_to",
            name=op.f("ck_assignment_within_supervision"),
        ),
        sa.ForeignKeyConstraint(
            ["authorisation_id", "authorisation_from", "authorisation_to"],
            ["authorisation.id", "authorisation.valid_from", "authorisation.valid_to"],
            name="fk_assignment_authorisation_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authorisation_id", "facilitator_id", "programme_id", "authorisation_role"],
            ["authorisation.id", "authorisation.staff_id", "authorisation.programme_id", "authorisation.role"],
            name="fk_assignment_authorisation_identity",
        ),
        sa.ForeignKeyConstraint(["facilitator_id"], ["staff.id"], name=op.f("fk_assignment_facilitator_id")),
        sa.ForeignKeyConstraint(
            ["group_id", "programme_id"],
            ["delivery_group.id", "delivery_group.programme_id"],
            name=op.f("fk_assignment_group_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_assignment_made_by_id")),
        sa.ForeignKeyConstraint(
            ["supervision_id", "group_id", "supervisor_id"],
            ["supervision.id", "supervision.group_id", "supervision.supervisor_id"],
            name="fk_assignment_supervision_identity",
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id", "supervision_from", "supervision_to"],
            ["supervision.id", "supervision.starts_on", "supervision.ends_on"],
            name="fk_assignment_supervision_window",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "group_id", "facilitator_id", "starts_on", name=op.f("uq_assignment_group_id_facilitator_id_starts_on")
        ),
        sa.UniqueConstraint("id", "group_id", "facilitator_id", name=op.f("uq_assignment_id_group_id_facilitator_id")),
        sa.UniqueConstraint("id", "starts_on", "ends_on", name="uq_assignment_window"),
    )
    op.create_index(op.f("ix_assignment_authorisation_id"), "assignment", ["authorisation_id"], unique=False)
    op.create_index(
        op.f("ix_assignment_facilitator_id_ends_on"), "assignment", ["facilitator_id", "ends_on"], unique=False
    )
    op.create_index(op.f("ix_assignment_made_by_id"), "assignment", ["made_by_id"], unique=False)
    op.create_index(op.f("ix_assignment_supervision_id"), "assignment", ["supervision_id"], unique=False)

    if not _on_sqlite():  # SQLite makes them with the table: it cannot add a key afterwards, nor needs to
        for group_column, column in (("supervised_from", "starts_on"), ("supervised_to", "ends_on")):
            op.create_foreign_key(
                f"fk_delivery_group_{group_column}",
                "delivery_group",
                "supervision",
                ["id", group_column],
                ["group_id", column],
                deferrable=True,
                initially="DEFERRED",
            )


def downgrade() -> None:
    """Drop what the upgrade made."""
    if not _on_sqlite():
        op.drop_constraint("fk_delivery_group_supervised_from", "delivery_group")
        op.drop_constraint("fk_delivery_group_supervised_to", "delivery_group")
    op.drop_table("assignment")
    op.drop_table("supervision")
    op.drop_table("delivery_group")
