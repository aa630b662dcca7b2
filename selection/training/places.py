"""Giving places on an event to people who were found free to take them."""

from collections.abc import Iterable

from selection.core import clock
from selection.core.db import db
from selection.models.training import Booking, Event
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.training import tell
from selection.training.judging import Judged


def give(event: Event, people: Iterable[Judged], *, by: Actor, waited: bool = False) -> list[Booking]:
    """Book the people, renew bookings that were cancelled, and tell each; the event must be held for writing."""
    given = []
    for one in people:
        booking = one.booking or Booking(event_id=event.id, staff_id=one.staff.id)
        booking.booked_at, booking.cancelled_at = clock.now(), None
        given.append((one, booking))
    db.session.add_all(booking for _, booking in given)
    db.session.flush()
    for _, booking in given:
        record(
            "booking.made",
            by=by,
            subject_id=booking.id,
            staff_id=booking.staff_id,
            after={"event_id": event.id},
            reason="From the waiting list." if waited else "",
        )
    tell.of_places(event, [(one.staff, booking) for one, booking in given], waited=waited)
    return [booking for _, booking in given]
