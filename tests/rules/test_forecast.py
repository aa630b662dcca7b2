"""For how long there will be enough people: counted by hand, month by month, and day by day."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.calendar import NO_END, last_day_valid
from selection.rules.due import authorisations_due
from selection.rules.eligibility import ActingRole, Person, Right, Step, StopKind, Stopped
from selection.rules.forecast import Acting, Booked, Expected, Month, forecast, gaps, hoped_for, months_from
from selection.rules.programmes import Stage
from selection.rules.validity import Span

TODAY = date(2027, 11, 15)


def span(first: date, last: date) -> Span:
    return Span(first=first, last=last)


def acting(staff_id: int, *days: Span) -> Acting:
    return Acting(staff_id=staff_id, name=f"Person {staff_id}", days=days)


def figures(months: tuple[Month, ...]) -> list[tuple[int, int, int]]:
    return [(month.able, month.expected, month.needed) for month in months]


def test_the_first_month_begins_today_and_leap_days_count() -> None:
    months = months_from(TODAY, 4)
    assert months == (
        span(TODAY, date(2027, 11, 30)),
        span(date(2027, 12, 1), date(2027, 12, 31)),
        span(date(2028, 1, 1), date(2028, 1, 31)),
        span(date(2028, 2, 1), date(2028, 2, 29)),
    )
    assert len(months_from(TODAY)) == 24


@pytest.mark.parametrize(
    ("last", "able"),
    [
        pytest.param(date(2027, 12, 31), [1, 1, 0], id="to the last day of a month"),
        pytest.param(date(2027, 12, 30), [1, 0, 0], id="a day short of it"),
        pytest.param(NO_END, [1, 1, 1], id="no end"),
    ],
)
def test_who_ends_within_a_month_does_not_count_for_it(last: date, able: list[int]) -> None:
    months = forecast(
        months_from(TODAY, 3),
        acting=[acting(1, span(date(2026, 1, 1), last))],
        expected=[],
        groups=[],
        heads_a_group=Fraction(1),
    )
    assert [month.able for month in months] == able


def test_spans_that_join_count_as_one_and_a_gap_of_a_day_does_not() -> None:
    joined = acting(1, span(date(2026, 1, 1), date(2027, 12, 10)), span(date(2027, 12, 11), NO_END))
    apart = acting(2, span(date(2026, 1, 1), date(2027, 12, 10)), span(date(2027, 12, 12), NO_END))
    months = forecast(months_from(TODAY, 3), acting=[joined, apart], expected=[], groups=[], heads_a_group=Fraction(1))
    assert [month.able for month in months] == [2, 1, 2]
    assert [one.staff_id for month in months for one in month.renewals] == []


def test_who_is_booked_counts_from_the_month_after_the_training_and_never_twice() -> None:
    booked = [
        Expected(staff_id=1, name="A", days=(span(date(2028, 1, 1), NO_END),), event="Course"),
        Expected(staff_id=2, name="B", days=(span(date(2028, 1, 2), NO_END),), event="Course"),
        Expected(staff_id=3, name="C", days=(span(date(2027, 11, 1), NO_END),), event="Course"),
    ]
    able = [acting(3, span(TODAY, NO_END))]
    months = forecast(months_from(TODAY, 4), acting=able, expected=booked, groups=[], heads_a_group=Fraction(1))
    assert figures(months) == [(1, 0, 0), (1, 0, 0), (1, 1, 0), (1, 2, 0)]


@pytest.mark.parametrize(
    ("groups", "heads", "needed"),
    [
        pytest.param(1, Fraction(3, 2), 2, id="three in a team, each on two groups: rounded up"),
        pytest.param(2, Fraction(3, 2), 3, id="two groups share"),
        pytest.param(6, Fraction(1, 6), 1, id="six groups a supervisor"),
        pytest.param(7, Fraction(1, 6), 2, id="one group more"),
        pytest.param(0, Fraction(3), 0, id="no groups"),
    ],
)
def test_demand(groups: int, heads: Fraction, needed: int) -> None:
    running = [span(date(2027, 1, 1), TODAY)] * groups
    months = forecast(months_from(TODAY, 2), acting=[], expected=[], groups=running, heads_a_group=heads)
    assert [month.needed for month in months] == [needed, 0]


def test_a_gap_names_who_could_be_renewed_the_first_to_end_first() -> None:
    people = [
        acting(1, span(date(2026, 1, 1), date(2028, 1, 20))),
        acting(2, span(date(2026, 1, 1), date(2027, 12, 20))),
        acting(3, span(date(2026, 1, 1), NO_END)),
        Acting(staff_id=4, name="D", days=(span(date(2026, 1, 1), date(2027, 12, 31)),), leaves=True),
    ]
    group = span(date(2027, 6, 1), date(2028, 2, 10))
    months = forecast(months_from(TODAY, 6), acting=people, expected=[], groups=[group], heads_a_group=Fraction(2))
    assert [month.short for month in months] == [0, 0, 1, 1, 0, 0]
    (gap,) = gaps(months)
    assert gap.days == span(date(2028, 1, 1), date(2028, 2, 29))
    assert gap.most == 1
    assert [one.staff_id for one in gap.renewals] == [2, 1]


def test_gaps_apart_are_told_apart() -> None:
    groups = [span(date(2027, 12, 5), date(2027, 12, 9)), span(date(2028, 2, 5), date(2028, 2, 9))]
    months = forecast(months_from(TODAY, 5), acting=[], expected=[], groups=groups, heads_a_group=Fraction(1))
    assert [gap.days.first for gap in gaps(months)] == [date(2027, 12, 1), date(2028, 2, 1)]
    assert gaps(months[:1]) == ()


def test_whoever_is_booked_on_what_renews_them_stays_and_is_no_renewal_to_arrange() -> None:
    ends = span(date(2026, 1, 1), date(2027, 12, 20))
    people = [acting(1, ends), acting(2, ends), Acting(staff_id=3, name="C", days=(span(TODAY, NO_END),), lapsed=True)]
    refresher = span(date(2027, 12, 21), date(2028, 2, 10))
    booked = [Expected(staff_id=1, name="A", days=(refresher,), event="Refresher")]
    months = forecast(months_from(TODAY, 4), acting=people, expected=booked, groups=[], heads_a_group=Fraction(1))
    assert figures(months) == [(2, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 0)]
    assert [[one.staff_id for one in month.renewals] for month in months] == [[3], [2, 3], [2, 3], [1, 2, 3]]


DAY = timedelta(days=1)
STAGES = {Stage.SELECTION: None, Stage.FUNDAMENTAL: None, Stage.PROGRAMME: 7}
near = st.integers(-60, 120).map(lambda number: TODAY + number * DAY)
lasting = st.builds(lambda first, length: span(first, first + length * DAY), near, st.integers(0, 120))


@given(
    steps=st.lists(st.tuples(st.sampled_from(Stage), lasting), max_size=6),
    stop=st.none() | lasting,
    booked=st.lists(st.tuples(st.sampled_from([Stage.FUNDAMENTAL, Stage.PROGRAMME]), near), max_size=3),
)
def test_who_could_act_besides_is_whom_the_papers_would_authorise_day_by_day(
    steps: list[tuple[Stage, Span]], stop: Span | None, booked: list[tuple[Stage, date]]
) -> None:
    """Counted one by one: days to come on which each step would be held, by a certificate or by a pass."""
    person = Person(
        staff_id=1,
        name="Ann",
        employed=span(date(2000, 1, 1), TODAY + 200 * DAY),
        steps=tuple(
            Step(id=number, stage=stage, programme_id=STAGES[stage], days=days)
            for number, (stage, days) in enumerate(steps)
        ),
        stops=(Stopped(kind=StopKind.SUSPENSION, programme_id=None, days=stop),) if stop else (),
    )
    rights = authorisations_due(person, ActingRole.FACILITATOR, 7)
    person = replace(
        person,
        rights=tuple(Right(id=1, programme_id=7, role=ActingRole.FACILITATOR, days=one.days) for one in rights),
    )
    passes = [
        Booked(stage=stage, programme_id=STAGES[stage], ends_on=max(ends, TODAY), valid_months=2)
        for stage, ends in booked
    ]
    hoped = hoped_for(person, ActingRole.FACILITATOR, 7, passes, today=TODAY, renewal_months=6)

    held: dict[Stage, list[Span]] = {stage: [days for of, days in steps if of == stage] for stage in Stage}
    for one in passes:
        first = one.ends_on + DAY
        left = max(
            (days.last - one.ends_on for of, days in steps if of == one.stage and first in days), default=0 * DAY
        )
        held[one.stage].append(span(first, last_day_valid(first, one.valid_months) + left))
    for day in (TODAY + number * DAY for number in range(-5, 260)):
        could = all(any(day in days for days in held[stage]) for stage in Stage)
        could = could and day in person.employed and not (stop and day in stop)
        may = any(day in right.days for right in person.rights)
        assert any(day in days for days in hoped) is (could and not may and day >= TODAY), day
