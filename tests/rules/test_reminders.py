"""Which reminder is due on which day, and when none is."""

from datetime import date, timedelta

import pytest

from selection.rules.calendar import NO_END
from selection.rules.reminders import is_renewed, reminder_due
from selection.rules.validity import Span

END = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("days_left", "due"),
    [
        pytest.param(91, None, id="the day before the first"),
        pytest.param(90, 90, id="the day of the first"),
        pytest.param(61, 90, id="the first again, which is sent once"),
        pytest.param(60, 60, id="the second"),
        pytest.param(30, 30, id="the third"),
        pytest.param(8, 30, id="the eve of the last"),
        pytest.param(7, 7, id="the last"),
        pytest.param(0, 7, id="the last valid day itself"),
        pytest.param(-1, None, id="over"),
    ],
)
def test_the_reminder_due(days_left: int, due: int | None) -> None:
    assert reminder_due(END, today=END - timedelta(days=days_left)) == due


def test_what_is_set_otherwise_holds() -> None:
    assert reminder_due(END, today=END - timedelta(days=14), days_before=(14,)) == 14
    assert reminder_due(END, today=END - timedelta(days=15), days_before=(14,)) is None
    assert reminder_due(END, today=END, days_before=()) is None


def test_what_has_no_end_is_never_due() -> None:
    assert reminder_due(NO_END, today=END) is None


@pytest.mark.parametrize(
    ("first", "last", "renewed"),
    [
        pytest.param(date(2027, 7, 1), date(2030, 6, 30), True, id="joins on the next day"),
        pytest.param(date(2027, 5, 1), date(2030, 4, 30), True, id="began before this one ends"),
        pytest.param(date(2027, 7, 2), date(2030, 7, 1), False, id="leaves a gap of one day"),
        pytest.param(date(2026, 1, 1), END, False, id="ends on the same day"),
        pytest.param(date(2027, 7, 1), date(2027, 6, 30), False, id="ended before it began"),
    ],
)
def test_a_renewal_joins_without_a_gap(first: date, last: date, renewed: bool) -> None:
    this = Span(first=date(2024, 7, 1), last=END)
    assert is_renewed(this, [this, Span(first=first, last=last)]) is renewed
