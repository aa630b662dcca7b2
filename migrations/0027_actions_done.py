"""What supervisor and facilitators agreed on is done on a day: said once, by somebody, and only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0027_actions_done"
down_revision = "0026_nations"
branch_labels = None
depends_on = None

EVENTS = ("UPDATE", "DELETE")
MESSAGE = "what was said to be done is only ever added to"


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    """Keep when an agreed action was done, and who said so."""
    op.create_table(
        "action_done",
        sa.Column("action_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["record_action.id"], name=op.f("fk_action_done_action_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["account.id"], name=op.f("fk_action_done_said_by_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_action_done")),
    )
    op.create_index(op.f("ix_action_done_said_by_id"), "action_done", ["said_by_id"])
    op.create_index(op.f("ix_record_action_due_on"), "record_action", ["due_on"])
    for event in EVENTS:
        if _on_sqlite():
            op.execute(
                f"CREATE TRIGGER refuse_action_done_{event.lower()} BEFORE {event} ON action_done"
                f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
            continue
        row = "OLD" if event == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION refuse_action_done_{event.lower()}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation',"
            f" CONSTRAINT = 'refuse_action_done_{event.lower()}'; RETURN {row}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER refuse_action_done_{event.lower()} BEFORE {event} ON action_done"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_action_done_{event.lower()}()"
        )
    if not _on_sqlite():
        op.execute(
            "CREATE TRIGGER guard_action_done_truncate BEFORE TRUNCATE ON action_done"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
        )


def downgrade() -> None:
    """Forget what was done."""
    op.drop_index(op.f("ix_record_action_due_on"), "record_action")
    op.drop_table("action_done")
    if not _on_sqlite():
        for event in EVENTS:
            op.execute(f"DROP FUNCTION refuse_action_done_{event.lower()}()")
