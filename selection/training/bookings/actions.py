"""What changes bookings: all who were chosen are booked, or nobody is; a place that is given up is filled."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import Booking, CourseResult, Event
from selection.rules.booking import reasons_against_cancelling
from selection.rules.courses import reasons_against_number
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.training import facts, tell
from selection.training.bookings import queries
from selection.training.judging import Judged
from selection.training.places import give
from selection.training.waitings.filling import fill

NOBODY = Reason(code="booking.nobody", message="Choose at least one person.", field="people")


class NotBooked(Refused):
    """Nobody was booked; carries those who were chosen, each with the reasons against them."""

    def __init__(self, *reasons: Reason, judged: Sequence[Judged]) -> None:
        super().__init__(*reasons)
        self.judged = judged


def book(event: Event, staff_ids: Sequence[int], *, by: Actor) -> list[Booking]:
    """Book every one of the people, or raise NotBooked with every reason; a booking that was cancelled is renewed.

    The event must have been loaded for writing: until the commit, nobody else takes its places.
    """
    hearing = queries.chosen(event, staff_ids, today=clock.today(), by=by)
    judged = hearing.people
    reasons = [reason for one in judged for reason in one.reasons]
    reasons += reasons_against_number(len(judged), places=event.places, booked=hearing.booked)
    if not judged:
        reasons.append(NOBODY)
    if reasons:
        raise NotBooked(*dict.fromkeys(reasons), judged=judged)
    return give(event, judged, by=by)


def cancel(booking: Booking, *, by: Actor) -> list[str]:
    """Cancel a booking, which stays on record, or raise Refused; cancelled twice, it is cancelled once.

    Its place goes to whoever has waited longest, whose name is returned. The event must have been loaded for writing
    with it.
    """
    if booking.cancelled_at is not None:
        return []
    event, oneself = booking.event, booking.staff_id == by.staff_id
    has_result = bool(db.session.scalar(select(exists().where(CourseResult.booking_id == booking.id))))
    against = reasons_against_cancelling(facts.span(event), has_result=has_result, today=clock.today(), oneself=oneself)
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
    if not oneself:
        tell.of_lost_place(event, booking, booking.staff)
    return fill(event, by=by)
