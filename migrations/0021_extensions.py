"""Extraordinary extensions of certificates, each on record for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0021_extensions"
down_revision = "0020_two_people"
branch_labels = None
depends_on = None

MESSAGE = "certificate_extension is only ever added to"


def upgrade() -> None:
    """Make the table, and refuse to change what is in it."""
    op.create_table(
        "certificate_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_day < to_day", name=op.f("ck_certificate_extension_lengthens")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_certificate_extension_has_reason")),
        sa.CheckConstraint(
            "approved_by_id <> staff_id", name=op.f("ck_certificate_extension_approver_is_not_the_person")
        ),
        sa.CheckConstraint(
            "approved_by_id <> requested_by_id", name=op.f("ck_certificate_extension_approver_is_not_who_asked")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id", "staff_id", "stage"],
            ["certificate.id", "certificate.staff_id", "certificate.stage"],
            name=op.f("fk_certificate_extension_certificate_id_staff_id_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["staff.id"], name=op.f("fk_certificate_extension_requested_by_id")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff.id"], name=op.f("fk_certificate_extension_approved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_extension")),
    )
    op.create_index(op.f("ix_certificate_extension_certificate_id"), "certificate_extension", ["certificate_id"])
    for event in ("update", "delete"):
        name = f"refuse_certificate_extension_{event}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON certificate_extension"
                f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON certificate_extension"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    """Drop the table with what holds it."""
    op.drop_table("certificate_extension")
    if op.get_bind().dialect.name != "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP FUNCTION refuse_certificate_extension_{event}()")
