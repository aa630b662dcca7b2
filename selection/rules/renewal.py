"""Renewing a certificate: early enough it joins the one before without a gap, and the days left of that are not lost.

How early is a local setting [default six months before the end]; earlier than that is training again, for its own days.
"""

from collections.abc import Iterable

from selection.rules.calendar import NO_END, add_months
from selection.rules.validity import Span, day_before

MONTHS = 6


def with_days_left(days: Span, earlier: Iterable[Span], *, months: int = MONTHS) -> Span:
    """Return the days of a new certificate, with those added that an earlier one of the same step has left.

    It is valid from its own first day on, so that a renewal takes effect at once; the earlier certificate stays as it
    was. Days are left of one that is valid on that day and ends within the months; of several, the last to end counts.
    """
    held = [one for one in earlier if days.first in one and one.last != NO_END]
    last = max((one.last for one in held), default=None)
    if last is None or last > add_months(days.first, months) or days.last == NO_END:
        return days
    return Span(first=days.first, last=days.last + (last - day_before(days.first)))
