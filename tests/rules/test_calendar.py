"""Months are counted as people count them, and never run past the month's end."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.calendar import NO_END, add_months, last_day_valid

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
MONTHS = st.integers(min_value=1, max_value=240)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2025, 3, 15), 0, date(2025, 3, 15), id="no months is the same day"),
        pytest.param(date(2025, 3, 15), 6, date(2025, 9, 15), id="six months within a year"),
        pytest.param(date(2025, 9, 15), 6, date(2026, 3, 15), id="six months over new year"),
        pytest.param(date(2025, 12, 1), 1, date(2026, 1, 1), id="december to january"),
        pytest.param(date(2025, 11, 30), 1, date(2025, 12, 30), id="november to december stays in the year"),
        pytest.param(date(2025, 1, 31), 1, date(2025, 2, 28), id="31 january to the end of february"),
        pytest.param(date(2024, 1, 31), 1, date(2024, 2, 29), id="31 january to the end of february in a leap year"),
        pytest.param(date(2025, 8, 31), 6, date(2026, 2, 28), id="31 august and six months"),
        pytest.param(date(2025, 3, 31), 6, date(2025, 9, 30), id="31 march to a month of thirty days"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="a leap day and one year"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="a leap day and four years"),
        pytest.param(date(2023, 2, 28), 12, date(2024, 2, 28), id="28 february stays the 28th in a leap year"),
        pytest.param(date(2099, 2, 28), 12, date(2100, 2, 28), id="2100 is not a leap year"),
        pytest.param(date(2024, 2, 29), 912, date(2100, 2, 28), id="a leap day and 2100"),
        pytest.param(date(2025, 3, 15), -3, date(2024, 12, 15), id="three months back over new year"),
        pytest.param(date(2025, 3, 31), -1, date(2025, 2, 28), id="one month back to the end of february"),
        pytest.param(date(9999, 11, 30), 1, date(9999, 12, 30), id="just before the end of the calendar"),
        pytest.param(date(9999, 12, 1), 1, NO_END, id="past the end of the calendar"),
        pytest.param(NO_END, 24, NO_END, id="no end stays no end"),
        pytest.param(NO_END, -1, NO_END, id="no end counted back is still no end"),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("from_day", "months", "expected"),
    [
        pytest.param(date(2025, 3, 15), 12, date(2026, 3, 14), id="a year ends on the day before"),
        pytest.param(date(2025, 1, 1), 12, date(2025, 12, 31), id="a calendar year"),
        pytest.param(date(2025, 3, 1), 1, date(2025, 3, 31), id="a calendar month"),
        pytest.param(date(2024, 3, 1), 12, date(2025, 2, 28), id="from 1 march to the end of february"),
        pytest.param(date(2023, 3, 1), 12, date(2024, 2, 29), id="from 1 march to a leap day"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 27), id="from a leap day"),
        pytest.param(date(2025, 8, 31), 6, date(2026, 2, 27), id="from a 31st to a shorter month"),
        pytest.param(date(9999, 6, 1), 12, NO_END, id="past the end of the calendar"),
        pytest.param(NO_END, 12, NO_END, id="from no end"),
    ],
)
def test_last_day_valid(from_day: date, months: int, expected: date) -> None:
    assert last_day_valid(from_day, months) == expected


@pytest.mark.parametrize("months", [pytest.param(0, id="none"), pytest.param(-1, id="fewer than none")])
def test_a_period_lasts_at_least_a_month(months: int) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        last_day_valid(date(2025, 1, 1), months)


def test_no_day_lies_before_the_year_one() -> None:
    with pytest.raises(ValueError, match="year"):
        add_months(date(1, 1, 31), -1)


@settings(max_examples=60, deadline=None)
@given(day=DAYS, months=MONTHS)
def test_months_count_months_whatever_their_length(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@settings(max_examples=60, deadline=None)
@given(day=DAYS, other=DAYS, months=MONTHS)
def test_an_earlier_day_never_lands_later(day: date, other: date, months: int) -> None:
    first, second = sorted((day, other))
    assert add_months(first, months) <= add_months(second, months)


@settings(max_examples=60, deadline=None)
@given(day=DAYS, months=MONTHS)
def test_the_day_after_the_last_is_the_first_of_the_next_period(day: date, months: int) -> None:
    assert last_day_valid(day, months) + timedelta(days=1) == add_months(day, months)
