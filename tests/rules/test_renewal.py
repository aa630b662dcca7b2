"""Renewing early joins without a gap and loses no day; too early or too late it stands for itself."""

from datetime import date

import pytest

from selection.rules.calendar import NO_END, last_day_valid
from selection.rules.renewal import with_days_left
from selection.rules.validity import Span

OLD = Span(first=date(2024, 3, 1), last=date(2027, 2, 28))


def new(passed_on: date) -> Span:
    return Span(first=passed_on, last=last_day_valid(passed_on, 36))


@pytest.mark.parametrize(
    ("passed_on", "earlier", "last"),
    [
        pytest.param(date(2027, 2, 28), [OLD], date(2030, 2, 28), id="on the last valid day"),
        pytest.param(date(2027, 3, 1), [OLD], date(2030, 2, 28), id="on the day after, which leaves no gap either"),
        pytest.param(date(2027, 3, 2), [OLD], date(2030, 3, 1), id="a day later, after a gap of one day"),
        pytest.param(date(2027, 2, 1), [OLD], date(2030, 2, 28), id="four weeks before"),
        pytest.param(date(2026, 8, 28), [OLD], date(2030, 2, 28), id="on the first day that counts as in time"),
        pytest.param(date(2026, 8, 27), [OLD], date(2029, 8, 26), id="a day too early"),
        pytest.param(date(2024, 2, 29), [], date(2027, 2, 27), id="on a leap day, with nothing before"),
        pytest.param(
            date(2024, 2, 29),
            [Span(first=date(2021, 3, 1), last=date(2024, 2, 29))],
            *(date(2027, 2, 28),),
            id="on a leap day that is the last valid one",
        ),
        pytest.param(
            date(2026, 10, 25),
            [Span(first=OLD.first, last=date(2026, 10, 26))],
            date(2029, 10, 26),
            id="clocks go back",
        ),
        pytest.param(
            date(2027, 2, 1), [OLD, Span(first=OLD.first, last=date(2027, 3, 31))], date(2030, 3, 31), id="two"
        ),
        pytest.param(date(2027, 2, 1), [Span(first=OLD.first, last=NO_END)], date(2030, 1, 31), id="one with no end"),
        pytest.param(
            date(2027, 2, 1), [Span(first=OLD.first, last=date(2024, 2, 29))], date(2030, 1, 31), id="an empty one"
        ),
        pytest.param(
            date(2027, 2, 1), [Span(first=date(2027, 2, 2), last=date(2027, 5, 1))], date(2030, 1, 31), id="to come"
        ),
    ],
)
def test_how_long_a_renewed_certificate_is_valid(passed_on: date, earlier: list[Span], last: date) -> None:
    assert with_days_left(new(passed_on), earlier) == Span(first=passed_on, last=last)


def test_what_has_no_end_stays_without_one() -> None:
    assert with_days_left(Span(first=date(2027, 2, 1), last=NO_END), [OLD]).last == NO_END
