"""Making a table anew on SQLite, which cannot change the keys and CHECKs of one that is there; 0023 was the first.

What stands here is part of every migration that calls it: it may be added to, and is never changed.
"""

import re
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from alembic import op


def make_anew(
    table: str,
    changes: Iterable[tuple[str, str]],
    *,
    more: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> None:
    """Make the table anew in other words, with its rows; its indexes and triggers come again as they were.

    `changes` are words of SQLite's own text for the table and what stands in the place of their last; RuntimeError if
    they are not there. `more` are columns that are new, each with what it holds; `without` are columns that go.
    """
    bind = op.get_bind()
    made = "SELECT name, sql FROM sqlite_master WHERE tbl_name = :table AND sql <> ''"
    again = dict(bind.execute(sa.text(made), {"table": table}).all())
    words = again.pop(table)
    for old, new in changes:
        if old not in words:
            raise RuntimeError(f"{table} is not as it was left: {old}")
        words = new.join(words.rsplit(old, 1))
    kept = {column["name"]: column["name"] for column in sa.inspect(bind).get_columns(table)}
    given = {name: value for name, value in (kept | dict(more or {})).items() if name not in without}
    bind.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    bind.exec_driver_sql(re.sub(f'CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", words, count=1))
    bind.exec_driver_sql(
        f"INSERT INTO {table}_anew ({', '.join(given)}) SELECT {', '.join(given.values())} FROM {table} ORDER BY rowid"
    )
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    bind.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
    for statement in again.values():
        bind.exec_driver_sql(statement)
