"""For how long there will be enough people: counted by hand, month by month."""

from datetime import date
from fractions import Fraction

import pytest

from selection.rules.calendar import NO_END
from selection.rules.forecast import Acting, Expected, Month, forecast, gaps, months_from
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
        Expected(staff_id=1, name="A", first=date(2028, 1, 1), event="Course"),
        Expected(staff_id=2, name="B", first=date(2028, 1, 2), event="Course"),
        Expected(staff_id=3, name="C", first=date(2027, 11, 1), event="Course"),
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
