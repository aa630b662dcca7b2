"""Whether sessions may be laid out or moved as they shall be, and what to think about before they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import pairwise

from selection.rules.reasons import Reason
from selection.rules.schedule import (
    DaysOff,
    ModulePlan,
    Shift,
    WeeklySlot,
    When,
    counts,
    later,
    numbered,
    when,
)
from selection.rules.sessions import SessionKind, SessionState, Sitting
from selection.rules.validity import ONE_DAY, Span
from selection.rules.words import day_in_words

SATURDAY = 5


def reasons_against_schedule(
    modules: Sequence[ModulePlan], slots: Sequence[WeeklySlot], sittings: Iterable[Sitting], *, now: datetime
) -> tuple[Reason, ...]:
    """Return every reason against these modules on these slots, whatever the days; an empty tuple means none."""
    return (*_modules(modules), *_slots(modules, slots), *_begun(modules, sittings, now))


def _modules(modules: Sequence[ModulePlan]) -> Iterator[Reason]:
    if not modules:
        yield Reason(code="modules.none", message="Choose at least one module.", field="modules")
    for module in modules:
        if module.is_separate and len(modules) > 1:
            yield Reason(
                code="module.separate",
                message=f"{module.title} is run as a separate closed group.",
                remedy="Choose it alone, or leave it to a group of its own.",
                field="modules",
            )
        if module.is_separate and module.is_open:
            yield Reason(
                code="module.closed",
                message=f"{module.title} is run as a closed group: nobody joins once it has begun.",
                remedy="Do not let participants join at its beginning.",
                field="open_modules",
            )


def _slots(modules: Sequence[ModulePlan], slots: Sequence[WeeklySlot]) -> Iterator[Reason]:
    if not slots:
        yield Reason(code="slots.none", message="Enter at least one time of the week at which it meets.", field="slots")
    longest = max((module.minutes for module in modules), default=0)
    in_order = sorted(set(slots))
    if len(in_order) < len(slots) or any(_overlap(one, two, longest) for one, two in pairwise(in_order)):
        yield Reason(
            code="slots.overlap",
            message=f"Two of the times overlap: a session lasts {longest} minutes.",
            remedy="Choose times further apart.",
            field="slots",
        )
    if any(later(slot.starts_at, longest) == time(23, 59) for slot in slots):
        yield Reason(
            code="slots.late",
            message="A session would last past midnight.",
            remedy="Choose an earlier time.",
            field="slots",
        )


def _overlap(one: WeeklySlot, two: WeeklySlot, minutes: int) -> bool:
    return one.weekday == two.weekday and two.starts_at < later(one.starts_at, minutes)


def _begun(modules: Sequence[ModulePlan], sittings: Iterable[Sitting], now: datetime) -> Iterator[Reason]:
    """Yield why the modules do not go with the sessions that were delivered already."""
    content = {one.number: one.module_id for _, one in numbered(modules)}
    wrong = [one for one in sittings if counts(one) and one.is_fixed(now) and content.get(one.number) != one.module_id]
    if wrong:
        first = min(wrong, key=lambda one: one.number)
        yield Reason(
            code="schedule.begun",
            message=f"{first.title} was on {day_in_words(first.day)}, and these modules leave no place for it.",
            remedy="Keep the modules that have begun, in their order; others can be put after them or taken off.",
            field="modules",
        )


def reasons_against_shifts(
    shifts: Iterable[Shift], group: Span, sittings: Iterable[Sitting], *, now: datetime
) -> tuple[Reason, ...]:
    """Return every reason against the shifts that lies with their times: over, outside the group, or taken."""
    moving = [one for one in shifts if one.now is not None and one.changes]
    touched = {one.id for one in shifts if one.id is not None}
    others = [
        (one.title, when(one)) for one in sittings if one.id not in touched and one.state != SessionState.NOT_HELD
    ]
    return (*_past(moving, now), *_outside(moving, group), *_double(moving, others))


def _past(moving: Sequence[Shift], now: datetime) -> Iterator[Reason]:
    for one in moving:
        if one.now is not None and (one.now.day, one.now.starts_at) <= (now.date(), now.time()):
            yield Reason(
                code="session.past",
                message=f"{one.title} would have begun already.",
                remedy="Choose a later time.",
                earliest=now.date() + ONE_DAY,
                field="day",
            )
            return


def _outside(moving: Sequence[Shift], group: Span) -> Iterator[Reason]:
    late = [one for one in moving if one.now is not None and one.now.day not in group]
    if not late:
        return
    last = max(one.now.day for one in late if one.now is not None)
    first = late[0]
    assert first.now is not None
    yield Reason(
        code="sessions.outside",
        message=f"The group runs from {day_in_words(group.first)} to {day_in_words(group.last)};"
        f" {first.title} would be on {day_in_words(first.now.day)}"
        + (f", and the last session on {day_in_words(last)}." if len(late) > 1 else "."),
        remedy=f"Let the group run until {day_in_words(last)} first." if last > group.last else "Choose a later day.",
        field="day",
    )


def _double(moving: Sequence[Shift], others: Sequence[tuple[str, When]]) -> Iterator[Reason]:
    for one in moving:
        for title, at in others:
            if one.now is not None and one.now.meets(at):
                yield Reason(
                    code="session.double",
                    message=f"{one.title} would overlap with {title} on {day_in_words(at.day)}.",
                    remedy="Choose another time.",
                    field="day",
                )
                return


def warnings_about(
    shift: Shift, sittings: Iterable[Sitting], slots: Iterable[WeeklySlot], *, days_off: DaysOff
) -> tuple[str, ...]:
    """Return what to think about before a session is put on a hand-picked day; none of it is forbidden."""
    return tuple(_warnings(shift, list(sittings), list(slots), days_off))


def _warnings(shift: Shift, sittings: list[Sitting], slots: list[WeeklySlot], days_off: DaysOff) -> Iterator[str]:
    to = shift.now
    if to is None:
        return
    if to.day in days_off:
        yield f"{day_in_words(to.day)} is a bank holiday: {days_off[to.day]}."
    if to.day.weekday() >= SATURDAY:
        yield f"{day_in_words(to.day)} is a {to.day:%A}."
    elif slots and WeeklySlot(weekday=to.day.weekday(), starts_at=to.starts_at) not in slots:
        yield "It is not one of the group's weekly times."
    if shift.kind == SessionKind.REGULAR:
        yield from _order(shift, to, [one for one in sittings if counts(one) and one.id != shift.id])
    same_day = [one.title for one in sittings if one.day == to.day and one.id != shift.id]
    if same_day:
        yield f"On that day there is also {', '.join(same_day)}."


def _order(shift: Shift, to: When, others: list[Sitting]) -> Iterator[str]:
    for one in sorted(others, key=lambda each: each.number):
        if (one.number < shift.number) != (when(one) < to):
            before = "after" if one.number < shift.number else "before"
            yield f"It would be out of order: {one.title}, on {day_in_words(one.day)}, comes {before} it."
            return


def reasons_against_leaving_behind(
    shifts: Iterable[Shift], there: Mapping[int, Iterable[int]], spells: Mapping[int, tuple[str, Sequence[Span]]]
) -> tuple[Reason, ...]:
    """Return a reason for each person who has a place at a session that moves to a day outside their spells.

    `there` has who has a place at a session, by its id; `spells` each person's name and days on the group.
    """
    found: dict[int, Reason] = {}
    for one in shifts:
        for staff_id in there.get(one.id or 0, ()):
            name, days = spells.get(staff_id, ("Somebody", ()))
            if one.now is None or staff_id in found or any(one.now.day in span for span in days):
                continue
            found[staff_id] = Reason(
                code="session.outside_spell",
                message=f"{name} is on the group {_said(days)}, and {one.title} would be on"
                f" {day_in_words(one.now.day)}.",
                remedy="Give them a later last day, choose another day, or move it without them.",
                field="day",
            )
    return tuple(found.values())


def _said(days: Sequence[Span]) -> str:
    if not days:
        return "no longer"
    return f"from {day_in_words(min(days).first)} to {day_in_words(max(days).last)}"
