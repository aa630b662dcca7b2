"""The earliest days on which somebody could act after all: when every reason against it has passed at once."""

from collections.abc import Iterable
from datetime import date, timedelta

from selection.rules.eligibility import ActingRole, Person
from selection.rules.validity import Span, joined, without

ANY_DAY = Span(first=date.min, last=date.max)


def free_days(
    person: Person, role: ActingRole, programme_id: int, *, within: Span, taken: Iterable[Span] = ()
) -> tuple[Span, ...]:
    """Return the days within the span on which the person is here, authorised, not stopped and not taken."""
    out = [*taken, *(stop.days for stop in person.stops_on(programme_id))]
    reach = within.shared_with(person.employed)
    authorised = joined(right.days.shared_with(reach) for right in person.rights_as(role, programme_id))
    return tuple(left for span in authorised for left in without(span, out))


def beginnings(person: Person, role: ActingRole, programme_id: int) -> tuple[Span, ...]:
    """Return the days on which a spell may begin: a facilitator's within their practice, another's on any day."""
    practised = tuple(one.days for one in person.practices if one.programme_id == programme_id)
    return practised if role == ActingRole.FACILITATOR and practised else (ANY_DAY,)


def earliest_start(free: Iterable[Span], wanted: Span, begins: Iterable[Span] = (ANY_DAY,)) -> date | None:
    """Return the earliest day, not before the wanted first, from which as many days in a row are free to begin on."""
    starts = joined(begins)
    for span in joined(free):
        room = Span(first=max(span.first, wanted.first), last=_less(span.last, wanted.length))
        for start in starts:
            possible = room.shared_with(start)
            if not possible.is_empty:
                return possible.first
    return None


def earliest_days(free: Iterable[Span], wanted: Span, begins: Iterable[Span] = (ANY_DAY,)) -> Span | None:
    """Return the earliest of the free days that could do instead of those wanted, or None if there are none.

    They are those that last through the last day wanted; where no free days last so long, the first as many in a row.
    """
    spans, starts = joined(free), joined(begins)
    through = next((span for span in spans if wanted.last in span), None)
    if through is not None:
        rest = Span(first=max(through.first, wanted.first), last=wanted.last)
        possible = [rest.shared_with(start) for start in starts if rest.meets(start)]
        if possible:
            return Span(first=possible[0].first, last=wanted.last)
    first = earliest_start(spans, wanted, starts)
    return None if first is None else Span(first=first, last=first + wanted.length)


def _less(day: date, length: timedelta) -> date:
    """Return the day so much earlier; before the calendar begins there is none, so its first day."""
    return date.min if day - date.min < length else day - length
