"""Assigning and revoking at the same moment: exactly one side wins, at every isolation level that we run at."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from selection.authorisation.invariant import rows
from selection.authorisation.invariant.assigned import MUST_BE_ACCEPTED
from selection.authorisation.invariant.furnish import furnish

RACES = 40
ASSIGN_BOB = next(each for each in MUST_BE_ACCEPTED if each.name.startswith("assign within the days")).statements[0]

REVOCATIONS = {
    "the authorisation": "UPDATE authorisation SET valid_to = '2026-03-31' WHERE id = 4",
    "a certificate": (
        "UPDATE authorisation SET valid_to = '2026-03-31' WHERE id = 4;"
        "UPDATE certificate SET valid_to = '2026-03-31' WHERE id = 11"
    ),
    "the supervision": (
        "UPDATE assignment SET ends_on = '2026-03-31' WHERE facilitator_id = 1;"
        "UPDATE delivery_group SET state = 'halted', supervised_to = '2026-03-31' WHERE id = 1;"
        "UPDATE supervision SET ends_on = '2026-03-31' WHERE id = 1"
    ),
}


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = create_engine(database, pool_size=4)
    furnish(made)
    yield made
    made.dispose()


def _try(engine: Engine, statements: str, start: Barrier) -> bool:
    """Return whether the statements went through, begun when the other side begins too."""
    with engine.connect() as connection:
        start.wait()
        try:
            for statement in statements.split(";"):
                connection.execute(text(statement))
            connection.commit()
        except IntegrityError:
            connection.rollback()
            return False
    return True


@pytest.mark.parametrize("what", REVOCATIONS)
def test_of_an_assignment_and_a_revocation_at_once_exactly_one_wins(engine: Engine, what: str) -> None:
    wins = {"assigned": 0, "revoked": 0}
    with ThreadPoolExecutor(2) as pool:
        for number in range(RACES):
            start = Barrier(2)
            revoking, assigning = (REVOCATIONS[what], ASSIGN_BOB)
            pair = [(revoking, "revoked"), (assigning, "assigned")]
            pair = pair if number % 2 else pair[::-1]
            results = [pool.submit(_try, engine, statements, start) for statements, _ in pair]
            won = [name for result, (_, name) in zip(results, pair, strict=True) if result.result()]
            assert len(won) == 1, f"race {number}: {won or 'nobody'} won"
            wins[won[0]] += 1
            _holds(engine)
            _undo(engine)
    assert sum(wins.values()) == RACES


def _holds(engine: Engine) -> None:
    with engine.connect() as connection:
        assert [finding.check for finding in rows.findings(connection) if not finding.holds] == []


def _undo(engine: Engine) -> None:
    """Bring the rows back to where the race began."""
    with engine.begin() as connection:
        for statement in (
            "DELETE FROM assignment WHERE facilitator_id = 5",
            "UPDATE certificate SET valid_to = '2026-06-30' WHERE id = 11",
            "UPDATE authorisation SET valid_to = '2026-06-30' WHERE id = 4",
            "UPDATE supervision SET ends_on = '2026-08-31' WHERE id = 1",
            "UPDATE delivery_group SET state = 'open', supervised_to = ends_on WHERE id = 1",
            "UPDATE assignment SET ends_on = '2026-08-31' WHERE facilitator_id = 1",
        ):
            connection.execute(text(statement))
