"""Months as people count them: from a day to the same day of a later month."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

NO_BEGINNING = date(1900, 1, 1)
"""The first day of what has been so for ever."""

NO_END = date(9999, 12, 31)


def add_months(day: date, months: int) -> date:
    """Return the same day *months* calendar months later, or that month's last day where it is shorter.

    A negative number counts back. A day beyond the calendar is NO_END; one before the year 1 raises ValueError.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR or day == NO_END:
        return NO_END
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def last_day_valid(from_day: date, months: int) -> date:
    """Return the last day of a period of *months* that begins on *from_day*: the day before the same day months later.

    A period that runs past the calendar ends on NO_END. Raises ValueError for a period of no months.
    """
    if months < 1:
        raise ValueError("A period of validity lasts at least one month.")
    day_after = add_months(from_day, months)
    return NO_END if day_after == NO_END else day_after - timedelta(days=1)


def _days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]
