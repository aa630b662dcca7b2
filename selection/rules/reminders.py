"""When somebody is told that something is about to end, and whether there is anything to tell.

A certificate ends, and a right to deliver lapses without delivery. Before that, a first delivery is expected.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from selection.rules.eligibility import ActingRole, Person
from selection.rules.first_delivery import expected_by
from selection.rules.validity import Span, day_after, joined

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


class Ahead(StrEnum):
    """What is ahead of somebody who may deliver a programme and does not."""

    LAPSE = "lapse"
    FIRST_DELIVERY = "first_delivery"


def ahead(person: Person, programme_id: int, *, months: int, today: date) -> dict[Ahead, date]:
    """Return what is ahead of the person without a delivery, each with its last day; nothing of who may not deliver.

    `months` are those within which a first delivery is expected.
    """
    return dict(_ahead(person, programme_id, months, today))


def _ahead(person: Person, programme_id: int, months: int, today: date) -> Iterator[tuple[Ahead, date]]:
    held = person.rights_as(ActingRole.FACILITATOR, programme_id)
    rights = joined(right.days.shared_with(person.employed) for right in held)
    practised = joined(one.days for one in person.practices if one.programme_id == programme_id)
    lapses = next((span.last for span in practised if today in span), None)
    if lapses is None or not any(today in right for right in rights):
        return
    if any(day_after(lapses) in right for right in rights):
        yield Ahead.LAPSE, lapses
    first = expected_by(person, programme_id, months=months)
    if first is not None and today <= first:
        yield Ahead.FIRST_DELIVERY, first
