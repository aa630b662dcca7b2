"""Cancelling an event: everybody is free again, and told why, in one transaction."""

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import Event
from selection.rules.courses import WaitEnd, reasons_against_cancelling_event
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.training import tell
from selection.training.events import queries
from selection.training.waitings import queries as waitings
from selection.training.waitings.filling import end


def cancel_event(event: Event, *, reason: str, by: Actor) -> int:
    """Cancel an event with its bookings and its waiting list, or raise Refused; returns how many people are told.

    The event must have been loaded for writing, with its days and trainers.
    """
    bookings, line = queries.live_bookings(event.id), waitings.standing_at(event.id)
    against = reasons_against_cancelling_event(
        queries.so_far(event, []), results=queries.results(event.id), today=clock.today(), reason=reason
    )
    if against:
        raise Refused(*against)
    event.cancelled_at, event.cancelled_reason = clock.now(), reason.strip()
    for booking in bookings:
        booking.cancelled_at = clock.now()
    for waiting in line:
        end(waiting, WaitEnd.CLOSED)
    db.session.flush()
    after = {"title": event.title, "bookings": len(bookings), "waiting": len(line)}
    record("event.cancelled", by=by, subject_id=event.id, after=after, reason=reason.strip())
    for booking in bookings:
        before = {"event_id": event.id}
        record("booking.cancelled", by=by, subject_id=booking.id, staff_id=booking.staff_id, before=before)
    told = {one.staff.id: one.staff for one in bookings} | {one.staff.id: one.staff for one in line}
    told |= {one.id: one for one in event.trainers}
    tell.of_cancelled_event(event, told.values())
    return len(told)
