"""A group's schedule: its modules' sessions laid out on its weekly slots, one after the other, past the days off.

Days off are bank holidays: which they are is a fact that the rules are given, by day and with their names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from selection.rules.validity import ONE_DAY

DaysOff = Mapping[date, str]
"""The bank holidays, by day, with their names."""

MOST_YEARS = 5
"""No schedule is longer; whoever gathers the days off need not look further ahead."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class WeeklySlot:
    """A time of the week at which a group meets; Monday is 0, the time is what a clock in London shows."""

    weekday: int
    starts_at: time


@dataclass(frozen=True, kw_only=True, slots=True)
class ModulePlan:
    """A module as the schedule sees it: so many sessions of so many minutes each."""

    module_id: int
    title: str
    sessions: int
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A session as it is laid out."""

    number: int
    module_id: int
    title: str
    day: date
    starts_at: time
    ends_at: time


def lay_out(
    modules: Iterable[ModulePlan], slots: Iterable[WeeklySlot], *, first: date, days_off: DaysOff
) -> tuple[Meeting, ...]:
    """Return the modules' sessions in their order, each on the next slot from the first day on that is no day off.

    Sessions are numbered through the group from 1, and titled by their module and their place in it.
    """
    meets = slots_from(slots, first, days_off)
    content = ((module, place) for module in modules for place in range(1, module.sessions + 1))
    return tuple(
        Meeting(
            number=number,
            module_id=module.module_id,
            title=f"{module.title}, session {place}",
            day=day,
            starts_at=starts_at,
            ends_at=later(starts_at, module.minutes),
        )
        for number, ((module, place), (day, starts_at)) in enumerate(zip(content, meets, strict=False), start=1)
    )


def slots_from(slots: Iterable[WeeklySlot], first: date, days_off: DaysOff) -> Iterator[tuple[date, time]]:
    """Yield the days and times of the slots from the first day on, in order, for at most MOST_YEARS."""
    by_weekday = _by_weekday(slots)
    for ahead in range(MOST_YEARS * 366):
        day = first + ahead * ONE_DAY
        if day not in days_off:
            for starts_at in by_weekday.get(day.weekday(), ()):
                yield day, starts_at


def later(starts_at: time, minutes: int) -> time:
    """Return the time so many minutes later on the same day, at most the last minute of the day."""
    began = datetime.combine(date.min, starts_at)
    ends = began + timedelta(minutes=minutes)
    return ends.time() if ends.date() == began.date() else time(23, 59)


def _by_weekday(slots: Iterable[WeeklySlot]) -> dict[int, Sequence[time]]:
    result: dict[int, list[time]] = {}
    for slot in sorted(slots):
        result.setdefault(slot.weekday, []).append(slot.starts_at)
    return dict(result)
