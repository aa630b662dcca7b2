"""Run the attempts on a scratch copy: each in a transaction that is rolled back if it got through."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from selection.authorisation.invariant import attacks, certified, practised, recorded
from selection.authorisation.invariant.attacks import Attempt
from selection.authorisation.invariant.finding import Finding
from selection.authorisation.invariant.rows import findings as findings_of_rows
from selection.authorisation.invariant.scratch import furnish, scratch

PARTS = (attacks, practised, certified, recorded)
MUST_BE_REFUSED = tuple(attempt for part in PARTS for attempt in part.MUST_BE_REFUSED)
MUST_BE_ACCEPTED = tuple(attempt for part in PARTS for attempt in part.MUST_BE_ACCEPTED)


def findings(live: Engine) -> Iterator[Finding]:
    """Yield a finding for every attack and every rightful change, each on a fresh copy of the live schema."""
    with scratch(live) as engine:
        furnish(engine)
        for attempt in _for(engine, MUST_BE_REFUSED):
            refused, word = _refused(engine, attempt)
            yield Finding(check=f"refused: {attempt.name}", holds=refused, seen=word)
    for attempt in MUST_BE_ACCEPTED:
        with scratch(live) as engine:
            furnish(engine)
            refused, word = _refused(engine, attempt)
            with engine.connect() as connection:
                broken = [each.check for each in findings_of_rows(connection) if not each.holds]
            yield Finding(
                check=f"accepted: {attempt.name}", holds=not refused and not broken, seen=word or "; ".join(broken)
            )


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
