"""Run the attempts on a scratch copy: rightful changes are taken back, attacks are refused and leave nothing."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from selection.authorisation.invariant import (
    assigned,
    attacks,
    certified,
    decided,
    imported,
    pinned,
    planned,
    practised,
    prescribed,
    rated,
    recorded,
    trained,
)
from selection.authorisation.invariant.attempt import Attempt
from selection.authorisation.invariant.finding import Finding
from selection.authorisation.invariant.furnish import furnish
from selection.authorisation.invariant.rows import findings as findings_of_rows
from selection.authorisation.invariant.scratch import scratch

PARTS = (
    *(
        attacks,
        assigned,
        pinned,
        planned,
        practised,
        certified,
        recorded,
        imported,
        trained,
        prescribed,
        rated,
        decided,
    ),
)
MUST_BE_REFUSED = tuple(attempt for part in PARTS for attempt in part.MUST_BE_REFUSED)
MUST_BE_ACCEPTED = tuple(attempt for part in PARTS for attempt in part.MUST_BE_ACCEPTED)


def findings(live: Engine) -> Iterator[Finding]:
    """Yield a finding for every attack and every rightful change, each against the same furnished scratch copy."""
    with scratch(live) as engine:
        furnish(engine)
        for attempt in MUST_BE_ACCEPTED:
            yield _accepted(engine, attempt)
        with engine.connect() as connection:
            for attempt in _for(engine, MUST_BE_REFUSED):
                yield _attacked(engine, connection, attempt)


def _accepted(engine: Engine, attempt: Attempt) -> Finding:
    """Make a rightful change, look whether everything holds, and take it back."""
    with engine.connect() as connection:
        try:
            for statement in attempt.statements:
                connection.exec_driver_sql(statement)
            broken = [*_unsettled(connection)]
            broken += [each.check for each in findings_of_rows(connection) if not each.holds]
        except IntegrityError as error:
            broken = [str(error.orig).splitlines()[0]]
        connection.rollback()
    return Finding(check=f"accepted: {attempt.name}", holds=not broken, seen="; ".join(broken))


def _unsettled(connection: Connection) -> Iterator[str]:
    """Ask now what is otherwise asked at the commit; PostgreSQL refuses, SQLite names the rows."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        return
    for table, row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points to nothing in {parent}"


def _for(engine: Engine, attempts: tuple[Attempt, ...]) -> Iterator[Attempt]:
    return (attempt for attempt in attempts if attempt.dialect in (None, engine.dialect.name))


def _attacked(engine: Engine, connection: Connection, attempt: Attempt) -> Finding:
    """Try it on the connection that all share, or on one of its own if it throws switches."""
    switches = [statement for statement in attempt.statements if statement.startswith("PRAGMA")]
    statements = [statement for statement in attempt.statements if statement not in switches]
    if switches:
        with engine.connect() as own:
            raw = own.connection.driver_connection
            assert raw is not None
            for switch in switches:  # it has no effect within a transaction
                raw.execute(switch)
            refused, word = _refused(own, statements)
    else:
        refused, word = _refused(connection, statements)
    return Finding(check=f"refused: {attempt.name}", holds=refused, seen=word)


def _refused(connection: Connection, statements: Sequence[str]) -> tuple[bool, str]:
    """Return whether the database refused the last of the statements for a constraint's sake, and its word."""
    *before, last = statements
    try:
        for statement in before:
            connection.exec_driver_sql(statement)
    except IntegrityError as error:
        connection.rollback()
        return False, f"proves nothing, refused too early: {str(error.orig).splitlines()[0]}"
    try:
        connection.exec_driver_sql(last)
        connection.commit()
    except IntegrityError as error:
        connection.rollback()
        connection.connection.rollback()  # a commit that is refused leaves the transaction open on SQLite
        return True, str(error.orig).splitlines()[0]
    return False, ""
