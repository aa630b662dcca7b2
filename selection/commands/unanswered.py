"""What an operator is told when the database does not answer a command, or not as the command needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from click import ClickException, Context
from flask.cli import ScriptInfo
from sqlalchemy.exc import DBAPIError, OperationalError

from selection.core.db import db, only_reading
from selection.core.schema import at, newest


@contextmanager
def told_plainly(ctx: Context) -> Iterator[None]:
    """Say in a sentence that the database is out of reach or not up to date; any other error goes on as it is."""
    try:
        yield
    except DBAPIError as error:
        with ctx.ensure_object(ScriptInfo).load_app().app_context():
            sentence = _why(error)
        if sentence is None:
            raise
        raise ClickException(sentence) from error


def _why(error: DBAPIError) -> str | None:
    try:
        with only_reading(), db.engine.connect() as connection:
            there = at(connection)
    except OperationalError as silent:
        return f"The database does not answer: {_first_line(silent)}."
    if there != newest():
        return (
            f"The database is at {there or 'no migration yet'} and not at {newest()}: `flask database upgrade` first."
        )
    return f"The database did not answer: {_first_line(error)}." if isinstance(error, OperationalError) else None


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0].rstrip(".")
