"""Whether a group can run: each of the four questions by itself, all reasons at once, and until when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from selection.rules.running import Answer, Coming, answer, first_trouble, runs_until
from selection.rules.staffing import OnTeam, Staffing
from selection.rules.supervision import AssignmentKind, GroupState

DAY = date(2027, 3, 15)
FAY = OnTeam(staff_id=1, name="Fay", kind=AssignmentKind.REGULAR, in_room=True, experienced=True)
FINN = replace(FAY, staff_id=2, name="Finn", experienced=False)
SESSION = Coming(id=1, day=DAY, title="Induction, session 1", supervisor="Tom", team=(FAY, FINN))
STAFFING = Staffing()


@pytest.mark.parametrize(
    ("change", "state", "codes"),
    [
        pytest.param({}, GroupState.OPEN, (), id="all is well"),
        pytest.param({"supervisor": None}, GroupState.OPEN, ("session.unsupervised",), id="nobody supervises"),
        pytest.param({"supervisor": None}, GroupState.HALTED, ("session.unsupervised",), id="halted, said once"),
        pytest.param({}, GroupState.HALTED, (), id="halted from a later day"),
        pytest.param({}, GroupState.PLANNED, ("group.not_open",), id="planned"),
        pytest.param({"team": (FAY,)}, GroupState.OPEN, ("room.short",), id="one in the room"),
        pytest.param({"team": (FAY, replace(FINN, in_room=False))}, GroupState.OPEN, ("room.short",), id="one outside"),
        pytest.param({"team": ()}, GroupState.OPEN, ("room.short",), id="nobody in the room"),
        pytest.param(
            {"team": (FINN, replace(FINN, staff_id=3))}, GroupState.OPEN, ("room.inexperienced",), id="no experience"
        ),
        pytest.param({"unauthorised": ("Fay",)}, GroupState.OPEN, ("room.unauthorised",), id="not authorised"),
        pytest.param(
            {"supervisor": None, "team": (FINN,), "unauthorised": ("Finn",)},
            GroupState.OPEN,
            ("session.unsupervised", "room.short", "room.inexperienced", "room.unauthorised"),
            id="every reason at once",
        ),
    ],
)
def test_whether_a_session_can_be_delivered(change: dict[str, Any], state: GroupState, codes: tuple[str, ...]) -> None:
    found = answer(replace(SESSION, **change), state, STAFFING)
    assert tuple(reason.code for reason in found.reasons) == codes
    assert found.can_run == (not codes)


def test_each_question_is_answered_by_itself() -> None:
    nobody = answer(replace(SESSION, team=()), GroupState.OPEN, STAFFING)
    assert (nobody.supervised, nobody.enough, nobody.authorised, nobody.experienced) == (True, False, True, False)
    alone = answer(replace(SESSION, supervisor=None, team=(FAY,)), GroupState.OPEN, STAFFING)
    assert (alone.supervised, alone.enough, alone.authorised, alone.experienced) == (False, False, True, True)


def test_the_numbers_are_the_programme_s() -> None:
    assert answer(replace(SESSION, team=(FAY,)), GroupState.OPEN, replace(STAFFING, in_room=1)).can_run
    assert not answer(SESSION, GroupState.OPEN, replace(STAFFING, experienced_needed=2)).can_run


def on(day: date, *, well: bool = True) -> Answer:
    return answer(replace(SESSION, day=day, team=(FAY, FINN) if well else ()), GroupState.OPEN, STAFFING)


@pytest.mark.parametrize(
    ("answers", "trouble", "until"),
    [
        pytest.param([], None, None, id="no sessions"),
        pytest.param([on(DAY)], None, DAY, id="to the end"),
        pytest.param([on(DAY, well=False)], DAY, None, id="not even the first"),
        pytest.param(
            [on(DAY), on(date(2027, 3, 22), well=False), on(date(2027, 3, 29))], date(2027, 3, 22), DAY, id="until then"
        ),
    ],
)
def test_until_when(answers: list[Answer], trouble: date | None, until: date | None) -> None:
    found = first_trouble(answers)
    assert (found.session.day if found else None, runs_until(answers)) == (trouble, until)
