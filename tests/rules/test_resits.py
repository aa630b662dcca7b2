"""What is sat again, from which day, and what stands meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.calendar import add_months
from selection.rules.outcomes import Decision, Outcome, decide
from selection.rules.resits import PastDecision, resit, stands_until
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import STANDARD, codes

COMPETENT, BORDERLINE, NOT_YET, INCOMPLETE, VOID = Outcome
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
WHOLE_CENTRE = (ROLE_PLAY, PRESENTATION, INTERVIEW)
FIRST = date(2024, 1, 15)


def decided(day: date, decision: Decision, *outcomes: Outcome | None) -> PastDecision:
    """A decision on the three exercises in their order, None where one was not sat."""
    sat = {kind: each for kind, each in zip(ExerciseKind, outcomes, strict=True) if each is not None}
    return PastDecision(decided_on=day, decision=decision, outcomes=sat)


ONE_SHORT = decided(FIRST, Decision.NOT_YET, COMPETENT, COMPETENT, NOT_YET)
TWO_SHORT = decided(FIRST, Decision.NOT_YET, NOT_YET, COMPETENT, NOT_YET)
SELECTED = decided(FIRST, Decision.SELECTED, COMPETENT, COMPETENT, COMPETENT)
VOIDED = decided(FIRST, Decision.VOID, COMPETENT, VOID, COMPETENT)
AGAIN = decided(date(2024, 8, 1), Decision.NOT_YET, None, None, NOT_YET)


@pytest.mark.parametrize(
    ("history", "today", "exercises", "earliest", "reasons"),
    [
        pytest.param([], FIRST, WHOLE_CENTRE, FIRST, [], id="never sat"),
        pytest.param([ONE_SHORT], FIRST, (INTERVIEW,), date(2024, 7, 15), ["too_soon"], id="the day of the decision"),
        pytest.param(
            [ONE_SHORT], date(2024, 7, 14), (INTERVIEW,), date(2024, 7, 15), ["too_soon"], id="the last day of the wait"
        ),
        pytest.param([ONE_SHORT], date(2024, 7, 15), (INTERVIEW,), date(2024, 7, 15), [], id="the first day after it"),
        pytest.param(
            [ONE_SHORT], date(2025, 1, 14), (INTERVIEW,), date(2025, 1, 14), [], id="the last day that others stand"
        ),
        pytest.param([ONE_SHORT], date(2025, 1, 15), WHOLE_CENTRE, date(2025, 1, 15), [], id="the day after it"),
        pytest.param([TWO_SHORT], date(2024, 8, 1), WHOLE_CENTRE, date(2024, 8, 1), [], id="two not yet"),
        pytest.param([TWO_SHORT], FIRST, WHOLE_CENTRE, date(2024, 7, 15), ["too_soon"], id="two not yet wait as well"),
        pytest.param(
            [replace(ONE_SHORT, decided_on=date(2023, 8, 31))],
            date(2024, 2, 28),
            (INTERVIEW,),
            date(2024, 2, 29),
            ["too_soon"],
            id="six months from 31 august end on a leap day",
        ),
        pytest.param(
            [replace(ONE_SHORT, decided_on=date(2024, 2, 29))],
            date(2025, 2, 27),
            (INTERVIEW,),
            date(2025, 2, 27),
            [],
            id="from a leap day, others stand to 27 february",
        ),
        pytest.param(
            [replace(ONE_SHORT, decided_on=date(2024, 2, 29))],
            date(2025, 2, 28),
            WHOLE_CENTRE,
            date(2025, 2, 28),
            [],
            id="from a leap day, and no longer on the 28th",
        ),
        pytest.param(
            [ONE_SHORT, AGAIN],
            date(2024, 9, 1),
            WHOLE_CENTRE,
            date(2026, 1, 15),
            ["too_soon", "attempts_used"],
            id="two attempts used, and too soon",
        ),
        pytest.param(
            [ONE_SHORT, AGAIN],
            date(2025, 3, 1),
            WHOLE_CENTRE,
            date(2026, 1, 15),
            ["attempts_used"],
            id="two attempts used: by the day of the next, nothing stands",
        ),
        pytest.param(
            [ONE_SHORT, AGAIN],
            date(2026, 1, 14),
            WHOLE_CENTRE,
            date(2026, 1, 15),
            ["attempts_used"],
            id="the last day on which the first attempt counts",
        ),
        pytest.param(
            [ONE_SHORT, AGAIN], date(2026, 1, 15), WHOLE_CENTRE, date(2026, 1, 15), [], id="the first day it does not"
        ),
        pytest.param(
            [ONE_SHORT, AGAIN], date(2024, 7, 20), (INTERVIEW,), date(2024, 7, 20), [], id="asked of a day before it"
        ),
        pytest.param([VOIDED], FIRST, (PRESENTATION,), FIRST, [], id="void: at once, and that exercise alone"),
        pytest.param(
            [ONE_SHORT, decided(date(2024, 8, 1), Decision.VOID, None, None, VOID)],
            date(2024, 8, 1),
            (INTERVIEW,),
            date(2024, 8, 1),
            [],
            id="a void re-sit does not count as an attempt",
        ),
        pytest.param(
            [decided(FIRST, Decision.VOID, NOT_YET, VOID, COMPETENT)],
            FIRST,
            (PRESENTATION,),
            FIRST,
            [],
            id="running one exercise again does not wipe out another that was not yet",
        ),
        pytest.param(
            [decided(FIRST, Decision.VOID, NOT_YET, VOID, COMPETENT)],
            date(2024, 7, 14),
            (PRESENTATION,),
            date(2024, 7, 14),
            [],
            id="to the last day of its wait",
        ),
        pytest.param(
            [decided(FIRST, Decision.DEFERRED, NOT_YET, INCOMPLETE, COMPETENT)],
            date(2024, 7, 15),
            (ROLE_PLAY, PRESENTATION),
            date(2024, 7, 15),
            [],
            id="after it, what was not yet is sat with what was incomplete",
        ),
        pytest.param(
            [
                decided(FIRST, Decision.VOID, NOT_YET, VOID, COMPETENT),
                decided(FIRST, Decision.NOT_YET, None, COMPETENT, None),
            ],
            date(2024, 7, 15),
            (ROLE_PLAY,),
            date(2024, 7, 15),
            [],
            id="void and run again on the same day",
        ),
        pytest.param(
            [decided(FIRST, Decision.DEFERRED, COMPETENT, INCOMPLETE, None)],
            FIRST,
            (PRESENTATION, INTERVIEW),
            FIRST,
            [],
            id="deferred: what is incomplete or was not sat",
        ),
        pytest.param(
            [decided(FIRST, Decision.DEFERRED, COMPETENT, BORDERLINE, COMPETENT)],
            FIRST,
            (),
            None,
            ["nothing_to_sit"],
            id="deferred: a borderline outcome is resolved, not sat again",
        ),
        pytest.param(
            [TWO_SHORT, decided(date(2024, 8, 1), Decision.DEFERRED, COMPETENT, None, None)],
            date(2024, 8, 1),
            (PRESENTATION, INTERVIEW),
            date(2024, 8, 1),
            [],
            id="of a whole centre sat again, nothing stands from the first",
        ),
        pytest.param(
            [ONE_SHORT, decided(date(2024, 2, 1), Decision.DEFERRED, None, None, None)],
            date(2024, 2, 1),
            (INTERVIEW,),
            date(2024, 7, 15),
            ["too_soon"],
            id="a deferred decision does not shorten the wait",
        ),
        pytest.param([SELECTED], FIRST, WHOLE_CENTRE, date(2026, 1, 15), ["selected"], id="selected"),
        pytest.param(
            [SELECTED], date(2026, 1, 14), WHOLE_CENTRE, date(2026, 1, 15), ["selected"], id="the pass's last day"
        ),
        pytest.param([SELECTED], date(2026, 1, 15), WHOLE_CENTRE, date(2026, 1, 15), [], id="the pass has lapsed"),
        pytest.param(
            [ONE_SHORT, replace(SELECTED, decided_on=date(2024, 8, 1))],
            date(2026, 7, 31),
            WHOLE_CENTRE,
            date(2026, 8, 1),
            ["selected"],
            id="a pass counts from the decision that gave it",
        ),
    ],
)
def test_resit(
    history: Sequence[PastDecision],
    today: date,
    exercises: tuple[ExerciseKind, ...],
    earliest: date | None,
    reasons: list[str],
) -> None:
    found = resit(history, today=today, standard=STANDARD)
    assert (found.exercises, found.earliest) == (exercises, earliest)
    assert codes(found.reasons) == [f"resit.{reason}" for reason in reasons]


@pytest.mark.parametrize(
    ("change", "today", "earliest"),
    [
        pytest.param({"resit_wait_months": 0}, FIRST, FIRST, id="no wait"),
        pytest.param({"resit_wait_months": 3}, FIRST, date(2024, 4, 15), id="three months' wait"),
        pytest.param({"attempts_allowed": 1}, FIRST, date(2026, 1, 15), id="one attempt only"),
        pytest.param(
            {"attempts_allowed": 1, "attempts_window_months": 12}, FIRST, date(2025, 1, 15), id="one attempt a year"
        ),
    ],
)
def test_the_numbers_are_the_standards(change: dict[str, Any], today: date, earliest: date) -> None:
    assert resit([ONE_SHORT], today=today, standard=replace(STANDARD, **change)).earliest == earliest


@pytest.mark.parametrize(
    ("most", "history", "exercises"),
    [
        pytest.param(0, ONE_SHORT, WHOLE_CENTRE, id="none may be sat alone, and one is not yet"),
        pytest.param(1, ONE_SHORT, (INTERVIEW,), id="one may be sat alone, and one is not yet"),
        pytest.param(1, TWO_SHORT, WHOLE_CENTRE, id="one may be sat alone, and two are not yet"),
        pytest.param(2, TWO_SHORT, (ROLE_PLAY, INTERVIEW), id="two may be sat alone, and two are not yet"),
    ],
)
def test_how_many_are_sat_again_while_the_others_stand(
    most: int, history: PastDecision, exercises: tuple[ExerciseKind, ...]
) -> None:
    assert resit([history], today=FIRST, standard=replace(STANDARD, most_sat_alone=most)).exercises == exercises


def test_what_is_carried_says_how_long() -> None:
    found = resit([ONE_SHORT], today=FIRST, standard=STANDARD)
    assert found.carried == {ROLE_PLAY: date(2025, 1, 14), PRESENTATION: date(2025, 1, 14)}


def test_what_was_not_yet_stands_no_longer_than_its_wait() -> None:
    assert stands_until(NOT_YET, FIRST, STANDARD) == date(2024, 7, 14)
    assert stands_until(NOT_YET, FIRST, replace(STANDARD, resit_wait_months=0)) == date(2024, 1, 14)
    assert stands_until(NOT_YET, FIRST, replace(STANDARD, standing_months=3)) == date(2024, 4, 14)
    assert stands_until(COMPETENT, FIRST, STANDARD) == date(2025, 1, 14)


def test_a_refusal_says_when() -> None:
    found = resit([ONE_SHORT, AGAIN], today=date(2024, 9, 1), standard=STANDARD)
    assert [(reason.message, reason.earliest) for reason in found.reasons] == [
        ("A re-sit comes 6 months after the decision at the earliest.", date(2025, 2, 1)),
        ("The candidate has used 2 of 2 attempts in 24 months.", date(2026, 1, 15)),
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[PastDecision]:
    days = sorted(draw(st.sets(st.dates(date(2020, 1, 1), date(2025, 12, 31)), max_size=4)))
    outcomes = st.dictionaries(st.sampled_from(ExerciseKind), st.sampled_from(Outcome))
    sat = [draw(outcomes) for _ in days]
    return [
        PastDecision(decided_on=day, decision=decide(each).decision, outcomes=each)
        for day, each in zip(days, sat, strict=True)
    ]


@settings(max_examples=50, deadline=None)
@given(history=histories(), data=st.data())
def test_the_order_of_the_history_does_not_matter(history: list[PastDecision], data: st.DataObject) -> None:
    today = data.draw(st.dates(date(2020, 1, 1), date(2027, 12, 31)))
    shuffled = data.draw(st.permutations(history))
    assert resit(shuffled, today=today, standard=STANDARD) == resit(history, today=today, standard=STANDARD)


@settings(max_examples=50, deadline=None)
@given(history=histories())
def test_on_the_earliest_day_nothing_stands_against_it_and_the_day_before_something_does(
    history: list[PastDecision],
) -> None:
    today = history[-1].decided_on if history else FIRST
    found = resit(history, today=today, standard=STANDARD)
    if found.earliest is None:
        assert found.exercises == ()
        return
    then = resit(history, today=found.earliest, standard=STANDARD)
    assert (then.reasons, then.exercises) == ((), found.exercises)
    if found.earliest > today:
        assert resit(history, today=found.earliest - timedelta(days=1), standard=STANDARD).reasons


@settings(max_examples=50, deadline=None)
@given(gaps=st.lists(st.integers(0, 400), max_size=3))
def test_no_window_ever_holds_more_attempts_than_are_allowed(gaps: list[int]) -> None:
    history: list[PastDecision] = []
    day = FIRST
    for gap in gaps:
        found = resit(history, today=day, standard=STANDARD)
        assert found.earliest is not None
        day = found.earliest + timedelta(days=gap)
        history.append(decided(day, Decision.NOT_YET, NOT_YET, NOT_YET, NOT_YET))
    for index, attempt in enumerate(history[STANDARD.attempts_allowed :]):
        assert attempt.decided_on >= add_months(history[index].decided_on, STANDARD.attempts_window_months)
