"""Days and moments of the demo, all of them counted from the day on which it is made."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from selection.core.clock import LONDON
from selection.rules.calendar import add_months

FRIDAY = 4


def working_day(day: date, off: Container[date] = ()) -> date:
    """Return the day, or the first after it that is neither on a weekend nor off."""
    while day.weekday() > FRIDAY or day in off:
        day += timedelta(days=1)
    return day


def months_ago(today: date, months: int, *, days: int = 0) -> date:
    """Return the working day about so many months before today, moved by some days; a negative number looks ahead."""
    return working_day(add_months(today, -months) + timedelta(days=days))


def working_days(first: date, count: int, off: Container[date] = ()) -> list[date]:
    """Return the first so many working days from the first on."""
    days = [working_day(first, off)]
    while len(days) < count:
        days.append(working_day(days[-1] + timedelta(days=1), off))
    return days


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return the moment at which a clock in London shows that time on that day."""
    return datetime.combine(day, time(hour, minute), LONDON)
