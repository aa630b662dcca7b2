"""Where a person stands: the one word, and the steps towards a programme."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Person, Practised, Right, Step, StopKind, Stopped
from selection.rules.path import STANDING_NAMES, OnDay, PathStep, Standing, StepState, path, standing
from selection.rules.programmes import Stage
from selection.rules.validity import Span

SELECTION, FUNDAMENTAL, PROGRAMME = Stage
TODAY = date(2027, 3, 15)
ALL_YEAR = Span(first=date(2027, 1, 1), last=date(2027, 12, 31))
OVER = Span(first=date(2026, 1, 1), last=date(2027, 3, 14))
TO_COME = Span(first=date(2027, 3, 16), last=date(2028, 3, 15))
EVER = Span(first=date(2020, 1, 1), last=NO_END)

towards = partial(path, first_delivery_months=6)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(OnDay(), Standing.NOT_PUT_FORWARD, id="nothing is known"),
        pytest.param(OnDay(candidate=True), Standing.CANDIDATE, id="put forward to an open centre"),
        pytest.param(OnDay(certified=frozenset({SELECTION})), Standing.SELECTED, id="selected"),
        pytest.param(
            OnDay(certified=frozenset({SELECTION}), candidate=True),
            Standing.SELECTED,
            id="selected, and put forward again",
        ),
        pytest.param(OnDay(certified=frozenset({SELECTION, FUNDAMENTAL})), Standing.FUNDAMENTAL, id="fundamental"),
        pytest.param(OnDay(certified=frozenset(Stage)), Standing.TRAINED, id="all three"),
        pytest.param(OnDay(certified=frozenset({FUNDAMENTAL, PROGRAMME})), Standing.NOT_PUT_FORWARD, id="no selection"),
        pytest.param(OnDay(certified=frozenset({SELECTION, PROGRAMME})), Standing.SELECTED, id="a step left out"),
        pytest.param(OnDay(certified=frozenset(Stage), authorised=True), Standing.AUTHORISED, id="authorised"),
        pytest.param(OnDay(certified=frozenset(Stage), lapsed=True), Standing.LAPSED, id="lapsed"),
        pytest.param(OnDay(authorised=True, lapsed=True), Standing.AUTHORISED, id="lapsed on one of two"),
        pytest.param(
            OnDay(certified=frozenset(Stage), authorised=True, stopped=True), Standing.STOPPED, id="a stop bars"
        ),
        pytest.param(OnDay(stopped=True, left=True, candidate=True), Standing.LEFT, id="who left has left"),
    ],
)
def test_standing(facts: OnDay, expected: Standing) -> None:
    assert standing(facts) is expected


def test_every_standing_has_words() -> None:
    assert set(STANDING_NAMES) == set(Standing)


NOBODY_YET = Person(staff_id=1, name="Ann", employed=EVER)


def steps(**days: Span) -> Person:
    """Ann with certificates of the stages, of programme 7 where it matters."""
    held = tuple(
        Step(id=number, stage=Stage(stage), programme_id=7 if stage == "programme" else None, days=span)
        for number, (stage, span) in enumerate(days.items(), start=1)
    )
    return replace(NOBODY_YET, steps=held)


def states(person: Person) -> list[str]:
    return [step.state for step in towards(person, 7, today=TODAY).steps]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        pytest.param(NOBODY_YET, ["next", "ahead", "ahead", "ahead"], id="nothing"),
        pytest.param(steps(selection=EVER), ["done", "next", "ahead", "ahead"], id="selected"),
        pytest.param(
            steps(selection=EVER, fundamental=OVER), ["done", "next", "ahead", "ahead"], id="ended the day before"
        ),
        pytest.param(
            steps(selection=EVER, fundamental=TO_COME), ["done", "next", "ahead", "ahead"], id="begins the day after"
        ),
        pytest.param(
            steps(selection=EVER, programme=ALL_YEAR), ["done", "next", "done", "ahead"], id="a step left out is next"
        ),
        pytest.param(
            steps(selection=EVER, fundamental=ALL_YEAR, programme=ALL_YEAR),
            ["done", "done", "done", "next"],
            id="trained",
        ),
    ],
)
def test_the_first_step_not_done_is_next(person: Person, expected: list[str]) -> None:
    assert states(person) == expected


def test_training_in_another_programme_is_not_a_step_towards_this_one() -> None:
    other = steps(selection=EVER, fundamental=ALL_YEAR, programme=ALL_YEAR)
    assert [step.state for step in towards(other, 8, today=TODAY).steps] == ["done", "done", "next", "ahead"]


def test_each_step_says_from_when_to_when() -> None:
    selection, fundamental, programme, authorised = towards(
        replace(
            steps(selection=EVER, fundamental=OVER, programme=ALL_YEAR),
            rights=(Right(id=1, programme_id=7, role=ActingRole.TREATMENT_MANAGER, days=ALL_YEAR),),
        ),
        7,
        today=TODAY,
        under_way={FUNDAMENTAL: "Booked on 1 May 2027."},
    ).steps
    assert selection.notes == ("Valid from 1 January 2020 with no end.",)
    assert fundamental.notes == ("Ended on 14 March 2027.", "Booked on 1 May 2027.")
    assert programme.notes == ("Valid from 1 January 2027 to 31 December 2027.",)
    assert authorised == PathStep(
        title="Authorised for the programme",
        state=StepState.DONE,
        notes=("As treatment manager: Valid from 1 January 2027 to 31 December 2027.",),
    )


def test_a_lapsed_right_is_no_step_done_and_says_so() -> None:
    right = Right(id=1, programme_id=7, role=ActingRole.FACILITATOR, days=ALL_YEAR)
    held = replace(steps(selection=EVER, fundamental=ALL_YEAR, programme=ALL_YEAR), rights=(right,))
    lapsed = replace(held, practices=(Practised(id=1, programme_id=7, days=OVER),))
    step = towards(lapsed, 7, today=TODAY).steps[3]
    assert (step.state, step.notes) == (StepState.NEXT, ("As facilitator: Lapsed for want of delivery.",))
    assert [reason.code for reason in towards(lapsed, 7, today=TODAY).missing] == ["authorisation.lapsed"]
    to_act = replace(lapsed, practices=(Practised(id=1, programme_id=7, days=ALL_YEAR),))
    assert towards(to_act, 7, today=TODAY).steps[3].state == StepState.DONE


def test_a_renewal_to_come_is_said_beside_the_end() -> None:
    renewed = replace(
        NOBODY_YET,
        steps=(
            Step(id=1, stage=FUNDAMENTAL, programme_id=None, days=OVER),
            Step(id=2, stage=FUNDAMENTAL, programme_id=None, days=TO_COME),
        ),
    )
    assert towards(renewed, 7, today=TODAY).steps[1].notes == (
        "Ended on 14 March 2027.",
        "Valid again from 16 March 2027.",
    )


def test_a_certificate_withdrawn_before_it_began_is_not_spoken_of() -> None:
    empty = steps(selection=Span(first=date(2027, 3, 16), last=date(2027, 3, 15)))
    assert towards(empty, 7, today=TODAY).steps[0].notes == ()


def test_what_is_missing_is_what_the_rule_of_eligibility_says() -> None:
    stop = Stopped(kind=StopKind.SUSPENSION, programme_id=None, days=ALL_YEAR)
    stopped = replace(steps(selection=EVER), stops=(stop,))
    assert [reason.code for reason in towards(stopped, 7, today=TODAY).missing] == [
        "person.suspended",
        "fundamental.missing",
        "programme.missing",
    ]
    free = replace(
        steps(selection=EVER, fundamental=ALL_YEAR, programme=ALL_YEAR),
        rights=(Right(id=1, programme_id=7, role=ActingRole.FACILITATOR, days=ALL_YEAR),),
    )
    assert towards(free, 7, today=TODAY).missing == ()


@pytest.mark.parametrize(
    ("today", "note"),
    [
        pytest.param(date(2027, 7, 1), "A first delivery is expected by 1 July 2027.", id="the last day in time"),
        pytest.param(
            date(2027, 7, 2),
            "A first delivery was expected by 1 July 2027, and none is recorded. Nothing is refused for it.",
            id="late",
        ),
    ],
)
def test_until_when_a_first_delivery_is_expected_is_said(today: date, note: str) -> None:
    practice = Practised(id=1, programme_id=7, days=Span(first=date(2027, 1, 1), last=NO_END))
    given = Right(id=1, programme_id=7, role=ActingRole.FACILITATOR, days=ALL_YEAR)
    fresh = replace(NOBODY_YET, rights=(given,), practices=(practice,))
    assert towards(fresh, 7, today=today).steps[3].notes[-1] == note
    has = replace(fresh, practices=(replace(practice, delivered=True),))
    supervises = replace(fresh, rights=(replace(given, role=ActingRole.TREATMENT_MANAGER),))
    for other in (has, supervises):
        assert "first delivery" not in "".join(towards(other, 7, today=today).steps[3].notes)
