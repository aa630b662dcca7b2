"""Who is on a group's team on which days, and on which days the team is short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from selection.rules.assignment import Placed
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span, day_after, day_before


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortfall:
    """Days in a row on which fewer regular facilitators are on the team than it should have."""

    days: Span
    there: int


def stretches(whole: Span, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the whole as the fewest stretches during each of which the same of the spans hold."""
    if whole.is_empty:
        return ()
    met = [span for span in spans if span.meets(whole)]
    begins = {whole.first}
    begins |= {span.first for span in met if span.first in whole}
    begins |= {day_after(span.last) for span in met if span.last < whole.last}
    firsts = sorted(begins)
    lasts = [day_before(first) for first in firsts[1:]] + [whole.last]
    return tuple(Span(first=first, last=last) for first, last in zip(firsts, lasts, strict=True))


def regulars_on(team: Iterable[Placed], day: date) -> frozenset[int]:
    """Return who is a regular facilitator of the group on the day; cover does not count."""
    return frozenset(one.facilitator_id for one in team if one.kind == AssignmentKind.REGULAR and day in one.days)


def shortfalls(whole: Span, team: Iterable[Placed], needed: int) -> tuple[Shortfall, ...]:
    """Return, in order, the days of the whole on which the team has fewer regular facilitators than needed."""
    placed = list(team)
    found: list[Shortfall] = []
    for days in stretches(whole, [one.days for one in placed]):
        there = len(regulars_on(placed, days.first))
        if there >= needed:
            continue
        if found and found[-1].there == there and day_after(found[-1].days.last) == days.first:
            days = Span(first=found.pop().days.first, last=days.last)  # noqa: PLW2901 - the two are one stretch
        found.append(Shortfall(days=days, there=there))
    return tuple(found)
