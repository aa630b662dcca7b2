"""What changes bookings: all who were chosen are booked, or nobody is."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import Booking, CourseResult, Event
from selection.rules.courses import EventSoFar, reasons_against_number
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.training import reasons_against_cancelling
from selection.trail.record import record
from selection.training import facts
from selection.training.bookings import queries
from selection.training.bookings.queries import Judged


class NotBooked(Refused):
    """Nobody was booked; carries those who were chosen, each with the reasons against them."""

    def __init__(self, *reasons: Reason, judged: Sequence[Judged]) -> None:
        super().__init__(*reasons)
        self.judged = judged


def book(event: Event, staff_ids: Sequence[int], *, by: Actor) -> list[Booking]:
    """Book every one of the people, or raise NotBooked with every reason; a booking that was cancelled is renewed.

    The event must have been loaded for writing: until the commit, nobody else takes its places.
    """
    judged = queries.chosen(event, staff_ids, today=clock.today(), by=by)
    people = [one.staff for one in judged]
    reasons = [reason for one in judged for reason in one.reasons]
    there = queries.of_event(event)
    reasons += reasons_against_number(len(people), _places(event, there))
    if not people:
        reasons.append(Reason(code="booking.nobody", message="Choose at least one person.", field="people"))
    if reasons:
        raise NotBooked(*dict.fromkeys(reasons), judged=judged)
    before = {booking.staff_id: booking for booking in there}
    bookings = [before.get(staff.id) or Booking(event_id=event.id, staff_id=staff.id) for staff in people]
    for booking in bookings:
        booking.booked_at, booking.cancelled_at = clock.now(), None
    db.session.add_all(bookings)
    db.session.flush()
    for booking in bookings:
        record("booking.made", by=by, subject_id=booking.id, staff_id=booking.staff_id, after={"event_id": event.id})
    return bookings


def _places(event: Event, bookings: Sequence[Booking]) -> EventSoFar:
    live = [booking for booking in bookings if booking.cancelled_at is None]
    return EventSoFar(places=event.places, booked={booking.staff_id: booking.staff.name for booking in live})


def cancel(booking: Booking, *, by: Actor) -> None:
    """Cancel a booking, which stays on record, or raise Refused; cancelled twice, it is cancelled once."""
    if booking.cancelled_at is not None:
        return
    has_result = bool(db.session.scalar(select(exists().where(CourseResult.booking_id == booking.id))))
    against = reasons_against_cancelling(facts.span(booking.event), has_result=has_result, today=clock.today())
    if against:
        raise Refused(*against)
    booking.cancelled_at = clock.now()
    db.session.flush()
    record(
        "booking.cancelled",
        by=by,
        subject_id=booking.id,
        staff_id=booking.staff_id,
        before={"event_id": booking.event_id},
    )
