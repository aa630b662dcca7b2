"""When supervision and session reviews fall due: every so many weeks, once a module, once a quarter [default]."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selection.rules.validity import Span, day_after, day_before, joined

SOON = timedelta(days=7)
"""How long before its day something is shown as due soon."""

MONTHS_IN_QUARTER = 3


class Due(StrEnum):
    """How something that falls due stands."""

    OVERDUE = "overdue"
    SOON = "soon"
    IN_TIME = "in_time"


def due_after(last: date, weeks: int) -> date:
    """Return the last day on which the next supervision is in time."""
    return last + timedelta(weeks=weeks)


def standing(due_on: date, today: date) -> Due:
    """Return how something due on the day stands today; on the day itself it is not yet overdue."""
    if due_on < today:
        return Due.OVERDUE
    return Due.SOON if due_on <= today + SOON else Due.IN_TIME


def unbroken_since(spells: Iterable[Span], day: date) -> date | None:
    """Return since when the spells cover every day up to this one; None if they do not cover it."""
    return next((span.first for span in joined(spells) if day in span), None)


def quarter_of(day: date) -> Span:
    """Return the quarter of the calendar year in which the day lies."""
    month = (day.month - 1) // MONTHS_IN_QUARTER * MONTHS_IN_QUARTER + 1
    first = date(day.year, month, 1)
    following = date(day.year + 1, 1, 1) if month > 12 - MONTHS_IN_QUARTER else date(day.year, month + 3, 1)
    return Span(first=first, last=day_before(following))


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """A session that somebody delivered: its day, and the module that it belonged to."""

    day: date
    module_id: int
    module: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewDue:
    """A review that somebody still needs: for a quarter (module None) or for a module, by when."""

    by: date
    module: str | None = None


def reviews_due(
    delivered: Iterable[Delivered], reviewed: Iterable[Delivered], *, module_ends: dict[int, date], today: date
) -> tuple[ReviewDue, ...]:
    """Return the reviews that are still to be made for what was delivered, soonest first.

    One is due by the end of each quarter in which the person delivered, and by the end of each module of which they
    delivered a session (`module_ends`, by module); sessions that were reviewed count for their quarter and module.
    Quarters that ended more than a year ago are not asked for any more.
    """
    done = list(reviewed)
    quarters = {quarter_of(one.day) for one in done}
    modules = {one.module_id for one in done}
    due: set[tuple[date, str]] = set()
    for one in delivered:
        quarter = quarter_of(one.day)
        if quarter not in quarters and quarter.last >= today - timedelta(days=365):
            due.add((quarter.last, ""))
        if one.module_id not in modules:
            due.add((module_ends.get(one.module_id, quarter.last), one.module))
    return tuple(ReviewDue(by=by, module=module or None) for by, module in sorted(due))


def next_slot(day: date) -> date:
    """Return the day itself, or the Monday after it if it is a weekend: a day to propose for an appointment."""
    while day.weekday() > 4:
        day = day_after(day)
    return day
