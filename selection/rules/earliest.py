"""The earliest days on which somebody could act after all: when every reason against it has passed at once."""

from collections.abc import Iterable

from selection.rules.eligibility import ActingRole, Person
from selection.rules.validity import Span, earliest_fit, joined, without


def free_days(
    person: Person, role: ActingRole, programme_id: int, *, within: Span, taken: Iterable[Span] = ()
) -> tuple[Span, ...]:
    """Return the days within the span on which the person is here, authorised, not stopped and not taken."""
    out = [*taken, *(stop.days for stop in person.stops_on(programme_id))]
    reach = within.shared_with(person.employed)
    authorised = joined(right.days.shared_with(reach) for right in person.rights_as(role, programme_id))
    return tuple(left for span in authorised for left in without(span, out))


def earliest_days(free: Iterable[Span], wanted: Span) -> Span | None:
    """Return the earliest of the free days that could do instead of those wanted, or None if there are none.

    They are those that last through the last day wanted; where no free days last so long, the first as many in a row.
    """
    spans = joined(free)
    through = next((span for span in spans if wanted.last in span), None)
    if through is not None:
        return Span(first=max(through.first, wanted.first), last=wanted.last)
    first = earliest_fit(spans, wanted)
    return None if first is None else Span(first=first, last=first + wanted.length)
