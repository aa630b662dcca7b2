"""The database: one session a request, foreign keys always on, and writers that wait their turn on SQLite."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import iscoroutinefunction
from typing import Any, TypeVarTuple

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine, MetaData, Row, event, insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.selectable import TypedReturnsRows

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

reading_only: ContextVar[bool] = ContextVar("reading_only", default=False)
"""True while a request is known to write nothing; it alone may start without the writer's place on SQLite."""


to_disk: ContextVar[bool] = ContextVar("to_disk", default=False)
"""True while a request promises that what it stores outlasts a power cut: a device forgets what was acknowledged.

PostgreSQL always keeps that promise. SQLite does so here for those requests alone: it costs a wait for the disk.
"""


@contextmanager
def only_reading() -> Iterator[None]:
    """Let what is done inside, which writes nothing, go without the writer's place; afterwards all is as before."""
    token = reading_only.set(True)
    try:
        yield
    finally:
        reading_only.reset(token)


class Base(DeclarativeBase):
    """The base of every table; its constraints are named by one convention, so that a breach can be told apart."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(session_options={"expire_on_commit": False})

Columns = TypeVarTuple("Columns")


def init_app(app: Flask) -> None:
    """Give each request its session, and close it at the end.

    The closing of asynchronous sessions, which we have none of, is taken off again: it would start a thread with an
    event loop at the end of each request, half a millisecond for nothing.
    """
    db.init_app(app)
    app.teardown_appcontext_funcs = [tidy for tidy in app.teardown_appcontext_funcs if not iscoroutinefunction(tidy)]


def rows(statement: TypedReturnsRows[*Columns], **values: Any) -> Sequence[Row[*Columns]]:
    """Return the rows of a statement that asks for columns, not objects; what the session has to write goes first.

    It is read in the session's transaction but past its bookkeeping of objects, at a third of the cost. A statement
    that is made once, with `bindparam` for what differs, saves several times as much again.
    """
    db.session.flush()
    return db.session.connection().execute(statement, values).all()


def add_rows(model: type[Base], values: Sequence[Mapping[str, Any]], *, by: Sequence[str] = ()) -> list[int]:
    """Store new rows of one table by one statement, past the session's objects; the mappings name the same columns.

    With `by`, columns that tell the rows apart, their ids are returned in the same order. A database gives ids back in
    an order of its own: to have them in the rows' order, as objects need them, costs a statement a row on SQLite.
    """
    if not values:
        return []
    db.session.flush()
    stored = insert(model)
    if not by:
        db.session.connection().execute(stored.inline(), values)
        return []
    columns = [getattr(model, name) for name in ("id", *by)]
    made = {tuple(key): row_id for row_id, *key in db.session.connection().execute(stored.returning(*columns), values)}
    return [made[tuple(row[name] for name in by)] for row in values]


def refresh(row: Any) -> None:
    """Read the row again from the database, as after a cascade that the session did not see."""
    db.session.refresh(row)


@event.listens_for(Engine, "connect")
def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Make every SQLite connection keep what the schema promises: SQLite starts with foreign keys off."""
    if "sqlite3" not in type(connection).__module__:
        return
    connection.isolation_level = None  # we send BEGIN ourselves, see below
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "busy_timeout = 15000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """Take the writer's place at the start, so that what a writer reads cannot change before it writes."""
    if connection.dialect.name == "sqlite":
        if connection.info.get("to_disk", False) is not to_disk.get():
            connection.info["to_disk"] = to_disk.get()
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if to_disk.get() else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN" if reading_only.get() else "BEGIN IMMEDIATE")
