"""Sessions laid out on weekly slots, past the bank holidays of each nation, with the totals of the source document."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

import pytest

from selection.commands.reference.programme import MODULES, SESSION_MINUTES, SHORT_ROUTE
from selection.core.bank_holidays import bank_holidays
from selection.rules.schedule import ModulePlan, Shift, WeeklySlot, When, lay_out, lay_out_again, move_with_following
from selection.rules.sessions import Nation, SessionKind, SessionState, Sitting

MONDAYS = (WeeklySlot(weekday=0, starts_at=time(10)),)
TWICE = (WeeklySlot(weekday=1, starts_at=time(17, 30)), WeeklySlot(weekday=3, starts_at=time(9)))
LONG_AGO = datetime.combine(date(2026, 1, 1), time(8))

# As the government publishes them, those on a weekday: England and Wales, Scotland, Northern Ireland, 2026 to 2028.
BANK_HOLIDAYS = {
    Nation.ENGLAND_AND_WALES: {
        2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
        2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
        2028: "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26",
    },
    Nation.SCOTLAND: {
        2026: "1-1 1-2 4-3 5-4 5-25 6-15 8-3 11-30 12-25 12-28",
        2027: "1-1 1-4 3-26 5-3 5-31 8-2 11-30 12-27 12-28",
        2028: "1-3 1-4 4-14 5-1 5-29 8-7 11-30 12-25 12-26",
    },
    Nation.NORTHERN_IRELAND: {
        2026: "1-1 3-17 4-3 4-6 5-4 5-25 7-13 8-31 12-25 12-28",
        2027: "1-1 3-17 3-26 3-29 5-3 5-31 7-12 8-30 12-27 12-28",
        2028: "1-3 3-17 4-14 4-17 5-1 5-29 7-12 8-28 12-25 12-26",
    },
}
EACH = [(nation, year) for nation, years in BANK_HOLIDAYS.items() for year in years]


@cache
def off(nation: Nation = Nation.ENGLAND_AND_WALES) -> dict[date, str]:
    return dict(bank_holidays(nation, date(2026, 1, 1), years=5))


@pytest.fixture(scope="module", autouse=True)
def _holidays_are_known() -> None:
    for nation in Nation:
        off(nation)


def listed(nation: Nation, year: int) -> list[date]:
    pairs = (word.split("-") for word in BANK_HOLIDAYS[nation][year].split())
    return [date(year, int(month), int(day)) for month, day in pairs]


@pytest.mark.parametrize(("nation", "year"), EACH)
def test_weekdays_off_are_the_bank_holidays_of_the_nation(nation: Nation, year: int) -> None:
    assert sorted(day for day in off(nation) if day.year == year and day.weekday() < 5) == listed(nation, year)


@pytest.mark.parametrize(("nation", "year"), EACH)
def test_a_group_that_meets_every_weekday_meets_on_all_but_them(nation: Nation, year: int) -> None:
    module = ModulePlan(module_id=1, title="M", sessions=366, minutes=150)
    weekdays = [WeeklySlot(weekday=number, starts_at=time(10)) for number in range(5)]
    met = {one.day for one in lay_out([module], weekdays, first=date(year, 1, 1), days_off=off(nation))}
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in days if day.weekday() < 5 and day not in met] == listed(nation, year)


def plans(*titles: str) -> list[ModulePlan]:
    return [
        ModulePlan(module_id=number, title=one.title, sessions=one.sessions, minutes=SESSION_MINUTES)
        for number, one in enumerate(MODULES, start=1)
        if not titles or one.title in titles
    ]


@pytest.mark.parametrize(
    ("titles", "number", "hours"),
    [pytest.param(SHORT_ROUTE, 35, 87.5, id="low risk"), pytest.param((), 70, 175, id="every module")],
)
def test_the_totals_are_those_of_the_source(titles: tuple[str, ...], number: int, hours: float) -> None:
    laid = lay_out(plans(*titles), TWICE, first=date(2027, 1, 4), days_off=off())
    minutes = [
        (datetime.combine(one.day, one.ends_at) - datetime.combine(one.day, one.starts_at)).seconds / 60 for one in laid
    ]
    assert (len(laid), sum(minutes) / 60) == (number, hours)
    assert [one.number for one in laid] == list(range(1, number + 1))
    assert [one.when for one in laid] == sorted(one.when for one in laid)
    assert not {one.day for one in laid} & set(off())


def sittings(shifts: tuple[Shift, ...], *, held: int = 0, not_held: int = 0) -> list[Sitting]:
    states = [SessionState.HELD] * held + [SessionState.NOT_HELD] * not_held + [SessionState.PLANNED] * len(shifts)
    return [
        Sitting(
            id=one.number,
            number=one.number,
            title=one.title,
            module_id=one.module_id,
            kind=SessionKind.REGULAR,
            state=state,
            day=one.now.day,
            starts_at=one.now.starts_at,
            ends_at=one.now.ends_at,
        )
        for one, state in zip(shifts, states, strict=False)
        if one.now
    ]


def laid(modules: list[ModulePlan], known: list[Sitting], first: date, now: datetime = LONG_AGO) -> tuple[Shift, ...]:
    return lay_out_again(modules, MONDAYS, known, first=first, days_off=off(), now=now)


def test_laying_out_again_changes_nothing_where_nothing_is_different() -> None:
    induction = plans("Induction")
    first = laid(induction, [], date(2027, 4, 5))
    assert all(one.was is None and one.id is None for one in first)
    again = laid(induction, sittings(first), date(2027, 4, 5))
    assert not any(one.changes for one in again)


def test_what_was_held_stays_and_what_was_not_is_delivered_in_its_turn() -> None:
    induction = plans("Induction")
    known = sittings(laid(induction, [], date(2027, 4, 5)), held=2, not_held=1)
    again = laid(induction, known, date(2027, 4, 20), now=datetime.combine(date(2027, 4, 20), time(9)))
    assert [(one.number, one.id) for one in again][:2] == [(3, None), (4, 4)]
    assert [one.now.day for one in again if one.now][:2] == [date(2027, 4, 26), date(2027, 5, 10)]


def test_modules_that_are_taken_off_take_their_sessions_along() -> None:
    both = plans("Induction", "Victim empathy")
    known = sittings(laid(both, [], date(2027, 4, 5)))
    gone = [one.number for one in laid(plans("Induction"), known, date(2027, 4, 5)) if one.now is None]
    assert gone == list(range(11, 20))


def test_what_follows_takes_the_next_slots_and_catch_ups_stay() -> None:
    known = sittings(laid(plans("Induction"), [], date(2027, 4, 5)))
    to = When(day=date(2027, 4, 21), starts_at=time(14), ends_at=time(16, 30))
    shifts = move_with_following(known[1], to, known, MONDAYS, days_off=off(), now=LONG_AGO)
    assert [one.number for one in shifts] == list(range(2, 11))
    days = [one.now.day for one in shifts if one.now]
    assert days[:4] == [date(2027, 4, 21), date(2027, 4, 26), date(2027, 5, 10), date(2027, 5, 17)]


MONDAY, NEXT = date(2027, 4, 12), date(2027, 4, 19)


def test_no_slot_is_taken_that_meets_a_session_that_stays() -> None:
    induction = plans("Induction")
    known = sittings(laid(induction, [], date(2027, 4, 5)))
    extra = replace(known[0], id=99, kind=SessionKind.CATCH_UP, day=MONDAY, starts_at=time(9), ends_at=time(11))
    again = laid(induction, [*known, extra], date(2027, 4, 5))
    assert [one.now.day for one in again if one.now][:3] == [date(2027, 4, 5), NEXT, date(2027, 4, 26)]
    off_today = [replace(known[1], state=SessionState.NOT_HELD), known[0], *known[2:]]
    again = laid(induction, off_today, MONDAY, now=datetime.combine(MONDAY, time(8)))
    assert MONDAY not in [one.now.day for one in again if one.now], "it was called off for that morning"


def test_what_follows_never_meets_what_moved() -> None:
    twice_a_day = (WeeklySlot(weekday=0, starts_at=time(10)), WeeklySlot(weekday=0, starts_at=time(14)))
    known = sittings(lay_out_again(plans("Induction"), twice_a_day, [], first=MONDAY, days_off=off(), now=LONG_AGO))
    to = When(day=NEXT, starts_at=time(12), ends_at=time(14, 30))
    shifts = move_with_following(known[1], to, known, twice_a_day, days_off=off(), now=LONG_AGO)
    assert [(one.now.day, one.now.starts_at) for one in shifts if one.now][:2] == [
        (NEXT, time(12)),
        (date(2027, 4, 26), time(10)),
    ]
