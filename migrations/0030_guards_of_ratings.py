"""Forms of assessors, who sits what, and forms of records get a guard: nobody writes them with constraints switched off.

On SQLite it costs an autosave a tenth of a millisecond.
"""

from migrations.runner.triggers import guard, guard_no_longer, on_sqlite

revision = "0030_guards_of_ratings"
down_revision = "0029_guards"
branch_labels = None
depends_on = None

UNGUARDED = ("centre", "candidacy", "sitting", "rating_form", "rating", "indicator_mark", "form_question", "form_point")
NOT_EMPTIED = ("form_operation", "transcription")
"""Guarded on PostgreSQL since they came."""


def upgrade() -> None:
    """Guard each table on both databases."""
    guard(_tables())


def _tables() -> tuple[str, ...]:
    return (*UNGUARDED, *NOT_EMPTIED) if on_sqlite() else UNGUARDED


def downgrade() -> None:
    """Take the guards away."""
    guard_no_longer(_tables())
