"""What can be recorded of a session, and the figures that follow."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from selection.rules.delivery import (
    Held,
    Said,
    Session,
    figures,
    reasons_against_correcting,
    reasons_against_recording,
)
from selection.rules.sessions import SessionState

LONDON = ZoneInfo("Europe/London")
DAY = date(2027, 3, 15)
NOW = datetime(2027, 3, 15, 12, 30, tzinfo=LONDON)
SESSION = Session(
    day=DAY,
    ends_at=datetime(2027, 3, 15, 12, 0, tzinfo=LONDON),
    state=SessionState.PLANNED,
    supervised=True,
    able={1: "Fay"},
)
HELD = Said(state=SessionState.HELD, delivered_by=frozenset({1}), minutes=150, present=8)
NOT_HELD = Said(state=SessionState.NOT_HELD, reason="Snow")
LATER = datetime(2027, 3, 15, 13, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("session", "said", "codes"),
    [
        pytest.param(SESSION, HELD, (), id="held"),
        pytest.param(SESSION, NOT_HELD, (), id="not held"),
        pytest.param(replace(SESSION, ends_at=LATER), HELD, ("session.to_come",), id="not over yet"),
        pytest.param(replace(SESSION, ends_at=LATER), NOT_HELD, (), id="called off on the day"),
        pytest.param(
            replace(SESSION, day=date(2027, 3, 16), ends_at=LATER), NOT_HELD, ("session.to_come",), id="of tomorrow"
        ),
        pytest.param(replace(SESSION, state=SessionState.HELD), HELD, ("session.recorded",), id="recorded already"),
        pytest.param(replace(SESSION, supervised=False), HELD, ("session.unsupervised",), id="without a supervisor"),
        pytest.param(SESSION, replace(HELD, delivered_by=frozenset()), ("session.nobody",), id="by nobody"),
        pytest.param(
            SESSION, replace(HELD, delivered_by=frozenset({1, 9})), ("session.not_assigned",), id="not assigned"
        ),
        pytest.param(SESSION, replace(HELD, minutes=0), ("session.minutes",), id="no time at all"),
        pytest.param(SESSION, replace(HELD, minutes=601), ("session.minutes",), id="longer than a day's work"),
        pytest.param(SESSION, replace(HELD, present=0), (), id="nobody came"),
        pytest.param(SESSION, replace(HELD, present=None), ("session.present",), id="not counted"),
        pytest.param(SESSION, replace(NOT_HELD, reason=" "), ("reason.missing",), id="without a reason"),
        pytest.param(
            replace(SESSION, supervised=False),
            replace(HELD, delivered_by=frozenset({9}), minutes=None),
            ("session.unsupervised", "session.not_assigned", "session.minutes"),
            id="every reason at once",
        ),
    ],
)
def test_what_can_be_recorded(session: Session, said: Said, codes: tuple[str, ...]) -> None:
    assert tuple(reason.code for reason in reasons_against_recording(session, said, now=NOW)) == codes


@pytest.mark.parametrize(
    ("before", "after", "correction", "codes"),
    [
        pytest.param(HELD, replace(HELD, present=7), "Miscounted", (), id="another number"),
        pytest.param(HELD, replace(HELD, present=7), "", ("correction.missing",), id="without saying why"),
        pytest.param(HELD, HELD, "x", ("correction.same",), id="nothing is different"),
        pytest.param(HELD, replace(HELD, minutes=0), "x", ("session.minutes",), id="a number that cannot be"),
        pytest.param(NOT_HELD, replace(NOT_HELD, reason="Ice"), "x", (), id="another reason"),
        pytest.param(NOT_HELD, replace(NOT_HELD, reason=""), "x", ("reason.missing",), id="no reason any more"),
    ],
)
def test_what_can_be_put_right(before: Said, after: Said, correction: str, codes: tuple[str, ...]) -> None:
    assert tuple(one.code for one in reasons_against_correcting(before, after, correction=correction)) == codes


def held(*by: int, minutes: int = 150, present: int = 8) -> Held:
    return Held(minutes=minutes, present=present, delivered_by=by)


def test_figures_of_sessions() -> None:
    found = figures([held(1, 2), held(1, 2, minutes=120), held(1, 3, present=5)], not_held=1, planned_minutes=600)
    assert (found.held, found.not_held) == (3, 1)
    assert (found.hours, found.planned_hours, found.dosage) == (Fraction(7), Fraction(10), Fraction(7, 10))
    assert found.present == Fraction(7)
    assert found.continuity == Fraction(3, 4)  # both stayed, then one of two
    assert found.core == Fraction(1)


@pytest.mark.parametrize(
    ("sessions", "continuity", "core"),
    [
        pytest.param([], None, None, id="none"),
        pytest.param([held(1)], None, Fraction(1), id="one"),
        pytest.param([held(1), held(2)], Fraction(0), Fraction(1, 2), id="another each time"),
        pytest.param([held(1, 2), held(1, 2)], Fraction(1), Fraction(1), id="the same"),
        pytest.param([held(1, 2), held(2, 3), held(3, 1)], Fraction(1, 2), Fraction(2, 3), id="by turns"),
    ],
)
def test_continuity(sessions: list[Held], continuity: Fraction | None, core: Fraction | None) -> None:
    found = figures(sessions, not_held=0, planned_minutes=0)
    assert (found.continuity, found.core) == (continuity, core)
    assert found.dosage is None


def test_the_short_route_of_the_programme() -> None:
    """35 sessions of 150 minutes are 87.5 hours [seed]."""
    assert figures([held(1)] * 35, not_held=0, planned_minutes=35 * 150).hours == Fraction(175, 2)
