"""Facts that came without a guard get one: nobody writes them with constraints switched off, nor empties them."""

from migrations.runner.triggers import guard, guard_no_longer, on_sqlite

revision = "0029_guards"
down_revision = "0028_equality"
branch_labels = None
depends_on = None

UNGUARDED = ("course_version", "course_prerequisite", "part_assessment", "certificate_extension", "lapse_setting")
NOT_EMPTIED = ("action_done",)
"""Guarded on PostgreSQL since it came."""


def upgrade() -> None:
    """Guard each table on both databases."""
    guard(_tables())


def _tables() -> tuple[str, ...]:
    return (*UNGUARDED, *NOT_EMPTIED) if on_sqlite() else UNGUARDED


def downgrade() -> None:
    """Take the guards away."""
    guard_no_longer(_tables())
