"""Rows on their way into the database: each has its id from the start, and they are written many at a time.

What the models' own defaults are is filled in here; keys, CHECKs and triggers judge the rows as they judge all others.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from selection.core.db import Base

AT_ONCE = 5_000


class Rows:
    """Collects rows and writes them, each table after those that it leans on."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._changes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._last_id: dict[str, int] = {}
        self._defaults: dict[str, dict[str, Any]] = {}
        self.written = 0

    def add(self, model: type[Base], **values: Any) -> int:
        """Take a row of a table whose key is a number, and return that number."""
        table = model.__table__.name  # type: ignore[attr-defined]
        if table not in self._last_id:
            self._last_id[table] = self._highest_id(table)
        self._last_id[table] += 1
        self._waiting[table].append({**self._defaults_of(table), **values, "id": self._last_id[table]})
        return self._last_id[table]

    def join(self, model: type[Base], **values: Any) -> None:
        """Take a row of a table whose key is made of what it joins."""
        table = model.__table__.name  # type: ignore[attr-defined]
        self._waiting[table].append({**self._defaults_of(table), **values})

    def waiting(self, model: type[Base]) -> list[dict[str, Any]]:
        """Return the rows of a table that are not written yet, for whoever completes them."""
        return self._waiting[model.__table__.name]  # type: ignore[attr-defined]

    def change(self, model: type[Base], row_id: int, **values: Any) -> None:
        """Change a row once everything that waits is written; what a row gets late is the same for all of its table."""
        self._changes[model.__table__.name].append({**values, "row_id": row_id})  # type: ignore[attr-defined]

    def write(self) -> None:
        """Write all that waits."""
        connection = self._session.connection()
        for table in Base.metadata.sorted_tables:
            rows = self._waiting.pop(table.name, [])
            for start in range(0, len(rows), AT_ONCE):
                connection.execute(table.insert(), rows[start : start + AT_ONCE])
            self.written += len(rows)
        for name, changes in self._changes.items():
            changed = Base.metadata.tables[name]
            connection.execute(update(changed).where(changed.c.id == bindparam("row_id")), changes)
        self._changes.clear()

    def finish(self) -> None:
        """Let the database number what comes later after ours, and look at what it holds now."""
        if self._session.connection().dialect.name == "postgresql":
            for name in self._last_id:
                sequence = func.pg_get_serial_sequence(name, "id")
                self._session.execute(select(func.setval(sequence, self._last_id[name])))
        self._session.execute(text("ANALYZE"))

    def _highest_id(self, table: str) -> int:
        highest: int | None = self._session.scalar(select(func.max(Base.metadata.tables[table].c.id)))
        return highest or 0

    def _defaults_of(self, table: str) -> dict[str, Any]:
        if table not in self._defaults:
            self._defaults[table] = dict(_defaults(Base.metadata.tables[table]))
        return self._defaults[table]


def _defaults(table: Table) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.name != "id":
            yield column.name, column.default.arg if column.default is not None else None  # type: ignore[attr-defined]
