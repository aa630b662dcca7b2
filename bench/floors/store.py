"""The bare database: one engine, plain statements, and the row of who is signed in."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask import session
from sqlalchemy import Connection, Row, TextClause, create_engine, event, text

from config import settings

engine = create_engine(settings().database_url)
read = engine.connect
write = engine.begin


@event.listens_for(engine, "connect")
def _as_in_service(connection: Any, _record: Any) -> None:
    """Let SQLite promise as much, and as little, as it does in service."""
    if engine.dialect.name == "sqlite":
        for pragma in (
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "busy_timeout = 15000",
        ):
            connection.execute(f"PRAGMA {pragma}")


@cache
def statement(words: str) -> TextClause:
    """Return the statement, built once."""
    return text(words)


def many(connection: Connection, words: str, /, **values: Any) -> Sequence[Row[Any]]:
    """Return all rows of plain SQL."""
    return connection.execute(statement(words), values).all()


def one(connection: Connection, words: str, /, **values: Any) -> Row[Any]:
    """Return the one row of plain SQL."""
    return connection.execute(statement(words), values).one()


def user(connection: Connection) -> Row[Any]:
    """Return who is signed in."""
    return one(
        connection,
        "SELECT id, staff_id, name FROM account WHERE session_key = :key AND active",
        key=session["user"],
    )
