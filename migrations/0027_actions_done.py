"""What supervisor and facilitators agreed on is done on a day: said once, by somebody, and only added to."""

import sqlalchemy as sa
from alembic import op

from migrations.runner.triggers import Refusal, guard_truncate, on_sqlite, refuse, refuse_no_longer

revision = "0027_actions_done"
down_revision = "0026_nations"
branch_labels = None
depends_on = None

MESSAGE = "what was said to be done is only ever added to"
REFUSALS = tuple(
    Refusal(f"action_done_{event.lower()}", "action_done", event, "TRUE", MESSAGE) for event in ("UPDATE", "DELETE")
)


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
    refuse(REFUSALS)
    if not on_sqlite():
        guard_truncate("action_done")


def downgrade() -> None:
    """Forget what was done."""
    refuse_no_longer(REFUSALS)
    op.drop_index(op.f("ix_record_action_due_on"), "record_action")
    op.drop_table("action_done")
