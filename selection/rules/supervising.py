"""When supervision and session reviews fall due: every so many weeks, once a module, once a period of the year.

How many weeks, how many months a period has, and when something is due soon are the edition's local settings [default].
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selection.rules.calendar import last_day_valid
from selection.rules.validity import Span

ASKED_FOR = timedelta(days=365)
"""How long after its end a period's review is still asked for."""


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


def standing(due: date, today: date, *, soon_days: int) -> Due:
    """Return how something due on the day stands today; on the day itself it is not yet overdue."""
    if due < today:
        return Due.OVERDUE
    return Due.SOON if due <= today + timedelta(days=soon_days) else Due.IN_TIME


def period_of(day: date, months: int) -> Span:
    """Return the period of the calendar year in which the day lies, of so many months (a quarter has three)."""
    month = (day.month - 1) // months * months + 1
    first = date(day.year, month, 1)
    return Span(first=first, last=last_day_valid(first, months))


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """A session that somebody delivered: its day, the module's run in its group, and the name of the module.

    `months` is how long the periods are in which a review is due, as its group's edition has it.
    """

    day: date
    run: Hashable
    module: str
    months: int = 3

    @property
    def period(self) -> Span:
        """The period in which a review of it is due."""
        return period_of(self.day, self.months)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewDue:
    """A review that somebody still needs, by when: of a module's run, or (without one) of a period."""

    by: date
    module: str | None = None
    run: Hashable = None
    months: int = 3

    @property
    def of(self) -> str:
        """What it is of, in words."""
        return self.module or ("Quarter" if self.months == 3 else f"Period of {self.months} months")


def reviews_due(delivered: Iterable[Delivered], reviewed: Iterable[Delivered], *, today: date) -> tuple[ReviewDue, ...]:
    """Return the reviews still to be made of what somebody delivered, soonest first.

    One is due for each period in which they delivered, by its end, and one for each run of a module in a group, by the
    end of the period in which they delivered it last: while it goes on there is more to review. A review counts
    for the period and the run of its session.
    """
    seen = list(reviewed)
    done: set[Hashable] = {one.period for one in seen} | {one.run for one in seen}
    due: dict[Hashable, ReviewDue] = {}
    for one in sorted(delivered, key=lambda session: session.day):
        period = one.period
        if period.last + ASKED_FOR < today:
            continue
        if period not in done:
            due[period] = ReviewDue(by=period.last, months=one.months)
        if one.run not in done:
            due[one.run] = ReviewDue(by=period.last, module=one.module, run=one.run)
    return tuple(sorted(due.values(), key=lambda one: one.by))
