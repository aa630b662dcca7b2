"""When a right lapses under months that change on a day, and which changes can be made."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.calendar import NO_BEGINNING, NO_END, add_months
from selection.rules.practice import Lapse, LapseSetting, changed_settings, lapse, reasons_against_setting
from selection.rules.validity import Span, day_before

TODAY = date(2027, 3, 15)
START = date(2024, 1, 15)


def settings(months: int, *changes: tuple[int, date]) -> tuple[LapseSetting, ...]:
    """So many months from the start on, and then each other number from its day on."""
    made: tuple[LapseSetting, ...] = (LapseSetting(id=1, months=months, days=Span(first=NO_BEGINNING, last=NO_END)),)
    for number, (other, from_day) in enumerate(changes, start=2):
        *before, new = changed_settings(made, months=other, from_day=from_day)
        made = (*before, LapseSetting(id=number, months=new.months, days=new.days))
    return made


@pytest.mark.parametrize(
    ("begins", "changes", "last", "decides"),
    [
        pytest.param(date(2025, 5, 10), (), date(2027, 5, 10), 1, id="no change"),
        pytest.param(date(2025, 5, 10), ((12, date(2027, 4, 1)),), date(2027, 3, 31), 2, id="over by then: on its eve"),
        pytest.param(date(2026, 5, 10), ((12, date(2027, 4, 1)),), date(2027, 5, 10), 2, id="over a little later"),
        pytest.param(date(2026, 3, 31), ((12, date(2027, 4, 1)),), date(2027, 3, 31), 2, id="over on the eve itself"),
        pytest.param(date(2025, 3, 10), ((12, date(2027, 4, 1)),), date(2027, 3, 10), 1, id="lapsed before the change"),
        pytest.param(date(2025, 3, 31), ((12, date(2027, 4, 1)),), date(2027, 3, 31), 2, id="on the eve anyway"),
        pytest.param(
            date(2025, 3, 10), ((36, date(2027, 4, 1)),), date(2027, 3, 10), 1, id="longer: nobody comes back"
        ),
        pytest.param(date(2025, 5, 10), ((36, date(2027, 4, 1)),), date(2028, 5, 10), 2, id="longer in time"),
        pytest.param(date(2025, 3, 31), ((36, date(2027, 4, 1)),), date(2028, 3, 31), 2, id="longer on the day after"),
        pytest.param(
            date(2025, 5, 10),
            ((12, date(2027, 4, 1)), (24, date(2027, 5, 1))),
            *(date(2027, 3, 31), 2),
            id="shorter, and back: who lapsed between stays lapsed",
        ),
        pytest.param(
            date(2026, 4, 30),
            ((12, date(2027, 4, 1)), (24, date(2027, 4, 30))),
            *(date(2028, 4, 30), 3),
            id="shorter, and back in time",
        ),
        pytest.param(date(2024, 2, 29), ((36, date(2026, 1, 1)),), date(2027, 2, 28), 2, id="from a leap day"),
        pytest.param(date(2026, 8, 31), ((6, date(2027, 1, 1)),), date(2027, 2, 28), 2, id="to a shorter month"),
        pytest.param(date(2026, 3, 28), ((12, date(2027, 1, 1)),), date(2027, 3, 28), 2, id="the clocks go on"),
        pytest.param(date(9998, 1, 1), (), NO_END, 1, id="beyond the calendar"),
    ],
)
def test_lapse_under_changed_months(
    begins: date, changes: tuple[tuple[int, date], ...], last: date, decides: int
) -> None:
    held = settings(24, *changes)
    assert lapse(begins, None, held) == Lapse(last=last, setting=held[decides - 1])


@st.composite
def some_settings(draw: st.DrawFn) -> tuple[LapseSetting, ...]:
    """Months from the start on, changed up to three times within two years."""
    days = draw(st.lists(st.integers(1, 600), max_size=3, unique=True).map(sorted))
    months = st.integers(1, 9)
    return settings(draw(months), *((draw(months), START + timedelta(days=number)) for number in days))


@given(some_settings(), st.integers(0, 400), st.none() | st.integers(0, 500))
def test_the_lapse_is_the_eve_of_the_first_day_on_which_the_months_in_force_are_over(
    held: tuple[LapseSetting, ...], begins: int, delivered: int | None
) -> None:
    first = START + timedelta(days=begins)
    last_day = None if delivered is None else START + timedelta(days=delivered)
    since = max(first, last_day or first)

    def over(day: date) -> bool:
        (in_force,) = [one for one in held if day in one.days]
        return day > add_months(since, in_force.months)

    expected = next(day for number in range(1, 2000) if over(day := since + timedelta(days=number)))
    found = lapse(first, last_day, held)
    assert found.last == day_before(expected)
    assert expected in found.setting.days


@pytest.mark.parametrize(
    ("months", "from_day", "codes"),
    [
        pytest.param(12, date(2027, 3, 16), [], id="tomorrow"),
        pytest.param(12, date(2027, 3, 15), ["days.past"], id="today is too late"),
        pytest.param(24, date(2027, 4, 1), ["lapse.same"], id="as it is"),
        pytest.param(0, date(2027, 4, 1), ["lapse.months"], id="no month"),
        pytest.param(1, date(2027, 4, 1), [], id="the fewest"),
        pytest.param(120, date(2027, 4, 1), [], id="the most"),
        pytest.param(121, date(2027, 3, 1), ["lapse.months", "days.past"], id="all reasons at once"),
    ],
)
def test_reasons_against_setting(months: int, from_day: date, codes: list[str]) -> None:
    found = reasons_against_setting(settings(24), months=months, from_day=from_day, today=TODAY)
    assert [one.code for one in found] == codes


def test_a_change_takes_effect_tomorrow_at_the_earliest_and_the_same_number_is_none() -> None:
    (past,) = reasons_against_setting(settings(24), months=12, from_day=TODAY, today=TODAY)
    assert past.earliest == date(2027, 3, 16)
    (same,) = reasons_against_setting(settings(24), months=24, from_day=date(2027, 4, 1), today=TODAY)
    assert same.message == "It is 24 months already."
    ahead = settings(24, (12, date(2027, 6, 1)))
    (same,) = reasons_against_setting(ahead, months=12, from_day=date(2027, 6, 2), today=TODAY)
    assert same.message == "It is 12 months already from 1 June 2027 on."
    assert changed_settings(ahead, months=18, from_day=date(2027, 7, 1))[-1].id == 0, "not stored yet"


def test_a_change_that_is_decided_is_followed_and_not_overtaken() -> None:
    held = settings(24, (12, date(2027, 6, 1)))
    against = reasons_against_setting(held, months=24, from_day=date(2027, 6, 1), today=TODAY)
    assert [(one.code, one.earliest) for one in against] == [("lapse.decided", date(2027, 6, 2))]
    assert reasons_against_setting(held, months=24, from_day=date(2027, 6, 2), today=TODAY) == ()
