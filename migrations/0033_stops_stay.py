"""What was decided about a person stays, only its end moves; and more tables get a guard against being written blindly.

On SQLite a guard costs a written row some microseconds.
"""

from collections.abc import Iterator

from migrations.runner.triggers import Refusal, guard, guard_no_longer, refuse, refuse_no_longer

revision = "0033_stops_stay"
down_revision = "0032_stops_lifted_before"
branch_labels = None
depends_on = None

FIXED = ("id", "staff_id", "programme_id", "kind", "from_day", "reason", "decided_by_id", "decided_at")
GUARDED = (
    *("stop", "course", "event", "event_day", "event_trainer", "booking", "attendance", "evidence_content"),
    *("module", "session_trainee", "record_form"),
)


def _refusals() -> Iterator[Refusal]:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    yield Refusal("stop_delete", "stop", "DELETE", "TRUE", "a stop is never deleted, only lifted")
    yield Refusal("stop_update", "stop", "UPDATE", changed, "only the end of a stop can change")


def upgrade() -> None:
    """Keep stops as they were decided, and guard the tables on both databases."""
    refuse(_refusals())
    guard(GUARDED)


def downgrade() -> None:
    """Take the triggers away."""
    guard_no_longer(GUARDED)
    refuse_no_longer(_refusals())
