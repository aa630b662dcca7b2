"""Four more numbers of the rules are fields of a standard; versions in an older format keep what was the rule then."""

from alembic import op

revision = "0022_numbers_of_standards"
down_revision = "0021_extensions"
branch_labels = None
depends_on = None

# SQLite would rebuild the table, and lose its triggers, for a CHECK that does not come with a column.
COLUMNS = {
    "indicators_needed": "INTEGER NOT NULL DEFAULT 4"
    " CONSTRAINT ck_standard_indicator_needed CHECK (indicators_needed >= 1)",
    "most_sat_alone": "INTEGER NOT NULL DEFAULT 1"
    " CONSTRAINT ck_standard_sat_alone_or_whole CHECK (most_sat_alone BETWEEN 0 AND 2)",
    "appeal_days": "INTEGER NOT NULL DEFAULT 28 CONSTRAINT ck_standard_time_to_appeal CHECK (appeal_days >= 1)",
    "feedback_days": "INTEGER NOT NULL DEFAULT 28"
    " CONSTRAINT ck_standard_time_for_feedback CHECK (feedback_days >= 1)"
    " CONSTRAINT ck_standard_second_format_as_it_was CHECK (content_format > 2 OR (indicators_needed = 4"
    " AND most_sat_alone = 1 AND appeal_days = 28 AND feedback_days = 28))",
}
BEFORE = (
    *("title", "number", "scale_min", "scale_max", "scale_standard", "assessors_per_exercise", "mean_needed"),
    *("most_below_standard", "floor", "k", "sem", "rated_share_needed", "resit_wait_months", "standing_months"),
    *("attempts_allowed", "attempts_window_months", "pass_valid_months", "content_format", "discuss_from_apart"),
    *("discuss_straddling", "discuss_judgements", "feedback_names_assessors"),
)
OPEN = "EXISTS (SELECT 1 FROM standard_proposal p WHERE p.standard_id = OLD.id AND p.ended_at IS NULL)"
NAME = "refuse_standard_proposed_update"
MESSAGE = "a proposed draft does not change"


def upgrade() -> None:
    """Add the columns, and let what is proposed stay as it is in them too."""
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE standard ADD COLUMN {name} {kind}")
    _keep_what_is_proposed(*BEFORE, *COLUMNS)


def _keep_what_is_proposed(*columns: str) -> None:
    """Make the trigger anew that refuses a change of these columns while a proposal is open."""
    condition = f"{OPEN} AND ({' OR '.join(f'OLD.{each} IS DISTINCT FROM NEW.{each}' for each in columns)})"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
        op.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON standard WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = '{NAME}'; END IF; RETURN NEW; END $$"
    )


def downgrade() -> None:
    """Drop the columns, the trigger first: it speaks of them."""
    _keep_what_is_proposed(*BEFORE)
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE standard DROP COLUMN {name}")
