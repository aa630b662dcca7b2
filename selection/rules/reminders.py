"""When somebody is told that a certificate is about to end, and whether there is anything to tell."""

from collections.abc import Iterable
from datetime import date

from selection.rules.validity import Span, day_after

DAYS_BEFORE = (90, 60, 30, 7)
"""How many days before the end a reminder goes out [default]."""


def reminder_due(last_day: date, *, today: date, days_before: Iterable[int] = DAYS_BEFORE) -> int | None:
    """Return which reminder is due of an end on the last day, as its days before; None if none is.

    It is the latest whose day has come: if nobody was told for a while, the ones in between are not made up for. Once
    the last day is over there is nothing to remind of.
    """
    left = (last_day - today).days
    return min((days for days in days_before if 0 <= left <= days), default=None)


def is_renewed(days: Span, others: Iterable[Span]) -> bool:
    """True if another certificate of the same step goes on, without a gap, where this one ends."""
    return any(other.last > days.last and other.first <= day_after(days.last) for other in others)
