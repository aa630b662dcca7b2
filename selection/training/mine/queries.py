"""Reads of a person's own bookings and waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from selection.core.db import db
from selection.models.training import Booking, Event, EventTrainer, Reassessment, Waiting
from selection.training.roster import Entry, entry, with_what_became

MOST = 50
"""Bookings that are shown; no path has so many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Booked:
    """A booking of one's own with what became of it, and when what is open is assessed again."""

    entry: Entry
    reassessment: Reassessment | None

    @property
    def event(self) -> Event:
        """The event."""
        return self.entry.booking.event


@dataclass(frozen=True, kw_only=True, slots=True)
class InLine:
    """A wait of one's own, and at which place of the line one stands."""

    waiting: Waiting
    place: int


def booked(staff_id: int) -> list[Booked]:
    """Return the person's bookings, cancelled ones too, latest event first."""
    query = (
        with_what_became()
        .add_columns(Reassessment)
        .join(Event, Event.id == Booking.event_id)
        .outerjoin(Reassessment, Reassessment.booking_id == Booking.id)
        .where(Booking.staff_id == staff_id)
        .options(contains_eager(Booking.event).options(joinedload(Event.area), joinedload(Event.days)))
        .order_by(Event.starts_on.desc(), Booking.id)
    )
    rows = db.session.execute(query).unique().all()
    return [Booked(entry=entry(row[:-1]), reassessment=row[-1]) for row in rows[:MOST]]


def in_line(staff_id: int, since: date) -> list[InLine]:
    """Return the lines in which the person stands for events that end on the day or later, soonest event first."""
    before = aliased(Waiting)
    place = (
        select(func.count())
        .where(before.event_id == Waiting.event_id, before.ended_at.is_(None), before.id <= Waiting.id)
        .correlate(Waiting)
        .scalar_subquery()
    )
    query = (
        select(Waiting, place)
        .join(Waiting.event)
        .where(Waiting.staff_id == staff_id, Waiting.ended_at.is_(None), Event.ends_on >= since)
        .options(contains_eager(Waiting.event).joinedload(Event.area))
        .order_by(Event.starts_on, Waiting.id)
    )
    return [InLine(waiting=waiting, place=place) for waiting, place in db.session.execute(query)]


def taught(staff_id: int, since: date) -> Sequence[Event]:
    """Return the events that the person trains and that end on the day or later, soonest first."""
    query = (
        select(Event)
        .join(EventTrainer, EventTrainer.event_id == Event.id)
        .where(EventTrainer.staff_id == staff_id, Event.ends_on >= since, Event.cancelled_at.is_(None))
        .options(joinedload(Event.area))
        .order_by(Event.starts_on, Event.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def split(bookings: Sequence[Booked], today: date) -> tuple[list[Booked], list[Booked]]:
    """Return what is still to come, soonest first, and what is over or was cancelled."""
    coming = [one for one in bookings if one.entry.booking.cancelled_at is None and one.event.ends_on >= today]
    return coming[::-1], [one for one in bookings if one not in coming]
