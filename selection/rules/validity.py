"""Spans of days: which days they cover together, where the first gap is, and when a stretch of days would fit.

Days are inclusive at both ends. A span whose last day lies before its first is empty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from selection.rules.calendar import NO_END

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Span:
    """From a first day to a last day, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """True if the day lies in the span."""
        return self.first <= day <= self.last

    @property
    def is_empty(self) -> bool:
        """True if no day lies in the span."""
        return self.last < self.first

    @property
    def length(self) -> timedelta:
        """From the first day to the last: nought days for a span of one day."""
        return self.last - self.first

    def covers(self, other: "Span") -> bool:
        """True if every day of the other span lies in this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: "Span") -> bool:
        """True if the two spans have a day in common."""
        return not self.shared_with(other).is_empty

    def shared_with(self, other: "Span") -> "Span":
        """Return the days that the two have in common, an empty span if there are none."""
        return Span(first=max(self.first, other.first), last=min(self.last, other.last))


def day_after(day: date) -> date:
    """Return the next day; the day after no end is no end."""
    return day if day >= NO_END else day + ONE_DAY


def day_before(day: date) -> date:
    """Return the day before."""
    return day - ONE_DAY


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same days as the fewest spans, in order; spans that touch are joined."""
    result: list[Span] = []
    for span in sorted(span for span in spans if not span.is_empty):
        if result and span.first <= day_after(result[-1].last):
            result[-1] = Span(first=result[-1].first, last=max(result[-1].last, span.last))
        else:
            result.append(span)
    return tuple(result)


def without(span: Span, taken: Iterable[Span]) -> tuple[Span, ...]:
    """Return what is left of the span when the taken days are cut out of it, in order."""
    return tuple(_left(span, joined(taken)))


def _left(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    first = span.first
    for cut in taken:
        if not cut.meets(Span(first=first, last=span.last)):
            continue
        if first < cut.first:
            yield Span(first=first, last=day_before(cut.first))
        if cut.last >= span.last:
            return
        first = day_after(cut.last)
    if first <= span.last:
        yield Span(first=first, last=span.last)


def first_gap(spans: Iterable[Span], wanted: Span) -> Span | None:
    """Return the first stretch of the wanted days that the spans leave open, or None if they cover every day."""
    return next(iter(without(wanted, spans)), None)


def earliest_fit(spans: Iterable[Span], wanted: Span) -> date | None:
    """Return the earliest day, not before the wanted first day, from which as many days in a row are covered."""
    for span in joined(spans):
        first = max(span.first, wanted.first)
        if first <= span.last and wanted.length <= span.last - first:
            return first
    return None
