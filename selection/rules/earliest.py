"""The earliest day on which somebody could act after all: when every reason against it has passed at once."""

from collections.abc import Iterable
from datetime import date

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


def earliest_day(free: Iterable[Span], wanted: Span) -> date | None:
    """Return the first day from which the free days last through the last day wanted.

    Where no free days last so long, the first day from which there are as many days in a row; None if there is none.
    """
    spans = joined(free)
    through = next((span for span in spans if wanted.last in span), None)
    return earliest_fit(spans, wanted) if through is None else max(through.first, wanted.first)
