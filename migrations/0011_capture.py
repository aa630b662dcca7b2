"""How a rating form is filled: its operations, the devices that hold it, what was typed from paper."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0011_capture"
down_revision = "0010_triggers"
branch_labels = None
depends_on = None

ADDED_TO = ("form_operation", "transcription")


def upgrade() -> None:
    """How a rating form is filled: its operations, the devices that hold it, what was typed from paper."""
    op.create_table(
        "form_operation",
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version = base_version + 1", name=op.f("ck_form_operation_one_version_on")),
        sa.CheckConstraint("door IN ('device', 'page', 'paper')", name=op.f("ck_form_operation_door_known")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_form_operation_by_id")),
        sa.ForeignKeyConstraint(["form_id"], ["rating_form.id"], name=op.f("fk_form_operation_form_id")),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_form_operation_standard_id")),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_form_operation")),
        sa.UniqueConstraint("form_id", "version", name=op.f("uq_form_operation_form_id_version")),
    )
    op.create_table(
        "form_hold",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(length=20), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("how IN ('handed_back', 'sealed', 'given_up')", name=op.f("ck_form_hold_how_known")),
        sa.CheckConstraint("(ended_at IS NULL) = (how IS NULL)", name=op.f("ck_form_hold_ended_somehow")),
        sa.CheckConstraint("unsent >= 0", name=op.f("ck_form_hold_unsent_not_negative")),
        sa.CheckConstraint(
            "how IS NULL OR how <> 'given_up' OR reason <> ''", name=op.f("ck_form_hold_given_up_with_reason")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_form_hold_account_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_form_hold_ended_by_id")),
        sa.ForeignKeyConstraint(["form_id"], ["rating_form.id"], name=op.f("fk_form_hold_form_id")),
        sa.PrimaryKeyConstraint("form_id", "device_id", name=op.f("pk_form_hold")),
    )
    op.create_index(op.f("ix_rating_form_id_assessor_id"), "rating_form", ["id", "assessor_id"], unique=True)
    op.create_table(
        "transcription",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_staff_id", sa.Integer(), nullable=True),
        sa.Column("paper_kept", sa.String(length=200), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("by_staff_id <> assessor_id", name=op.f("ck_transcription_by_another_person")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_transcription_by_id")),
        sa.ForeignKeyConstraint(["by_staff_id"], ["staff.id"], name=op.f("fk_transcription_by_staff_id")),
        sa.ForeignKeyConstraint(
            ["form_id", "assessor_id"],
            ["rating_form.id", "rating_form.assessor_id"],
            name=op.f("fk_transcription_form_id"),
        ),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_transcription")),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _refusals_on_sqlite() if on_sqlite else _refusals_on_postgresql():
        op.execute(statement)


def _refusals_on_sqlite() -> Iterator[str]:
    for table in ADDED_TO:
        for event in ("update", "delete"):
            yield (
                f"CREATE TRIGGER refuse_{table}_{event} BEFORE {event.upper()} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )


def _refusals_on_postgresql() -> Iterator[str]:
    for table in ADDED_TO:
        name = f"refuse_{table}_change"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{table} is only ever added to' USING ERRCODE = 'check_violation',"
            f" CONSTRAINT = '{name}'; END $$"
        )
        yield (f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        yield (
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
        )


def downgrade() -> None:
    """Drop what the upgrade made."""
    for table in ("transcription", "form_hold", "form_operation"):
        op.drop_table(table)
    op.drop_index(op.f("ix_rating_form_id_assessor_id"), "rating_form")
    if op.get_bind().dialect.name == "postgresql":
        for table in ADDED_TO:
            op.execute(f"DROP FUNCTION refuse_{table}_change()")
