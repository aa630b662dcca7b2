"""When a group may be planned, its days and size changed, and when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.reasons import Reason
from selection.rules.supervision import GroupState
from selection.rules.validity import Span, day_after
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """How many members a group of the programme may have [seed: eight to ten]."""

    least: int
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What the rules need to know of a group to say whether it may change or close."""

    state: GroupState
    days: Span
    supervised_to: date | None


def reasons_against_planning(days: Span, *, size: int, sizes: Sizes, today: date) -> tuple[Reason, ...]:
    """Return every reason against planning a group of that size on those days; an empty tuple means yes."""
    return (*_size(size, sizes), *_order(days), *_not_over("starts_on", days.first, today))


def reasons_against_change(run: Run, days: Span, *, size: int, sizes: Sizes, today: date) -> tuple[Reason, ...]:
    """Return every reason against giving the group these days and this size; an empty tuple means yes."""
    return tuple(_change(run, days, today, _size(size, sizes)))


def _change(run: Run, days: Span, today: date, size: Iterator[Reason]) -> Iterator[Reason]:
    if run.state == GroupState.CLOSED:
        yield Reason(code="group.closed", message="The group is closed.", remedy="A closed group stays as it was.")
        return
    yield from size
    yield from _order(days)
    if days.first != run.days.first:
        begun = run.state != GroupState.PLANNED and run.days.first <= today
        if begun:
            yield Reason(
                code="group.begun",
                message=f"The group began on {day_in_words(run.days.first)}.",
                remedy="The first day of a group that has begun stays as it is.",
                field="starts_on",
            )
        else:
            yield from _not_over("starts_on", days.first, today)
    if days.last != run.days.last and not days.is_empty:
        yield from _not_over("ends_on", days.last, today)


def reasons_against_cutting(number: int, first: date | None, last: date | None, days: Span) -> tuple[Reason, ...]:
    """Return why the group may not have just these days: so many of its sessions, first to last, lie outside them."""
    if not number or first is None or last is None:
        return ()
    early = first < days.first
    lie = "1 session lies" if number == 1 else f"{number} sessions lie"
    return (
        Reason(
            code="sessions.outside",
            message=f"{lie} outside these days, on {day_in_words(first if early else last)}"
            f"{'' if number == 1 else ' and others'}.",
            remedy="Move them first, lay out the schedule again, or take them back with these days.",
            field="starts_on" if early else "ends_on",
        ),
    )


def reasons_against_closing(run: Run, *, today: date) -> tuple[Reason, ...]:
    """Return every reason against closing the group; an empty tuple means yes.

    A planned group can be closed on any day, since nothing was delivered; another once its last day is over, or once
    the days are over on which it was supervised.
    """
    if run.state == GroupState.CLOSED:
        return (Reason(code="group.closed", message="The group is closed already."),)
    if run.state == GroupState.PLANNED:
        return ()
    last = run.days.last if run.state == GroupState.OPEN else run.supervised_to
    if last is None or last < today:
        return ()
    return (
        Reason(
            code="group.running",
            message=f"The group runs until {day_in_words(last)}.",
            remedy="Close it after that day, or bring its last day forward first.",
            earliest=day_after(last),
        ),
    )


def _size(size: int, sizes: Sizes) -> Iterator[Reason]:
    if not sizes.least <= size <= sizes.most:
        yield Reason(
            code="group.size",
            message=f"A group of this programme has {sizes.least} to {sizes.most} members, not {size}.",
            remedy=f"Choose a size from {sizes.least} to {sizes.most}.",
            field="size",
        )


def _order(days: Span) -> Iterator[Reason]:
    if days.is_empty:
        yield Reason(code="days.order", message="The last day is before the first day.", field="ends_on")


def _not_over(field: str, day: date, today: date) -> Iterator[Reason]:
    if day < today:
        yield Reason(
            code="days.past",
            message=f"{day_in_words(day)} is over.",
            remedy="Choose today or a later day.",
            earliest=today,
            field=field,
        )
