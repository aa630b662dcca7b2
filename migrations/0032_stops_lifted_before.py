"""A suspension or deselection that is lifted before it began ends on its eve, so that no day of it is left."""

from alembic import op

from migrations.runner.rebuilding import make_anew
from migrations.runner.triggers import on_sqlite

revision = "0032_stops_lifted_before"
down_revision = "0031_delivery_reminders"
branch_labels = None
depends_on = None

NAME = "ck_stop_days_in_order"
OLD = "from_day <= to_day"
ON_SQLITE, ON_POSTGRESQL = "date(from_day, '-1 day') <= to_day", "from_day - 1 <= to_day"


def upgrade() -> None:
    """Let a stop end on the eve of its first day."""
    if on_sqlite():
        make_anew("stop", [(f"CHECK ({OLD})", f"CHECK ({ON_SQLITE})")])
    else:
        _replace(ON_POSTGRESQL)


def downgrade() -> None:
    """Give a stop that never took effect its first day back."""
    op.execute("UPDATE stop SET to_day = from_day WHERE to_day < from_day")
    if on_sqlite():
        make_anew("stop", [(f"CHECK ({ON_SQLITE})", f"CHECK ({OLD})")])
    else:
        _replace(OLD)


def _replace(words: str) -> None:
    op.execute(f"ALTER TABLE stop DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE stop ADD CONSTRAINT {NAME} CHECK ({words})")
