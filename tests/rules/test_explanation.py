"""The one answer to “may they”: yes exactly if every step covers every day, and the earliest day is the earliest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.calendar import NO_END
from selection.rules.due import authorisations_due
from selection.rules.eligibility import (
    SUPERVISING,
    ActingRole,
    Appointed,
    Person,
    Practised,
    Right,
    Step,
    StopKind,
    Stopped,
)
from selection.rules.explanation import Question, answer, reasons_against_asking
from selection.rules.practice import lapses_on
from selection.rules.programmes import Stage
from selection.rules.validity import Span, first_gap

START = date(2027, 12, 20)
HORIZON = 40
OURS, OTHER = 1, 2


def day(number: int) -> date:
    return START + timedelta(days=number)


def span(first: int, last: int) -> Span:
    return Span(first=day(first), last=day(last))


days = st.tuples(st.integers(0, HORIZON), st.integers(-1, HORIZON)).map(lambda two: span(two[0], two[0] + two[1]))
programmes = st.sampled_from([OURS, OURS, OURS, OTHER])


@st.composite
def histories(draw: st.DrawFn) -> Person:
    """Certificates, appointments, stops and days delivered as they come, and the authorisations that they justify."""
    steps = [
        Step(id=number, stage=stage, programme_id=draw(programmes) if stage == Stage.PROGRAMME else None, days=held)
        for number, (stage, held) in enumerate(
            (stage, held) for stage in Stage for held in draw(st.lists(days, min_size=1, max_size=2))
        )
    ]
    trained = [step for step in steps if step.stage == Stage.PROGRAMME]
    practices = tuple(
        Practised(
            id=step.id,
            programme_id=step.programme_id or 0,
            days=Span(first=step.days.first, last=step.days.first + timedelta(days=draw(st.integers(0, HORIZON)))),
        )
        for step in trained
    )
    appointed = tuple(
        Appointed(id=number, programme_id=draw(programmes), role=draw(st.sampled_from(sorted(SUPERVISING))), days=held)
        for number, held in enumerate(draw(st.lists(days, max_size=2)))
    )
    kinds, where = st.sampled_from(StopKind), st.sampled_from([None, OURS, OTHER])
    stops = tuple(
        Stopped(kind=draw(kinds), programme_id=draw(where), days=held)
        for held in draw(st.lists(days, max_size=2))
        if not held.is_empty
    )
    person = Person(
        staff_id=1,
        name="Ann",
        employed=Span(first=day(draw(st.integers(-5, 5))), last=draw(st.sampled_from([NO_END, day(25), day(35)]))),
        steps=tuple(steps),
        appointments=appointed,
        stops=stops,
        practices=practices,
    )
    due = (
        Right(id=number, programme_id=programme_id, role=role, days=one.days)
        for programme_id in (OURS, OTHER)
        for role in ActingRole
        for number, one in enumerate(authorisations_due(person, role, programme_id))
    )
    return replace(person, rights=tuple(due))


def covered(person: Person, role: ActingRole, on: date) -> bool:
    """What must be true of a day, said once more and in other words: every step, the appointment, and no stop."""
    steps = all(any(on in step.days for step in person.steps_at(stage, OURS)) for stage in Stage)
    appointed = role == ActingRole.FACILITATOR or any(on in one.days for one in person.appointments_as(role, OURS))
    return steps and appointed and on in person.employed and not any(on in stop.days for stop in person.stops_on(OURS))


def may(person: Person, role: ActingRole, asked: Span) -> bool:
    each = [asked.first + timedelta(days=number) for number in range(asked.length.days + 1)]
    begins = role != ActingRole.FACILITATOR or person.practice_on(OURS, asked.first) is not None
    return begins and all(covered(person, role, one) for one in each)


@settings(max_examples=120, deadline=None)
@given(person=histories(), role=st.sampled_from(ActingRole), first=st.integers(-3, HORIZON), length=st.integers(0, 12))
def test_yes_exactly_if_every_step_covers_every_day(person: Person, role: ActingRole, first: int, length: int) -> None:
    asked = span(first, first + length)
    told = answer(person, Question(role=role, programme_id=OURS, days=asked))
    assert told.is_yes == may(person, role, asked) == (told.earliest == asked.first)
    assert first_gap([right.days for right in told.rights], asked) is None or not told.is_yes


@settings(max_examples=60, deadline=None)
@given(person=histories(), role=st.sampled_from(ActingRole), first=st.integers(-3, HORIZON), length=st.integers(0, 9))
def test_the_earliest_day_is_really_the_earliest(person: Person, role: ActingRole, first: int, length: int) -> None:
    found = answer(person, Question(role=role, programme_id=OURS, days=span(first, first + length))).earliest
    tried = (number for number in range(first, 2 * HORIZON) if may(person, role, span(number, number + length)))
    assert found == next((day(number) for number in tried), None)


@settings(max_examples=40, deadline=None)
@given(person=histories(), role=st.sampled_from(ActingRole))
def test_an_authorisation_is_due_exactly_where_every_step_covers_the_day(person: Person, role: ActingRole) -> None:
    held = [right.days for right in person.rights_as(role, OURS)]
    for number in range(-5, 2 * HORIZON):
        assert sum(day(number) in one for one in held) == covered(person, role, day(number))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2027, 3, 2), date(2027, 3, 1), "days.order"),
        (date(2027, 3, 2), date(2048, 3, 1), "days.too_long"),
        (date(2027, 3, 2), date(2027, 3, 2), None),
        (date(2027, 3, 2), date(2047, 3, 2), None),
        (date(2027, 3, 2), date(2047, 3, 3), "days.too_long"),
        (date(2028, 2, 29), date(2048, 2, 29), None),
    ],
)
def test_a_range_that_cannot_be_meant(first: date, last: date, code: str | None) -> None:
    assert [one.code for one in reasons_against_asking(Span(first=first, last=last))] == ([code] if code else [])


@pytest.mark.parametrize(
    ("begins", "delivered", "months", "lapse"),
    [
        pytest.param(date(2024, 5, 10), None, 24, date(2026, 5, 10), id="counted from the certificate"),
        pytest.param(date(2024, 5, 10), date(2025, 1, 31), 24, date(2027, 1, 31), id="counted from the last delivery"),
        pytest.param(date(2024, 2, 29), None, 24, date(2026, 2, 28), id="from a leap day to a year without one"),
        pytest.param(date(2024, 2, 29), None, 48, date(2028, 2, 29), id="from a leap day to the next"),
        pytest.param(date(2024, 8, 31), None, 6, date(2025, 2, 28), id="to a shorter month"),
        pytest.param(date(2026, 3, 28), None, 12, date(2027, 3, 28), id="to the day on which the clocks go on"),
        pytest.param(date(2025, 10, 26), None, 12, date(2026, 10, 26), id="from the day on which they go back"),
        pytest.param(date(2024, 5, 10), date(2024, 5, 10), 1, date(2024, 6, 10), id="delivered on the first day"),
        pytest.param(date(9999, 1, 1), None, 24, NO_END, id="beyond the calendar"),
    ],
)
def test_when_a_right_lapses(begins: date, delivered: date | None, months: int, lapse: date) -> None:
    assert lapses_on(begins, delivered, months=months) == lapse


PRACTISED = Span(first=date(2025, 1, 10), last=date(2027, 1, 10))
HELD = Span(first=date(2025, 1, 10), last=date(2028, 1, 9))


def ann(*practices: Span, right: Span = HELD) -> Person:
    return Person(
        staff_id=1,
        name="Ann",
        employed=Span(first=date(2020, 1, 1), last=NO_END),
        steps=tuple(
            Step(id=number, stage=stage, programme_id=OURS if stage == Stage.PROGRAMME else None, days=right)
            for number, stage in enumerate(Stage)
        ),
        rights=(Right(id=1, programme_id=OURS, role=ActingRole.FACILITATOR, days=right),),
        practices=tuple(Practised(id=n, programme_id=OURS, days=one) for n, one in enumerate(practices)),
    )


LATER = Span(first=date(2027, 6, 1), last=date(2029, 6, 1))


@pytest.mark.parametrize(
    ("person", "first", "last", "codes", "earliest"),
    [
        pytest.param(ann(PRACTISED), (2027, 1, 10), (2027, 9, 30), [], (2027, 1, 10), id="on the last day, for long"),
        pytest.param(ann(PRACTISED), (2027, 1, 11), (2027, 1, 11), ["authorisation.lapsed"], None, id="the day after"),
        pytest.param(
            ann(PRACTISED, LATER),
            (2027, 1, 11),
            (2027, 1, 31),
            ["authorisation.lapsed"],
            (2027, 6, 1),
            id="a refresher",
        ),
        pytest.param(
            ann(PRACTISED, Span(first=date(2027, 1, 11), last=date(2029, 1, 11))),
            *((2027, 1, 11), (2027, 1, 31), [], (2027, 1, 11)),
            id="a refresher on the day after",
        ),
        pytest.param(ann(PRACTISED), (2025, 1, 9), (2025, 1, 9), 3, (2025, 1, 10), id="the day before it begins"),
        pytest.param(
            ann(PRACTISED), (2027, 1, 10), (2028, 1, 9), [], (2027, 1, 10), id="to the certificates' last day"
        ),
        pytest.param(ann(PRACTISED), (2027, 1, 10), (2028, 1, 10), 3, None, id="a day past the certificates"),
        pytest.param(
            ann(Span(first=date(2025, 1, 10), last=date(2025, 1, 9))),
            *((2025, 1, 10), (2025, 1, 10), ["authorisation.lapsed"], None),
            id="practice that ended before it began",
        ),
    ],
)
def test_the_edges_of_a_lapse(
    person: Person,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    codes: list[str] | int,
    earliest: tuple[int, int, int] | None,
) -> None:
    asked = Span(first=date(*first), last=date(*last))
    given_ = answer(person, Question(role=ActingRole.FACILITATOR, programme_id=OURS, days=asked))
    found = [one.code for one in given_.reasons]
    assert found == codes or len(found) == codes
    assert given_.earliest == (date(*earliest) if earliest else None)


def held(*rights: tuple[int, int]) -> Person:
    """Ann with an authorisation for each of the stretches of days, numbered from 1, and practice throughout."""
    of = {"programme_id": OURS, "role": ActingRole.FACILITATOR}
    made = tuple(Right(id=n, days=span(*two), **of) for n, two in enumerate(rights, start=1))  # type: ignore[arg-type]
    return replace(ann(span(0, HORIZON)), rights=made)


@pytest.mark.parametrize(
    ("rights", "first", "last", "evidence"),
    [
        pytest.param([(0, 9)], 3, 9, [1], id="one, to its last day"),
        pytest.param([(0, 9), (10, 19)], 3, 10, [1, 2], id="two that join, to the first day of the second"),
        pytest.param([(0, 9), (10, 19)], 9, 9, [1], id="on the seam, its last day"),
        pytest.param([(0, 9), (10, 19)], 10, 19, [2], id="on the seam, its first day"),
        pytest.param([(10, 19), (0, 9)], 0, 19, [2, 1], id="in the order of the days"),
        pytest.param([(0, 9), (5, 25), (8, 30)], 0, 30, [1, 3], id="that overlap: the one that goes furthest"),
        pytest.param([(0, 9), (0, 19)], 0, 5, [2], id="from the same day: the one that goes furthest"),
        pytest.param([(0, 9), (11, 19)], 3, 12, [], id="a gap of one day: no, and no evidence"),
    ],
)
def test_a_yes_names_the_authorisations_that_it_rests_on(
    rights: list[tuple[int, int]], first: int, last: int, evidence: list[int]
) -> None:
    told = answer(held(*rights), Question(role=ActingRole.FACILITATOR, programme_id=OURS, days=span(first, last)))
    assert [right.id for right in told.rights] == evidence
    assert told.is_yes == bool(evidence)


def test_to_supervise_takes_no_practice() -> None:
    """Meg has not delivered for years, and supervises from the first day asked."""
    right = Right(id=1, programme_id=OURS, role=ActingRole.TREATMENT_MANAGER, days=HELD)
    meg = replace(ann(PRACTISED), rights=(right,))
    asked = Span(first=date(2027, 6, 1), last=date(2027, 6, 30))
    told = answer(meg, Question(role=ActingRole.TREATMENT_MANAGER, programme_id=OURS, days=asked))
    assert (told.is_yes, told.earliest, told.practice) == (True, asked.first, None)


def practised(first: date, last: date, *, programme_id: int = OURS) -> Practised:
    return Practised(id=9, programme_id=programme_id, days=Span(first=first, last=last))


@pytest.mark.parametrize(
    ("practices", "message", "earliest"),
    [
        pytest.param(
            [practised(date(2025, 1, 10), date(2026, 6, 30)), practised(date(2025, 2, 1), date(2026, 9, 30))],
            "lapsed after 30 September 2026",
            None,
            id="of several that are over, the last",
        ),
        pytest.param(
            [practised(date(2025, 1, 10), date(2026, 9, 30)), practised(date(2025, 1, 10), NO_END, programme_id=OTHER)],
            "lapsed after 30 September 2026",
            None,
            id="of this programme alone",
        ),
        pytest.param(
            [practised(date(2025, 1, 10), date(2027, 1, 31))], "lapsed after 31 January 2027", None, id="on the eve"
        ),
        pytest.param(
            [
                practised(date(2025, 1, 10), date(2026, 9, 30)),
                practised(date(2027, 8, 1), date(2028, 8, 1)),
                practised(date(2027, 5, 1), date(2028, 5, 1)),
                practised(date(2027, 3, 1), date(2027, 1, 15)),
            ],
            "lapsed after 30 September 2026",
            date(2027, 5, 1),
            id="of several refreshers to come, the first that is one",
        ),
        pytest.param(
            [practised(date(2027, 2, 2), date(2029, 2, 2))], "nothing keeps it up", date(2027, 2, 2), id="begins later"
        ),
    ],
)
def test_a_lapse_names_its_day_and_the_refresher_that_ends_it(
    practices: list[Practised], message: str, earliest: date | None
) -> None:
    who = replace(ann(), practices=tuple(practices))
    asked = Span(first=date(2027, 2, 1), last=date(2027, 2, 1))
    (reason,) = answer(who, Question(role=ActingRole.FACILITATOR, programme_id=OURS, days=asked)).reasons
    assert message in reason.message
    assert reason.earliest == earliest


def test_a_spell_rests_on_the_practice_that_lasts_longest() -> None:
    short, long = practised(date(2025, 1, 10), date(2027, 1, 10)), practised(date(2026, 1, 10), date(2028, 1, 10))
    for several in ((short, long), (long, short)):
        who = replace(ann(), practices=several)
        asked = Span(first=date(2027, 1, 9), last=date(2027, 1, 9))
        assert answer(who, Question(role=ActingRole.FACILITATOR, programme_id=OURS, days=asked)).practice == long


@pytest.mark.parametrize(
    ("certificates", "message", "earliest"),
    [
        pytest.param(
            [(2025, 1, 1, 2026, 3, 31), (2024, 1, 1, 2026, 6, 30)], "ends on 30 June 2026", None, id="the last to end"
        ),
        pytest.param(
            [(2028, 1, 1, 2029, 1, 1), (2027, 9, 1, 2028, 8, 31)],
            "begins on 1 September 2027",
            date(2027, 9, 1),
            id="the first to begin",
        ),
        pytest.param(
            [(2025, 1, 1, 2027, 2, 1), (2027, 2, 3, 2028, 2, 3)],
            "ends on 1 February 2027",
            date(2027, 2, 3),
            id="a gap of a day",
        ),
        pytest.param(
            [(2025, 1, 1, 2026, 6, 30), (2027, 9, 1, 2028, 8, 31)],
            "ends on 30 June 2026",
            date(2027, 9, 1),
            id="one that ended and one to come",
        ),
    ],
)
def test_a_step_that_is_not_valid_names_the_day_that_matters(
    certificates: list[tuple[int, int, int, int, int, int]], message: str, earliest: date | None
) -> None:
    held = [Span(first=date(*days[:3]), last=date(*days[3:])) for days in certificates]
    others = tuple(step for step in ann().steps if step.stage != Stage.PROGRAMME)
    trained = tuple(Step(id=n, stage=Stage.PROGRAMME, programme_id=OURS, days=one) for n, one in enumerate(held))
    who = replace(ann(), steps=(*others, *trained), rights=())
    asked = Span(first=date(2027, 2, 1), last=date(2027, 2, 2))
    told = answer(who, Question(role=ActingRole.FACILITATOR, programme_id=OURS, days=asked))
    (reason,) = [one for one in told.reasons if one.code == "programme.not_valid"]
    assert message in reason.message
    assert reason.earliest == earliest
