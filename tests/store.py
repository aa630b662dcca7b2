"""The database seen from outside the service: what is stored, and what a test puts there.

Each look and each change has a session of its own that ends at once: so a commit that the service forgot shows, and no
test keeps the one writer's place that SQLite has.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, create_engine, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from selection.core.db import Base, only_reading

Row = TypeVar("Row")


class Store:
    """One test's database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = create_engine(url)
        self._for_plain_sql = create_engine(url, poolclass=NullPool)

    @property
    def dialect(self) -> str:
        """Which kind it is: sqlite or postgresql."""
        return self.engine.dialect.name

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Change things: committed at the end, undone by an exception. What is in it can be read afterwards."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Change things in plain SQL: committed at the end, undone by an exception.

        Each time it is a connection of its own, so that nothing that was switched off on it stays off.
        """
        with self._for_plain_sql.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look, without standing in a writer's way."""
        with only_reading(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    def all(self, query: Select[Row]) -> Sequence[Row]:
        """Return what the query finds; relations that it did not load stay out of reach."""
        with self.reading() as session:
            return session.scalars(query).unique().all()

    def one(self, query: Select[Row]) -> Row:
        """Return the one thing that the query finds."""
        with self.reading() as session:
            return session.scalars(query).unique().one()

    def count(self, table: type[Base], *conditions: Any) -> int:
        """Return how many rows of the table meet the conditions."""
        with self.reading() as session:
            return session.scalars(select(func.count()).select_from(table).where(*conditions)).one()

    def sql(self, statement: str, **values: Any) -> int:
        """Run one statement of plain SQL, committed; return how many rows it touched."""
        with self.connection() as connection:
            return connection.execute(text(statement), values).rowcount

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what plain SQL finds."""
        with self.connection() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
