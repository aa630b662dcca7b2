"""Until when a first delivery is expected, counted from the day of training and from today alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.calendar import NO_END
from selection.rules.eligibility import Person, Practised
from selection.rules.first_delivery import expected_by, late_since
from selection.rules.validity import Span

EVER = Span(first=date(2000, 1, 1), last=NO_END)


def trained(*practices: Practised) -> Person:
    return Person(staff_id=1, name="Ann", employed=EVER, practices=practices)


def begun(first: date, *, programme_id: int = 7, delivered: bool = False, last: date = NO_END) -> Practised:
    return Practised(id=1, programme_id=programme_id, days=Span(first=first, last=last), delivered=delivered)


@pytest.mark.parametrize(
    ("practices", "expected"),
    [
        pytest.param([begun(date(2026, 9, 14))], date(2027, 3, 14), id="six months after the training"),
        pytest.param([begun(date(2026, 8, 31))], date(2027, 2, 28), id="to a shorter month"),
        pytest.param([begun(date(2027, 8, 31))], date(2028, 2, 29), id="to a leap day"),
        pytest.param([begun(date(2026, 4, 25))], date(2026, 10, 25), id="to the day on which the clocks go back"),
        pytest.param([], None, id="not trained"),
        pytest.param([begun(date(2026, 9, 14), programme_id=8)], None, id="trained for another programme"),
        pytest.param([begun(date(2026, 9, 14), delivered=True)], None, id="delivered"),
        pytest.param([begun(date(2026, 9, 14), last=date(2026, 9, 13))], None, id="the certificate was withdrawn"),
    ],
)
def test_until_when_a_first_delivery_is_expected(practices: list[Practised], expected: date | None) -> None:
    assert expected_by(trained(*practices), 7, months=6) == expected


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.integers(1, 24))
def test_who_is_late_is_counted_alike_from_today(today: date, months: int) -> None:
    latest = late_since(today, months=months)
    for day, late in ((latest, True), (latest + timedelta(days=1), False)):
        by = expected_by(trained(begun(day)), 7, months=months)
        assert by is not None
        assert (by < today) is late
