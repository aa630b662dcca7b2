"""Reads of the roll."""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from selection.core.db import db
from selection.models.people import Staff
from selection.models.training import Booking, Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A booked person's line of the roll: present or not, by day, for the days that were taken."""

    booking: Booking
    present: dict[date, bool]

    def changes(self, taken: Iterable[date], there: Container[tuple[int, date]]) -> dict[date, bool]:
        """Return what the line would become, for the days taken on which it is something else now."""
        wanted = {day: (self.booking.id, day) in there for day in taken}
        return {day: is_there for day, is_there in wanted.items() if self.present.get(day) is not is_there}


@dataclass(frozen=True, kw_only=True, slots=True)
class Roll:
    """The roll of an event: its days until today, and a line for each person who is booked."""

    event: Event
    days: tuple[date, ...]
    coming: tuple[date, ...]
    lines: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """A word that changes when the roll does, so that nobody writes over what they have not seen."""
        stored = [(line.booking.id, sorted(line.present.items())) for line in self.lines]
        return hashlib.sha256(repr(stored).encode()).hexdigest()[:16]

    def says(self, taken: Iterable[date], there: Iterable[tuple[int, date]]) -> bool:
        """True if the roll of the days taken is just that already."""
        days, present = list(taken), set(there)
        return not any(line.changes(days, present) for line in self.lines)

    def is_taken(self, day: date) -> bool:
        """True if the roll of the day was taken for somebody."""
        return any(day in line.present for line in self.lines)


def roll(event: Event, *, today: date) -> Roll:
    """Return the roll of an event whose days are loaded."""
    query = (
        select(Booking)
        .join(Booking.staff)
        .where(Booking.event_id == event.id, Booking.cancelled_at.is_(None))
        .options(contains_eager(Booking.staff), selectinload(Booking.attendance))
        .order_by(Staff.sort_name, Booking.id)
    )
    days = tuple(day.day for day in event.days)
    return Roll(
        event=event,
        days=tuple(day for day in days if day <= today),
        coming=tuple(day for day in days if day > today),
        lines=tuple(
            Line(booking=booking, present={row.day: row.present for row in booking.attendance if row.day in days})
            for booking in db.session.scalars(query)
        ),
    )


def in_words(present: Mapping[date, bool]) -> str:
    """Return a person's days in words."""
    return ", ".join(f"{day.isoformat()} {'present' if there else 'absent'}" for day, there in sorted(present.items()))
