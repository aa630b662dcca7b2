"""Spans of days agree with what counting the days one by one gives."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.calendar import NO_END
from selection.rules.validity import Span, day_after, day_before, earliest_fit, first_gap, joined, without

START = date(2027, 1, 1)
HORIZON = 40


def day(number: int) -> date:
    """The day of this number, counted from START."""
    return START + timedelta(days=number)


def span(first: int, last: int) -> Span:
    """From one numbered day to another."""
    return Span(first=day(first), last=day(last))


def days_of(*spans: Span) -> set[date]:
    """Every day that one of the spans holds, counted one by one."""
    return {day(number) for number in range(-5, HORIZON + 5) if any(day(number) in each for each in spans)}


NUMBERS = st.integers(min_value=0, max_value=HORIZON)
SPANS = st.builds(span, NUMBERS, NUMBERS)
"""Empty ones too: the second day may lie before the first."""
LIVE = SPANS.filter(lambda one: not one.is_empty)


@given(st.lists(SPANS, max_size=6))
def test_joined_spans_hold_the_same_days_and_never_touch(spans: list[Span]) -> None:
    result = joined(spans)
    assert days_of(*result) == days_of(*spans)
    assert all(not each.is_empty for each in result)
    assert all(day_after(day_after(a.last)) <= b.first for a, b in itertools.pairwise(result))


@given(SPANS, st.lists(SPANS, max_size=6))
def test_without_leaves_each_day_that_was_not_taken_once(whole: Span, taken: list[Span]) -> None:
    left = without(whole, taken)
    assert days_of(*left) == days_of(whole) - days_of(*taken)
    assert sum((each.last - each.first).days + 1 for each in left) == len(days_of(*left))
    assert list(left) == sorted(left)
    assert joined(left) == left, "what is left comes as the fewest spans"


@given(st.lists(SPANS, max_size=6), SPANS)
def test_the_first_gap_is_the_first_stretch_of_open_days(spans: list[Span], wanted: Span) -> None:
    open_days = days_of(wanted) - days_of(*spans)
    gap = first_gap(spans, wanted)
    if not open_days:
        assert gap is None
        return
    first = min(open_days)
    last = first
    while day_after(last) in open_days:
        last = day_after(last)
    assert gap == Span(first=first, last=last)


@given(st.lists(SPANS, max_size=6), LIVE)
def test_the_earliest_fit_is_the_first_day_from_which_all_days_are_covered(spans: list[Span], wanted: Span) -> None:
    covered = days_of(*spans)
    fits = [
        day(number)
        for number in range(HORIZON + 1)
        if day(number) >= wanted.first
        and all(day(number) + timedelta(days=each) in covered for each in range(wanted.length.days + 1))
    ]
    assert earliest_fit(spans, wanted) == (fits[0] if fits else None)


@given(SPANS, SPANS)
def test_meeting_covering_and_sharing_agree_with_the_days(one: Span, other: Span) -> None:
    assert days_of(one.shared_with(other)) == days_of(one) & days_of(other)
    assert one.meets(other) == bool(days_of(one) & days_of(other))
    if not one.is_empty and not other.is_empty:
        assert one.covers(other) == (days_of(other) <= days_of(one))
    assert one.is_empty == (not days_of(one))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], (), id="none"),
        pytest.param([span(3, 3)], (span(3, 3),), id="one day"),
        pytest.param([span(5, 4)], (), id="an empty one is no span"),
        pytest.param([span(1, 3), span(4, 6)], (span(1, 6),), id="touching are joined"),
        pytest.param([span(1, 3), span(5, 6)], (span(1, 3), span(5, 6)), id="a day between keeps them apart"),
        pytest.param([span(1, 9), span(2, 3)], (span(1, 9),), id="one within another"),
        pytest.param([span(4, 6), span(1, 3)], (span(1, 6),), id="in any order"),
        pytest.param(
            [Span(first=START, last=NO_END), span(5, 9)], (Span(first=START, last=NO_END),), id="without an end"
        ),
    ],
)
def test_joined(spans: list[Span], expected: tuple[Span, ...]) -> None:
    assert joined(spans) == expected


@pytest.mark.parametrize(
    ("whole", "taken", "expected"),
    [
        pytest.param(span(1, 9), [], (span(1, 9),), id="nothing taken"),
        pytest.param(span(1, 9), [span(1, 9)], (), id="all taken"),
        pytest.param(span(1, 9), [span(0, 20)], (), id="more than all taken"),
        pytest.param(span(1, 9), [span(1, 1)], (span(2, 9),), id="the first day taken"),
        pytest.param(span(1, 9), [span(9, 9)], (span(1, 8),), id="the last day taken"),
        pytest.param(span(1, 9), [span(4, 5)], (span(1, 3), span(6, 9)), id="days in the middle taken"),
        pytest.param(span(1, 9), [span(6, 5)], (span(1, 9),), id="an empty span takes nothing"),
        pytest.param(span(9, 1), [span(2, 3)], (), id="nothing is left of an empty span"),
        pytest.param(
            Span(first=START, last=NO_END),
            [span(3, 5)],
            (span(0, 2), Span(first=day(6), last=NO_END)),
            id="cut out of a span without an end",
        ),
        pytest.param(
            Span(first=START, last=NO_END),
            [Span(first=day(3), last=NO_END)],
            (span(0, 2),),
            id="taken without an end",
        ),
    ],
)
def test_without(whole: Span, taken: list[Span], expected: tuple[Span, ...]) -> None:
    assert without(whole, taken) == expected


@pytest.mark.parametrize(
    ("spans", "wanted", "expected"),
    [
        pytest.param([], span(1, 2), None, id="nothing covers anything"),
        pytest.param([span(1, 9)], span(3, 5), day(3), id="as wanted"),
        pytest.param([span(4, 9)], span(1, 3), day(4), id="later"),
        pytest.param([span(1, 2), span(5, 9)], span(1, 4), day(5), id="the first stretch is too short"),
        pytest.param([span(1, 3), span(4, 9)], span(2, 8), day(2), id="two that touch hold it together"),
        pytest.param([span(1, 9)], span(8, 10), None, id="too long for what is left"),
        pytest.param([span(1, 9)], span(9, 9), day(9), id="the very last day"),
        pytest.param([Span(first=day(7), last=NO_END)], span(1, 30), day(7), id="without an end, however long"),
    ],
)
def test_earliest_fit(spans: list[Span], wanted: Span, expected: date | None) -> None:
    assert earliest_fit(spans, wanted) == expected


def test_the_day_after_no_end_is_no_end_and_the_day_before_the_first_of_a_month_is_the_last_of_the_one_before() -> None:
    assert day_after(NO_END) == NO_END
    assert day_after(date(2027, 2, 28)) == date(2027, 3, 1)
    assert day_before(date(2028, 3, 1)) == date(2028, 2, 29)


def test_a_span_of_one_day_has_no_length_and_is_not_empty() -> None:
    assert span(3, 3).length == timedelta(0)
    assert not span(3, 3).is_empty
    assert day(3) in span(3, 3)
    assert day(4) not in span(3, 3)
