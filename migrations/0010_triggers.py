"""Triggers: facts are only ever added, what is sealed or published stays, and SQLite cannot be talked out of its keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from alembic import op

revision = "0010_triggers"
down_revision = "0009_trail"
branch_labels = None
depends_on = None


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


FACTS = ("moderation", "exercise_outcome", "decision", "course_result", "recognition", "trail_entry")
KEPT = ("certificate", "appointment", "authorisation")
COLUMNS = {
    "certificate": (
        *("id", "number", "staff_id", "stage", "programme_id", "valid_from", "issued_at", "issued_by_id"),
        *("decision_id", "decision_result", "result_id", "result_passed", "recognition_id"),
    ),
    "appointment": (
        *("id", "staff_id", "programme_id", "role", "valid_from"),
        *("approved_by_id", "approver_staff_id", "approved_at", "reason"),
    ),
}
PUBLISHED = {
    "anchor": "SELECT 1 FROM standard s WHERE s.id = {row}.standard_id AND s.state = 'published'",
    "exercise": "SELECT 1 FROM standard s WHERE s.id = {row}.standard_id AND s.state = 'published'",
    "competency": "SELECT 1 FROM exercise e JOIN standard s ON s.id = e.standard_id"
    " WHERE e.id = {row}.exercise_id AND s.state = 'published'",
    "indicator": "SELECT 1 FROM competency c JOIN exercise e ON e.id = c.exercise_id"
    " JOIN standard s ON s.id = e.standard_id WHERE c.id = {row}.competency_id AND s.state = 'published'",
}
SEALED = "SELECT 1 FROM rating_form f WHERE f.id = {row}.form_id AND f.sealed_at IS NOT NULL"
REVEALED = (
    "(SELECT count(*) FROM rating_form f WHERE f.sitting_id = OLD.sitting_id AND NOT f.third"
    " AND f.sealed_at IS NOT NULL) >= (SELECT s.assessors_per_exercise FROM sitting t"
    " JOIN exercise e ON e.id = t.exercise_id JOIN standard s ON s.id = e.standard_id WHERE t.id = OLD.sitting_id)"
    " AND NOT EXISTS (SELECT 1 FROM rating_form f WHERE f.sitting_id = OLD.sitting_id AND NOT f.third"
    " AND f.sealed_at IS NULL)"
)
REVEALED_NOW = REVEALED.replace("OLD.sitting_id", "NEW.sitting_id")
PROVEN = (*FACTS, *KEPT, "delivery_group", "supervision", "assignment")


def _facts() -> Iterator[Refusal]:
    for table in FACTS:
        for event in ("UPDATE", "DELETE"):
            yield Refusal(f"{table}_{event.lower()}", table, event, "TRUE", f"{table} is only ever added to")
    for table in KEPT:
        yield Refusal(f"{table}_delete", table, "DELETE", "TRUE", f"{table} is never deleted, only ended")
    for table, columns in COLUMNS.items():
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield Refusal(f"{table}_update", table, "UPDATE", changed, f"only the end of a {table} can change")


def _published() -> Iterator[Refusal]:
    message = "a published standard never changes"
    for event in ("UPDATE", "DELETE"):
        yield Refusal(f"standard_{event.lower()}", "standard", event, "OLD.state = 'published'", message)
    for table, query in PUBLISHED.items():
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            condition = " OR ".join(f"EXISTS ({query.format(row=row)})" for row in rows)
            yield Refusal(f"{table}_{event.lower()}", table, event, condition, message)


def _sealed() -> Iterator[Refusal]:
    message = "a sealed form does not change"
    for table in ("rating", "indicator_mark"):
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            condition = " OR ".join(f"EXISTS ({SEALED.format(row=row)})" for row in rows)
            yield Refusal(f"{table}_{event.lower()}", table, event, condition, message)
    yield Refusal("rating_form_delete", "rating_form", "DELETE", "OLD.sealed_at IS NOT NULL", message)
    content = (
        "sitting_id",
        "staff_id",
        "assessor_id",
        "third",
        "global_judgement",
        "critical_incident",
        "incident_note",
    )
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in content)
    moved = "(NEW.sealed_at IS NOT NULL AND OLD.sealed_at IS DISTINCT FROM NEW.sealed_at)"
    yield Refusal(
        "rating_form_update", "rating_form", "UPDATE", f"OLD.sealed_at IS NOT NULL AND ({changed} OR {moved})", message
    )
    yield Refusal(
        "rating_form_reopen",
        "rating_form",
        "UPDATE",
        f"OLD.sealed_at IS NOT NULL AND NEW.sealed_at IS NULL AND {REVEALED}",
        "a form is not reopened after the reveal",
    )
    # Else an empty form, added or moved to a sitting after the reveal, would undo it.
    identity = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in content[:4])
    yield Refusal(
        "rating_form_insert",
        "rating_form",
        "INSERT",
        f"NOT NEW.third AND {REVEALED_NOW}",
        "after the reveal only a third assessor joins",
    )
    yield Refusal("rating_form_moved", "rating_form", "UPDATE", identity, "a form stays with its assessor and exercise")


def refusals() -> list[Refusal]:
    """Return every refusal that holds on both databases."""
    return [*_facts(), *_published(), *_sealed()]


def upgrade() -> None:
    """Make the triggers."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals():
        (_on_sqlite if on_sqlite else _on_postgresql)(refusal)
    if on_sqlite:
        _guard_sqlite()
    else:
        _guard_postgresql()


def _on_sqlite(refusal: Refusal) -> None:
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table} WHEN {refusal.condition}"
        f" BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    )


def _on_postgresql(refusal: Refusal) -> None:
    row = "OLD" if refusal.event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION refuse_{refusal.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {refusal.condition} THEN RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = 'refuse_{refusal.name}'; END IF; RETURN {row}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table}"
        f" FOR EACH ROW EXECUTE FUNCTION refuse_{refusal.name}()"
    )


def _guard_sqlite() -> None:
    """Refuse writes to the chain while a connection has its foreign keys, CHECKs or these triggers' reach turned off."""
    switched_off = (
        "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"
        " OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1"
        " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
    )
    for table in PROVEN:
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {switched_off}"
                " BEGIN SELECT RAISE(ABORT, 'the connection has its constraints switched off'); END"
            )


def _guard_postgresql() -> None:
    """Refuse TRUNCATE, which row triggers do not see."""
    op.execute(
        "CREATE FUNCTION guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'these rows are kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'guard_truncate';"
        " END $$"
    )
    for table in PROVEN:
        op.execute(
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
        )


def downgrade() -> None:
    """Drop the triggers."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals():
        op.execute(
            f"DROP TRIGGER refuse_{refusal.name}" if on_sqlite else f"DROP FUNCTION refuse_{refusal.name}() CASCADE"
        )
    if not on_sqlite:
        op.execute("DROP FUNCTION guard_truncate() CASCADE")
        return
    for table in PROVEN:
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER guard_{table}_{event}")
