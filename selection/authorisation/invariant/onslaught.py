"""Run the attempts on a scratch copy: rightful changes are taken back, attacks are refused and leave nothing."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from selection.authorisation.invariant import attacks, certified, imported, practised, recorded, trained
from selection.authorisation.invariant.attacks import Attempt
from selection.authorisation.invariant.finding import Finding
from selection.authorisation.invariant.rows import findings as findings_of_rows
from selection.authorisation.invariant.scratch import furnish, scratch

PARTS = (attacks, practised, certified, recorded, imported, trained)
MUST_BE_REFUSED = tuple(attempt for part in PARTS for attempt in part.MUST_BE_REFUSED)
MUST_BE_ACCEPTED = tuple(attempt for part in PARTS for attempt in part.MUST_BE_ACCEPTED)


def findings(live: Engine) -> Iterator[Finding]:
    """Yield a finding for every attack and every rightful change, each against the same furnished scratch copy."""
    with scratch(live) as engine:
        furnish(engine)
        for attempt in MUST_BE_ACCEPTED:
            yield _accepted(engine, attempt)
        for attempt in _for(engine, MUST_BE_REFUSED):
            refused, word = _refused(engine, attempt)
            yield Finding(check=f"refused: {attempt.name}", holds=refused, seen=word)


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


def _refused(engine: Engine, attempt: Attempt) -> tuple[bool, str]:
    """Return whether the database refused the attempt for the sake of a constraint, and its word."""
    switches = [statement for statement in attempt.statements if statement.startswith("PRAGMA")]
    with engine.connect() as connection:
        if switches:  # a switch has no effect within a transaction
            raw = connection.connection.driver_connection
            assert raw is not None
            for switch in switches:
                raw.execute(switch)
        try:
            for statement in attempt.statements:
                if statement not in switches:
                    connection.exec_driver_sql(statement)
            connection.commit()
        except IntegrityError as error:
            connection.rollback()
            return True, str(error.orig).splitlines()[0]
    return False, ""
