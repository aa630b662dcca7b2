"""Who is booked on an event, with what has become of each booking: attendance, latest result, certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import aliased, contains_eager

from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.models.training import Attendance, Booking, CourseResult, Event, EventDay
from selection.rules.results import UNASSESSED, Issued, Parts, Recorded, Standing, standing
from selection.rules.training import CourseFacts, PartResult, Result, attended_enough
from selection.training import since


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A booking and what has become of it; days are counted over the days that the event has now."""

    booking: Booking
    latest: CourseResult | None
    certificate: Certificate | None
    present: int
    noted: int
    held: int

    @property
    def came_to(self) -> Standing:
        """What the booking came to so far."""
        issued = None
        if self.certificate is not None:
            on_latest = self.latest is not None and self.certificate.result_id == self.latest.id
            issued = Issued(on_latest=on_latest, withdrawn=self.certificate.withdrawn_on is not None)
        return standing(self.latest.passed if self.latest else None, issued)

    @property
    def roll_is_complete(self) -> bool:
        """True if the roll was taken for this person on each day of the event."""
        return self.noted == self.held

    @property
    def recorded(self) -> Recorded | None:
        """The latest result as the rules see it."""
        return None if self.latest is None else recorded(self.latest)

    def enough(self, course: CourseFacts) -> bool:
        """True if the attendance, as the roll stands, is what the course asks for."""
        return attended_enough(counted(UNASSESSED, self.present, self.held), course)


def recorded(result: CourseResult) -> Recorded:
    """Return a stored result as the rules see it."""
    return Recorded(
        parts=Parts(
            understanding=PartResult(result.understanding),
            competencies=PartResult(result.competencies),
            abilities=PartResult(result.abilities),
        ),
        attended_enough=result.attended_enough,
        passed=result.passed,
        recorded_on=result.recorded_on,
        reassess_by=result.reassess_by,
    )


def counted(parts: Parts, present: int, held: int) -> Result:
    """Return the three parts together with the days, as `selection.rules.training` judges them."""
    return Result(
        understanding=parts.understanding,
        competencies=parts.competencies,
        abilities=parts.abilities,
        days_present=present,
        days_held=held,
    )


def entries(event_id: int) -> list[Entry]:
    """Return every booking of the event, cancelled ones too, by name; one query."""
    query = with_what_became().where(Booking.event_id == event_id).order_by(Staff.sort_name, Booking.id)
    return [entry(row) for row in db.session.execute(query)]


def entries_now(event: Event) -> tuple[list[Entry], dict[int, tuple[str, ...]]]:
    """Return the same, and by booking why they could not be booked any more; one query."""
    query = with_what_became().add_columns(*since.columns(event)).where(Booking.event_id == event.id)
    rows = db.session.execute(query.order_by(Staff.sort_name, Booking.id)).all()
    return [entry(row[:6]) for row in rows], {row[0].id: since.in_words(*row[6:]) for row in rows}


def entry(row: Sequence[Any]) -> Entry:
    """Return what a row of `with_what_became` says."""
    booking, latest, certificate, present, noted, held = row
    return Entry(booking=booking, latest=latest, certificate=certificate, present=present, noted=noted, held=held)


def with_what_became() -> Select[Booking, CourseResult | None, Certificate | None, int, int, int]:
    """Return the query of bookings with their staff, latest result, newest certificate and counted days."""
    newest = aliased(CourseResult)
    latest_id = select(func.max(newest.id)).where(newest.booking_id == Booking.id).correlate(Booking).scalar_subquery()
    earned_on = aliased(CourseResult)
    certificate_id = (
        select(func.max(Certificate.id))
        .join(earned_on, earned_on.id == Certificate.result_id)
        .where(earned_on.booking_id == Booking.id)
        .correlate(Booking)
        .scalar_subquery()
    )
    return (
        select(Booking, CourseResult, Certificate, _days(only_present=True), _days(), _held())
        .join(Staff, Staff.id == Booking.staff_id)
        .outerjoin(CourseResult, CourseResult.id == latest_id)
        .outerjoin(Certificate, Certificate.id == certificate_id)
        .options(contains_eager(Booking.staff))
    )


def _days(*, only_present: bool = False) -> ScalarSelect[int]:
    of_the_event = and_(EventDay.event_id == Booking.event_id, EventDay.day == Attendance.day)
    query = select(func.count()).select_from(Attendance).join(EventDay, of_the_event)
    query = query.where(Attendance.booking_id == Booking.id)
    if only_present:
        query = query.where(Attendance.present)
    return query.correlate(Booking).scalar_subquery()


def _held() -> ScalarSelect[int]:
    query = select(func.count()).select_from(EventDay).where(EventDay.event_id == Booking.event_id)
    return query.correlate(Booking).scalar_subquery()
