"""Triggers that migrations make alike on both databases; 0023 was the first to use them.

What stands here is part of every migration that calls it: it may be added to, and is never changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from alembic import op

SWITCHED_OFF = (
    "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"
    " OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1"
    " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
)


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def on_sqlite() -> bool:
    """True if it is SQLite that is migrated, and not PostgreSQL."""
    return op.get_bind().dialect.name == "sqlite"


def refuse(refusals: Iterable[Refusal]) -> None:
    """Make the triggers, each named `refuse_` and its name."""
    for refusal in refusals:
        (_refuse_on_sqlite if on_sqlite() else _refuse_on_postgresql)(refusal)


def refuse_no_longer(refusals: Iterable[Refusal]) -> None:
    """Drop what `refuse` made; before the tables, for the conditions may speak of several."""
    for refusal in refusals:
        drop = "DROP TRIGGER refuse_{}" if on_sqlite() else "DROP FUNCTION refuse_{}() CASCADE"
        op.execute(drop.format(refusal.name))


def guard(tables: Iterable[str]) -> None:
    """Let nobody write to the tables with constraints switched off (SQLite), nor empty them past the triggers."""
    for table in tables:
        if not on_sqlite():
            guard_truncate(table)
            continue
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {SWITCHED_OFF}"
                " BEGIN SELECT RAISE(ABORT, 'the connection has its constraints switched off'); END"
            )


def guard_no_longer(tables: Iterable[str]) -> None:
    """Take away what `guard` made on tables that stay."""
    for table in tables:
        if not on_sqlite():
            op.execute(f"DROP TRIGGER guard_{table}_truncate ON {table}")
            continue
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER guard_{table}_{event}")


def guard_truncate(table: str) -> None:
    """Let nobody empty the table past the triggers of its rows; PostgreSQL alone can."""
    op.execute(
        f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
    )


def _refuse_on_sqlite(refusal: Refusal) -> None:
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table} WHEN {refusal.condition}"
        f" BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    )


def _refuse_on_postgresql(refusal: Refusal) -> None:
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
