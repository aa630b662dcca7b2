"""Who may act on which days, with every reason against it, and which authorisations certificates justify."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.calendar import NO_END
from selection.rules.due import authorisations_due
from selection.rules.eligibility import (
    SUPERVISING,
    ActingRole,
    Appointed,
    Person,
    Right,
    Step,
    StopKind,
    Stopped,
    reasons_against_acting,
)
from selection.rules.programmes import Stage
from selection.rules.validity import Span
from tests.rules.path_facts import (
    CSOGP,
    OTHER,
    YEAR,
    appointed,
    days,
    deselected,
    person,
    right,
    step,
    suspended,
    three,
)
from tests.rules.selection_facts import codes

FACILITATOR, MANAGER, SUPERVISOR = ActingRole
MAY = days(date(2027, 5, 3), date(2027, 7, 30))
FIRST_HALF = days(date(2027, 1, 1), date(2027, 6, 30))
SECOND_HALF = days(date(2027, 7, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("who", "wanted", "expected"),
    [
        pytest.param(person(steps=three(), rights=(right(),)), MAY, [], id="authorised on every day"),
        pytest.param(person(steps=three(), rights=(right(),)), YEAR, [], id="on the first and the last day too"),
        pytest.param(
            person(steps=three(), rights=(right(FIRST_HALF), right(SECOND_HALF))), MAY, [], id="two that join hold it"
        ),
        pytest.param(
            person(), MAY, ["selection.missing", "fundamental.missing", "programme.missing"], id="at the beginning"
        ),
        pytest.param(
            person(steps=three()[:1]), MAY, ["fundamental.missing", "programme.missing"], id="selected and no more"
        ),
        pytest.param(person(steps=three()[:2]), MAY, ["programme.missing"], id="not trained for a programme"),
        pytest.param(
            person(steps=three(programme_id=OTHER), rights=(right(programme_id=OTHER),)),
            MAY,
            ["programme.missing"],
            id="trained for another programme",
        ),
        pytest.param(person(steps=three()), MAY, ["authorisation.missing"], id="certified, not yet authorised"),
        pytest.param(
            person(steps=three(FIRST_HALF), rights=(right(FIRST_HALF),)),
            MAY,
            ["selection.not_valid", "fundamental.not_valid", "programme.not_valid"],
            id="all certificates end meanwhile",
        ),
        pytest.param(
            person(steps=three(SECOND_HALF), rights=(right(SECOND_HALF),)),
            MAY,
            ["selection.not_valid", "fundamental.not_valid", "programme.not_valid"],
            id="all certificates begin too late",
        ),
        pytest.param(
            person(
                steps=(*three()[:2], step(Stage.PROGRAMME, days(date(2027, 3, 1), date(2027, 2, 28)))),
            ),
            MAY,
            ["programme.missing"],
            id="a certificate ended before it began is none",
        ),
        pytest.param(
            person(steps=three(), rights=(right(role=MANAGER),)), MAY, ["authorisation.missing"], id="another role"
        ),
        pytest.param(
            person(steps=three(), rights=(right(),), employed=days(date(2027, 6, 1))),
            MAY,
            ["person.not_yet_here"],
            id="joins meanwhile",
        ),
        pytest.param(
            person(steps=three(), rights=(right(),), employed=days(date(2020, 1, 1), date(2027, 6, 1))),
            MAY,
            ["person.left"],
            id="leaves meanwhile",
        ),
        pytest.param(
            person(
                steps=three(),
                rights=(right(FIRST_HALF),),
                employed=days(date(2020, 1, 1), date(2027, 6, 30)),
            ),
            MAY,
            ["person.left"],
            id="leaves, and the authorisation with them: said once",
        ),
        pytest.param(
            person(steps=three(), rights=(right(),), stops=(suspended(days(date(2027, 7, 30))),)),
            MAY,
            ["person.suspended"],
            id="suspended on the last day",
        ),
        pytest.param(
            person(
                steps=three(),
                rights=(right(FIRST_HALF),),
                stops=(suspended(SECOND_HALF),),
            ),
            MAY,
            ["person.suspended"],
            id="suspended, and the authorisation ended with it: said once",
        ),
        pytest.param(
            person(
                steps=three(),
                rights=(right(FIRST_HALF),),
                stops=(suspended(days(date(2027, 7, 1), date(2027, 7, 10))),),
            ),
            MAY,
            ["person.suspended", "authorisation.missing"],
            id="suspended, and not authorised again after it",
        ),
        pytest.param(
            person(steps=three(), rights=(right(),), stops=(suspended(FIRST_HALF, OTHER),)),
            MAY,
            [],
            id="suspended on another programme",
        ),
        pytest.param(
            person(steps=three(), rights=(right(),), stops=(suspended(FIRST_HALF, CSOGP), deselected(YEAR.first))),
            MAY,
            ["person.suspended", "person.deselected"],
            id="every stop is said",
        ),
        pytest.param(
            person(steps=three(), rights=(right(),), stops=(suspended(days(date(2027, 1, 1), date(2027, 5, 2))),)),
            MAY,
            [],
            id="suspended until the day before",
        ),
        pytest.param(
            person(employed=days(date(2028, 1, 1)), stops=(suspended(YEAR),)),
            MAY,
            [
                "person.not_yet_here",
                "person.suspended",
                "selection.missing",
                "fundamental.missing",
                "programme.missing",
            ],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_acting(who: Person, wanted: Span, expected: list[str]) -> None:
    assert codes(reasons_against_acting(who, FACILITATOR, CSOGP, wanted)) == expected


@pytest.mark.parametrize(
    ("who", "role", "expected"),
    [
        pytest.param(
            person(steps=three(), appointments=(appointed(),), rights=(right(role=MANAGER),)), MANAGER, [], id="whole"
        ),
        pytest.param(
            person(steps=three(), rights=(right(),)), MANAGER, ["appointment.missing"], id="a facilitator only"
        ),
        pytest.param(
            person(steps=three(), appointments=(appointed(),), rights=(right(role=MANAGER),)),
            SUPERVISOR,
            ["appointment.missing"],
            id="appointed to the other role",
        ),
        pytest.param(
            person(appointments=(appointed(),)),
            MANAGER,
            ["selection.missing", "fundamental.missing", "programme.missing"],
            id="an appointment is no training",
        ),
        pytest.param(
            person(steps=three(), appointments=(appointed(FIRST_HALF),), rights=(right(FIRST_HALF, MANAGER),)),
            MANAGER,
            ["appointment.missing"],
            id="appointed for a part of the days",
        ),
        pytest.param(
            person(steps=three(), appointments=(appointed(programme_id=OTHER),)),
            MANAGER,
            ["appointment.missing"],
            id="appointed on another programme",
        ),
    ],
)
def test_to_supervise_takes_an_appointment_beside_the_steps(who: Person, role: ActingRole, expected: list[str]) -> None:
    assert codes(reasons_against_acting(who, role, CSOGP, MAY)) == expected


def test_a_reason_says_the_day_the_remedy_and_the_earliest_day() -> None:
    who = person(steps=(*three(SECOND_HALF)[:2], step(Stage.PROGRAMME, YEAR)))
    reasons = reasons_against_acting(who, FACILITATOR, CSOGP, MAY)
    assert [reason.earliest for reason in reasons] == [SECOND_HALF.first, SECOND_HALF.first]
    assert reasons[0].message == "Ann Lee's certificate of selection at an assessment centre begins on 1 July 2027."
    assert all(reason.remedy for reason in reasons)


def test_an_ended_certificate_is_said_by_its_last_day_and_a_renewal_gives_the_earliest() -> None:
    renewed = days(date(2027, 9, 1), date(2028, 8, 31))
    who = person(steps=(*three()[:2], step(Stage.PROGRAMME, FIRST_HALF), step(Stage.PROGRAMME, renewed)))
    (reason,) = reasons_against_acting(who, FACILITATOR, CSOGP, MAY)
    assert reason.message == "Ann Lee's certificate of programme training ends on 30 June 2027."
    assert reason.earliest == renewed.first


@pytest.mark.parametrize(
    ("stop", "until", "earliest"),
    [
        pytest.param(
            suspended(days(date(2027, 5, 1), date(2027, 5, 31))), " until 31 May 2027.", date(2027, 6, 1), id="dated"
        ),
        pytest.param(suspended(days(date(2027, 5, 1))), "from 1 May 2027.", None, id="without an end"),
    ],
)
def test_a_suspension_says_until_when(stop: Stopped, until: str, earliest: date | None) -> None:
    (reason,) = reasons_against_acting(person(steps=three(), rights=(right(),), stops=(stop,)), FACILITATOR, CSOGP, MAY)
    assert reason.message.endswith(until)
    assert reason.earliest == earliest


@pytest.mark.parametrize(
    ("who", "role", "expected"),
    [
        pytest.param(person(steps=three()), FACILITATOR, [YEAR], id="three certificates of the same days"),
        pytest.param(person(steps=three()[:2]), FACILITATOR, [], id="two are not enough"),
        pytest.param(person(steps=three(programme_id=OTHER)), FACILITATOR, [], id="another programme's"),
        pytest.param(person(steps=three(), rights=(right(),)), FACILITATOR, [], id="there already"),
        pytest.param(
            person(steps=three(), rights=(right(role=MANAGER),)), FACILITATOR, [YEAR], id="there in another role only"
        ),
        pytest.param(person(steps=three(), rights=(right(FIRST_HALF),)), FACILITATOR, [SECOND_HALF], id="the rest"),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2026, 1, 1))), step(Stage.FUNDAMENTAL, YEAR), *three()[2:])),
            FACILITATOR,
            [YEAR],
            id="from the last of the first days to the first of the last days",
        ),
        pytest.param(
            person(steps=(*three(FIRST_HALF)[:2], step(Stage.PROGRAMME, SECOND_HALF))),
            FACILITATOR,
            [],
            id="no day is covered by all",
        ),
        pytest.param(
            person(steps=three(), stops=(suspended(days(date(2027, 3, 1), date(2027, 3, 31))),)),
            FACILITATOR,
            [days(date(2027, 1, 1), date(2027, 2, 28)), days(date(2027, 4, 1), date(2027, 12, 31))],
            id="around a suspension",
        ),
        pytest.param(
            person(steps=three(), stops=(deselected(date(2027, 7, 1)),)), FACILITATOR, [FIRST_HALF], id="deselected"
        ),
        pytest.param(
            person(steps=three(), stops=(suspended(YEAR, OTHER),)), FACILITATOR, [YEAR], id="stopped elsewhere"
        ),
        pytest.param(
            person(steps=three(), employed=days(date(2027, 7, 1))), FACILITATOR, [SECOND_HALF], id="joins later"
        ),
        pytest.param(person(steps=three()), MANAGER, [], id="to supervise takes an appointment"),
        pytest.param(
            person(steps=three(), appointments=(appointed(SECOND_HALF),)),
            MANAGER,
            [SECOND_HALF],
            id="to supervise as long as appointed",
        ),
        pytest.param(
            person(steps=three(days(date(2027, 1, 1), NO_END))),
            FACILITATOR,
            [days(date(2027, 1, 1))],
            id="without an end",
        ),
    ],
)
def test_authorisations_due(who: Person, role: ActingRole, expected: list[Span]) -> None:
    assert [due.days for due in authorisations_due(who, role, CSOGP)] == expected


def test_an_early_renewal_joins_without_a_gap_and_the_longest_is_taken() -> None:
    old = step(Stage.PROGRAMME, days(date(2027, 1, 1), date(2027, 9, 30)), id=901)
    new = step(Stage.PROGRAMME, days(date(2027, 8, 1), date(2028, 7, 31)), id=902)
    both = days(date(2026, 1, 1))
    who = person(steps=(step(Stage.SELECTION, both), step(Stage.FUNDAMENTAL, both), new, old))
    due = authorisations_due(who, FACILITATOR, CSOGP)
    assert [(one.days, one.programme.id) for one in due] == [
        (old.days, 901),
        (days(date(2027, 10, 1), date(2028, 7, 31)), 902),
    ]


def test_of_certificates_that_begin_together_the_one_that_lasts_is_taken_whole() -> None:
    short = step(Stage.PROGRAMME, days(date(2027, 1, 1), date(2027, 9, 30)), id=901)
    long = step(Stage.PROGRAMME, days(date(2027, 1, 1), date(2028, 7, 31)), id=902)
    both = days(date(2026, 1, 1))
    for several in ((short, long), (long, short)):
        who = person(steps=(step(Stage.SELECTION, both), step(Stage.FUNDAMENTAL, both), *several))
        due = authorisations_due(who, FACILITATOR, CSOGP)
        assert [(one.days, one.programme.id) for one in due] == [(long.days, 902)]


START = date(2027, 1, 1)
SPAN_OF_TRIAL = 12
ALL_DAYS = [START + timedelta(days=number) for number in range(SPAN_OF_TRIAL + 1)]
NUMBERS = st.integers(min_value=0, max_value=SPAN_OF_TRIAL)
SPANS = st.builds(
    lambda first, last: Span(first=START + timedelta(days=first), last=START + timedelta(days=last)), NUMBERS, NUMBERS
)
PROGRAMMES = st.sampled_from([CSOGP, OTHER])
IDS = st.integers(min_value=1, max_value=10_000)


def _steps(stage: Stage) -> st.SearchStrategy[list[Step]]:
    of = PROGRAMMES if stage == Stage.PROGRAMME else st.none()
    made = st.builds(Step, id=IDS, stage=st.just(stage), programme_id=of, days=SPANS)
    return st.lists(made, max_size=3)


STOPS = st.builds(
    Stopped,
    kind=st.sampled_from(StopKind),
    programme_id=st.none() | PROGRAMMES,
    days=SPANS.filter(lambda s: not s.is_empty),
)
RIGHTS = st.builds(Right, id=IDS, programme_id=PROGRAMMES, role=st.sampled_from(ActingRole), days=SPANS)
APPOINTED = st.builds(Appointed, id=IDS, programme_id=PROGRAMMES, role=st.sampled_from(sorted(SUPERVISING)), days=SPANS)
PEOPLE = st.builds(
    lambda selection, fundamental, programme, appointments, rights, stops, employed: person(
        steps=(*selection, *fundamental, *programme),
        appointments=tuple(appointments),
        rights=tuple(rights),
        stops=tuple(stops),
        employed=employed,
    ),
    *(_steps(stage) for stage in Stage),
    st.lists(APPOINTED, max_size=2),
    st.lists(RIGHTS, max_size=2),
    st.lists(STOPS, max_size=2),
    SPANS.filter(lambda one: not one.is_empty),
)


def _justified(who: Person, role: ActingRole, day: date) -> bool:
    """What the rule says of one day, by asking each step for itself."""
    steps = all(
        any(day in step.days for step in who.steps if step.stage == stage and step.programme_id in {None, CSOGP})
        for stage in Stage
    )
    named = role not in SUPERVISING or any(
        day in one.days for one in who.appointments if (one.role, one.programme_id) == (role, CSOGP)
    )
    stopped = any(day in stop.days for stop in who.stops if stop.programme_id in {None, CSOGP})
    return steps and named and not stopped and day in who.employed


@given(PEOPLE, st.sampled_from(ActingRole))
def test_a_day_is_due_if_every_step_covers_it_no_stop_bars_it_and_no_right_holds(who: Person, role: ActingRole) -> None:
    due = authorisations_due(who, role, CSOGP)
    held = [one.days for one in who.rights_as(role, CSOGP)]
    for day in ALL_DAYS:
        expected = _justified(who, role, day) and not any(day in one for one in held)
        assert sum(day in one.days for one in due) == expected, "each such day once, and no other day"
    for one in due:
        assert not one.days.is_empty
        windows = [one.selection.days, one.fundamental.days, one.programme.days]
        windows += [one.appointment.days] if one.appointment else []
        assert all(window.covers(one.days) for window in windows)
        assert (one.appointment is not None) == (role in SUPERVISING)
        assert (one.selection.stage, one.fundamental.stage, one.programme.stage) == tuple(Stage)
        assert one.programme.programme_id == CSOGP


@given(PEOPLE, st.sampled_from(ActingRole), SPANS.filter(lambda one: not one.is_empty))
def test_there_is_a_reason_if_and_only_if_some_day_is_not_held(who: Person, role: ActingRole, wanted: Span) -> None:
    stops = who.stops_on(CSOGP)
    may = all(
        any(day in one.days for one in who.rights_as(role, CSOGP))
        and day in who.employed
        and not any(day in stop.days for stop in stops)
        for day in ALL_DAYS
        if day in wanted
    )
    assert (reasons_against_acting(who, role, CSOGP, wanted) == ()) == may
