"""A group's schedule: its modules' sessions laid out on its weekly slots, one after the other, past the days off.

Days off are bank holidays: which they are is a fact that the rules are given, by day and with their names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from selection.rules.sessions import SessionKind, SessionState, Sitting
from selection.rules.validity import ONE_DAY

DaysOff = Mapping[date, str]
"""The bank holidays, by day, with their names."""

Anything = TypeVar("Anything")

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
    is_separate: bool = False
    is_open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class When:
    """A day and times on it, as a clock in London shows them."""

    day: date
    starts_at: time
    ends_at: time

    def meets(self, other: "When") -> bool:
        """True if the two have a minute in common."""
        return self.day == other.day and self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A session as it is laid out."""

    number: int
    module_id: int
    title: str
    day: date
    starts_at: time
    ends_at: time

    @property
    def when(self) -> When:
        """Its day and times."""
        return When(day=self.day, starts_at=self.starts_at, ends_at=self.ends_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """What becomes of a session: `was` is None for a new one, `now` for one that goes, `id` for one not stored yet."""

    id: int | None
    number: int
    module_id: int
    title: str
    kind: SessionKind
    was: When | None
    now: When | None

    @property
    def changes(self) -> bool:
        """True if anything does."""
        return self.was != self.now


def lay_out(
    modules: Iterable[ModulePlan], slots: Iterable[WeeklySlot], *, first: date, days_off: DaysOff
) -> tuple[Meeting, ...]:
    """Return the modules' sessions in their order, each on the next slot from the first day on that is no day off.

    Sessions are numbered through the group from 1, and titled by their module and their place in it.
    """
    meets = slots_from(slots, first, days_off)
    return tuple(
        replace(one, day=day, starts_at=starts_at, ends_at=later(starts_at, module.minutes))
        for (module, one), (day, starts_at) in zip(numbered(modules), meets, strict=False)
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


def when(sitting: Sitting) -> When:
    """Return the session's day and times."""
    return When(day=sitting.day, starts_at=sitting.starts_at, ends_at=sitting.ends_at)


def lay_out_again(
    modules: Iterable[ModulePlan],
    slots: Iterable[WeeklySlot],
    sittings: Iterable[Sitting],
    *,
    first: date,
    days_off: DaysOff,
    now: datetime,
) -> tuple[Shift, ...]:
    """Return what becomes of each session when the modules are laid out from the first day on.

    Sessions that are recorded or have begun stay; one that was not held is delivered again in its turn. Catch-ups stay
    where they are. The first slot taken is one that has not begun, and none is taken that meets a session that stays.
    """
    known = list(sittings)
    fixed = {one.number: one for one in known if counts(one) and one.is_fixed(now)}
    movable = {one.number: one for one in known if counts(one) and not one.is_fixed(now)}
    stay = [when(one) for one in known if one not in movable.values()]
    free = (slot for slot in slots_from(slots, first, days_off) if slot > (now.date(), now.time()))
    due = [(one, module.minutes) for module, one in numbered(modules) if one.number not in fixed]
    laid = [
        replace(one, day=to.day, starts_at=to.starts_at, ends_at=to.ends_at)
        for one, to in _on_free_slots(due, free, stay)
    ]
    shifts = [_shift(one, movable.get(one.number)) for one in laid]
    kept = {one.number for one in laid}
    gone = [taken_back(one) for one in movable.values() if one.number not in kept]
    return (*shifts, *gone)


def move_with_following(
    moved: Sitting,
    to: When,
    sittings: Iterable[Sitting],
    slots: Iterable[WeeklySlot],
    *,
    days_off: DaysOff,
    now: datetime,
) -> tuple[Shift, ...]:
    """Return what becomes of a regular session that moves and of each later one, which take the next slots."""
    known = list(sittings)
    following = sorted(
        (one for one in known if counts(one) and not one.is_fixed(now) and one.number > moved.number),
        key=lambda one: one.number,
    )
    moving = {moved.id, *(one.id for one in following)}
    stay = [to, *(when(one) for one in known if one.id not in moving)]
    free = (slot for slot in slots_from(slots, to.day, days_off) if slot > (to.day, to.starts_at))
    laid = _on_free_slots([(one, minutes_of(one)) for one in following], free, stay)
    return (move_alone(moved, to), *(move_alone(one, at) for one, at in laid))


def _on_free_slots(
    due: Iterable[tuple[Anything, int]], slots: Iterator[tuple[date, time]], stay: Sequence[When]
) -> Iterator[tuple[Anything, When]]:
    """Yield what is due, each of so many minutes, with the next slot at which it meets nothing that stays."""
    for one, minutes in due:
        times = (When(day=day, starts_at=at, ends_at=later(at, minutes)) for day, at in slots)
        to = next((to for to in times if not any(to.meets(other) for other in stay)), None)
        if to is None:
            return
        yield one, to


def move_alone(moved: Sitting, to: When) -> Shift:
    """Return what becomes of a session that moves by itself."""
    return Shift(
        id=moved.id,
        number=moved.number,
        module_id=moved.module_id,
        title=moved.title,
        kind=moved.kind,
        was=when(moved),
        now=to,
    )


def taken_back(one: Sitting) -> Shift:
    """Return what becomes of a session that is taken back."""
    return replace(move_alone(one, when(one)), now=None)


def minutes_of(sitting: Sitting) -> int:
    """Return how long the session lasts, in minutes."""
    began, ended = (datetime.combine(date.min, moment) for moment in (sitting.starts_at, sitting.ends_at))
    return int((ended - began).total_seconds()) // 60


def counts(one: Sitting) -> bool:
    """True of a session that delivers a part of the programme: neither a catch-up nor one that was not held."""
    return one.kind == SessionKind.REGULAR and one.state != SessionState.NOT_HELD


def numbered(modules: Iterable[ModulePlan]) -> Iterator[tuple[ModulePlan, Meeting]]:
    """Yield the sessions of the modules in their order, numbered from 1, as yet without a day."""
    content = ((module, place) for module in modules for place in range(1, module.sessions + 1))
    for number, (module, place) in enumerate(content, start=1):
        title = f"{module.title}, session {place}"
        yield (
            module,
            Meeting(
                number=number,
                module_id=module.module_id,
                title=title,
                day=date.min,
                starts_at=time.min,
                ends_at=time.min,
            ),
        )


def _shift(one: Meeting, was: Sitting | None) -> Shift:
    return Shift(
        id=was.id if was else None,
        number=one.number,
        module_id=one.module_id,
        title=one.title,
        kind=SessionKind.REGULAR,
        was=when(was) if was else None,
        now=one.when,
    )
