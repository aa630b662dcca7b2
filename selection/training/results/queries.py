"""Reads of one booking with its result."""

from dataclasses import dataclass

from sqlalchemy.orm import contains_eager, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.training import Booking, Event
from selection.rules.results import Attended, Parts, Taking
from selection.rules.roles import Actor, Permission
from selection.rules.training import CourseFacts, attended_enough
from selection.training import facts
from selection.training.roster import Entry, counted, entries, entry, with_what_became


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A booking with all that its result is judged by."""

    entry: Entry
    event: Event
    taking: Taking

    @property
    def booking(self) -> Booking:
        """The booking."""
        return self.entry.booking

    @property
    def course(self) -> CourseFacts:
        """The course as the rules see it."""
        return facts.course_facts(self.event.terms)

    def has_enough(self, parts: Parts) -> bool:
        """True if the attendance is what the course asks for."""
        attended = self.taking.attended
        return attended_enough(counted(parts, attended.days_present, len(attended.held)), self.course)

    @property
    def version(self) -> str:
        """What tells one state of the results from the next: the latest one's id."""
        return str(self.entry.latest.id if self.entry.latest else 0)


def one(booking_id: int, permission: Permission, *, by: Actor, writing: bool = False) -> Taken:
    """Return a booking on an event within reach, with its event, attendance and results.

    For writing, others who would write about the booking wait.
    """
    query = (
        with_what_became()
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.id == booking_id, within(Event.area_id, by.reach(permission)))
        .options(
            selectinload(Booking.attendance),
            contains_eager(Booking.event).options(*facts.WITH_TERMS, selectinload(Event.days)),
        )
    )
    row = db.session.execute(query.with_for_update(of=Booking) if writing else query).one_or_none()
    if row is None:
        raise NotHere
    return _taken(entry(row))


def _taken(found: Entry) -> Taken:
    booking = found.booking
    held = tuple(day.day for day in booking.event.days)
    return Taken(
        entry=found,
        event=booking.event,
        taking=Taking(
            staff_id=booking.staff_id,
            name=booking.staff.name,
            cancelled=booking.cancelled_at is not None,
            attended=Attended(held=held, present={row.day: row.present for row in booking.attendance}),
            latest=found.recorded,
        ),
    )


def next_without_result(event_id: int, after: Booking) -> int | None:
    """Return the next booking of the event, in order of names, that has no result yet; the first one after the last."""
    booked = [one for one in entries(event_id) if one.booking.cancelled_at is None]
    here = next((place for place, one in enumerate(booked) if one.booking.id == after.id), 0)
    ahead = (one for one in (*booked[here:], *booked[:here]) if one.latest is None)
    return next((one.booking.id for one in ahead), None)
