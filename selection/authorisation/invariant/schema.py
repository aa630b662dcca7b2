"""Is the live schema the one that is attacked? Constraints, triggers and indexes are compared by their definitions."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text

from selection.authorisation.invariant.finding import Finding
from selection.authorisation.invariant.scratch import scratch

SQLITE = """
    SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
     AND name <> 'alembic_version'"""
POSTGRESQL = """
    SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0
    UNION ALL SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(t.oid, true) || tgenabled::text
      FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
     WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace
    UNION ALL SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    UNION ALL SELECT 'index ' || indexname, replace(indexdef, current_schema() || '.', '')
      FROM pg_indexes WHERE schemaname = current_schema()"""


def findings(live: Engine) -> Iterator[Finding]:
    """Yield whether the live schema has every constraint, trigger and index that the migrations make, unaltered."""
    with live.connect() as connection:
        here = _definitions(connection)
    with scratch(live) as engine, engine.connect() as connection:
        made = _definitions(connection)
    wrong = sorted(name for name, definition in made.items() if here.get(name) != definition)
    check = f"the live schema has all of its {len(made)} constraints, triggers and indexes as the migrations make them"
    yield Finding(check=check, holds=not wrong, seen=f"missing or altered: {', '.join(wrong)}" if wrong else "")


def _definitions(connection: Connection) -> dict[str, str]:
    query = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    return {name: _in_order(" ".join(definition.split())) for name, definition in connection.execute(text(query))}


def _in_order(definition: str) -> str:
    """Return a table's definition with its parts in order: a table that was made anew has its keys in any."""
    head, opened, body = definition.partition("(")
    if not head.startswith("CREATE TABLE"):
        return definition
    parts, depth = [""], 0
    for letter in body:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    parts[-1] = parts[-1].removesuffix(")")
    return head + opened + ", ".join(sorted(part.strip() for part in parts))
