"""Who may be put forward, which exercises they would sit, and every reason why not."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.calendar import NO_END
from selection.rules.eligibility import StopKind, Stopped
from selection.rules.nominations import Nomination, Nominee, nomination
from selection.rules.outcomes import Decision, Outcome
from selection.rules.resits import PastDecision
from selection.rules.standards import ExerciseKind
from selection.rules.validity import Span
from tests.rules.selection_facts import STANDARD, codes

DAY = date(2027, 3, 15)
CARA = Nominee(staff_id=9, name="Cara", employed=Span(first=date(2020, 1, 6), last=NO_END))
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind


def decided(on: date, decision: Decision, **outcomes: Outcome) -> PastDecision:
    held = {kind: outcomes.get(kind, Outcome.COMPETENT) for kind in ExerciseKind}
    return PastDecision(decided_on=on, decision=decision, outcomes=held)


def judged(
    nominee: Nominee, *, chair_id: int = 1, nominated_by_id: int | None = None, by_id: int | None = 2
) -> Nomination:
    return nomination(
        nominee,
        on=DAY,
        chair_id=chair_id,
        nominated_by_id=nominated_by_id,
        put_forward_by_id=by_id,
        standard=STANDARD,
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="new to it"),
        pytest.param({"here": True}, ["candidate.here"], id="on this centre"),
        pytest.param({"waiting_at": "South, 1 March 2027"}, ["candidate.waiting"], id="another centre is to decide"),
        pytest.param(
            {"employed": Span(first=date(2020, 1, 6), last=date(2027, 3, 14))}, ["candidate.left"], id="left before"
        ),
        pytest.param(
            {"employed": Span(first=date(2027, 3, 16), last=NO_END)}, ["candidate.not_yet_here"], id="joins after"
        ),
        pytest.param(
            {"stops": (Stopped(kind=StopKind.SUSPENSION, programme_id=1, days=Span(first=DAY, last=DAY)),)},
            ["candidate.suspension"],
            id="suspended on the day",
        ),
        pytest.param(
            {"stops": (Stopped(kind=StopKind.DESELECTION, programme_id=None, days=Span(first=DAY, last=NO_END)),)},
            ["candidate.deselection"],
            id="deselected for good",
        ),
        pytest.param(
            {
                "stops": (
                    Stopped(
                        kind=StopKind.SUSPENSION,
                        programme_id=None,
                        days=Span(first=date(2027, 1, 1), last=date(2027, 3, 14)),
                    ),
                )
            },
            [],
            id="a suspension that is over",
        ),
        pytest.param(
            {"history": (decided(date(2026, 3, 15), Decision.SELECTED),)}, ["resit.selected"], id="a valid pass"
        ),
        pytest.param(
            {"recognised": (Span(first=date(2026, 1, 1), last=DAY),)},
            ["candidate.recognised"],
            id="recognised to the day",
        ),
        pytest.param(
            {"recognised": (Span(first=date(2026, 1, 1), last=date(2027, 3, 14)),)},
            [],
            id="recognised to the day before",
        ),
        pytest.param(
            {"history": (decided(date(2026, 9, 16), Decision.NOT_YET, role_play=Outcome.NOT_YET),)},
            ["resit.too_soon"],
            id="a day too soon after not yet",
        ),
        pytest.param(
            {"history": (decided(date(2026, 9, 15), Decision.NOT_YET, role_play=Outcome.NOT_YET),)},
            [],
            id="six months after not yet",
        ),
        pytest.param(
            {"here": True, "history": (decided(date(2026, 3, 15), Decision.SELECTED),)},
            ["candidate.here", "resit.selected"],
            id="everything at once",
        ),
    ],
)
def test_reasons(change, expected):
    assert codes(judged(replace(CARA, **change)).reasons) == expected


def test_every_reason_is_at_the_candidate():
    reasons = judged(replace(CARA, here=True, history=(decided(date(2027, 3, 1), Decision.SELECTED),))).reasons
    assert {reason.field for reason in reasons} == {"candidate"}


def test_a_suspension_says_from_when_it_could_be():
    stop = Stopped(kind=StopKind.SUSPENSION, programme_id=None, days=Span(first=DAY, last=date(2027, 4, 30)))
    [reason] = judged(replace(CARA, stops=(stop,))).reasons
    assert reason.earliest == date(2027, 5, 1)


def test_the_chair_is_no_candidate_and_nobody_nominates_themselves():
    assert codes(judged(CARA, chair_id=9).reasons) == ["candidate.chair"]
    assert codes(judged(CARA, by_id=9).reasons) == ["candidate.oneself"]
    [reason] = judged(CARA, nominated_by_id=9).reasons
    assert (reason.code, reason.field) == ("candidate.own_nomination", "nominated_by")


def test_a_first_candidate_sits_all_three():
    assert judged(CARA).exercises == tuple(ExerciseKind)


def test_one_exercise_not_yet_is_sat_again_and_the_others_stand():
    history = (decided(date(2026, 9, 1), Decision.NOT_YET, role_play=Outcome.NOT_YET),)
    again = judged(replace(CARA, history=history))
    assert again.exercises == (ROLE_PLAY,)
    assert again.standing == {PRESENTATION: date(2027, 8, 31), INTERVIEW: date(2027, 8, 31)}


def test_a_recognition_says_from_when_a_centre_makes_sense_again() -> None:
    ends, lasts = (replace(CARA, recognised=(Span(first=DAY, last=last),)) for last in (date(2027, 12, 31), NO_END))
    assert [reason.earliest for reason in judged(ends).reasons] == [date(2028, 1, 1)]
    assert [reason.earliest for reason in judged(lasts).reasons] == [None]
