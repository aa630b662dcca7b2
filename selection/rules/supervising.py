"""When supervision and session reviews fall due: every so many weeks, once a module, once a quarter [default]."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selection.rules.calendar import last_day_valid
from selection.rules.validity import Span

SOON = timedelta(days=7)
"""How long before its day something is shown as due soon."""

ASKED_FOR = timedelta(days=365)
"""How long after its end a quarter's review is still asked for."""

QUARTER = 3
"""Months."""


class Due(StrEnum):
    """How something that falls due stands."""

    OVERDUE = "overdue"
    SOON = "soon"
    IN_TIME = "in_time"


def counted_from(first_day: date, last: date | None, weeks: int) -> date:
    """Return the day from which the weeks to the next supervision count.

    It is the last supervision on the programme, as long as it still held when the person's days on the group began;
    else the first of those days.
    """
    return last if last is not None and last + timedelta(weeks=weeks) >= first_day else first_day


def due_on(first_day: date, last: date | None, weeks: int) -> date:
    """Return the last day on which the next supervision is in time."""
    return counted_from(first_day, last, weeks) + timedelta(weeks=weeks)


def standing(due: date, today: date) -> Due:
    """Return how something due on the day stands today; on the day itself it is not yet overdue."""
    if due < today:
        return Due.OVERDUE
    return Due.SOON if due <= today + SOON else Due.IN_TIME


def quarter_of(day: date) -> Span:
    """Return the quarter of the calendar year in which the day lies."""
    month = (day.month - 1) // QUARTER * QUARTER + 1
    first = date(day.year, month, 1)
    return Span(first=first, last=last_day_valid(first, QUARTER))


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """A session that somebody delivered: its day, the module's run in its group, and the name of the module."""

    day: date
    run: Hashable
    module: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewDue:
    """A review that somebody still needs, by when: of a module's run, or (without one) of a quarter."""

    by: date
    module: str | None = None
    run: Hashable = None


def reviews_due(delivered: Iterable[Delivered], reviewed: Iterable[Delivered], *, today: date) -> tuple[ReviewDue, ...]:
    """Return the reviews still to be made of what somebody delivered, soonest first.

    One is due for each quarter in which they delivered, and one for each run of a module in a group, both by the end of
    the quarter in which they first delivered it. A review counts for the quarter and the run of its session.
    """
    seen = list(reviewed)
    done: set[Hashable] = {quarter_of(one.day) for one in seen} | {one.run for one in seen}
    due: list[ReviewDue] = []
    for one in sorted(delivered, key=lambda session: session.day):
        quarter = quarter_of(one.day)
        if quarter.last + ASKED_FOR < today:
            continue
        if quarter not in done:
            due.append(ReviewDue(by=quarter.last))
        if one.run not in done:
            due.append(ReviewDue(by=quarter.last, module=one.module, run=one.run))
        done |= {quarter, one.run}
    return tuple(due)
