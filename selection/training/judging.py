"""Whether people can be booked on an event, judged in bulk: the same for booking, waiting and a change of days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, select

from selection.authorisation import gather
from selection.core.db import db
from selection.models.courses import CourseVersion
from selection.models.people import Staff
from selection.models.training import Booking, Event, EventTrainer, Waiting
from selection.rules.booking import reasons_against_booking
from selection.rules.commitments import reasons_against_clash
from selection.rules.courses import EventSoFar, reasons_against_place
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.training import facts, known


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A staff member and every reason against booking them (none: they can be), and their booking and wait so far."""

    staff: Staff
    reasons: tuple[Reason, ...]
    booking: Booking | None = None
    waits: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearing:
    """The people who were judged for an event, and how many have a place on it now."""

    people: list[Judged]
    booked: int


def judge(event: Event, people: Select[Staff], *, today: date) -> Hearing:
    """Return the people of the query, each with every reason against a booking; the event's days must be loaded."""
    trains = exists().where(EventTrainer.event_id == event.id, EventTrainer.staff_id == Staff.id)
    waits = exists().where(Waiting.event_id == event.id, Waiting.staff_id == Staff.id, Waiting.ended_at.is_(None))
    live = select(func.count()).where(Booking.event_id == event.id, Booking.cancelled_at.is_(None))
    query = people.outerjoin(Booking, and_(Booking.event_id == event.id, Booking.staff_id == Staff.id)).add_columns(
        Booking, trains.label("trains"), waits.label("waits"), live.scalar_subquery().label("taken")
    )
    rows = db.session.execute(query).all()
    days = [day.day for day in event.days]
    against = reasons_by_person(event.terms, days, [row.Staff.id for row in rows], event_id=event.id, today=today)
    place = EventSoFar(
        booked={row.Staff.id: row.Staff.name for row in rows if row.Booking and row.Booking.cancelled_at is None},
        trainers=frozenset(row.Staff.id for row in rows if row.trains),
        cancelled=event.cancelled_at is not None,
    )
    return Hearing(
        people=[_judged(row, place, against[row.Staff.id]) for row in rows], booked=rows[0].taken if rows else 0
    )


def _judged(row: Any, place: EventSoFar, against: tuple[Reason, ...]) -> Judged:
    own = reasons_against_place(row.Staff.id, row.Staff.name, place)
    return Judged(staff=row.Staff, reasons=(*own, *against), booking=row.Booking, waits=row.waits)


def reasons_by_person(
    terms: CourseVersion, days: Sequence[date], staff_ids: Collection[int], *, event_id: int | None, today: date
) -> Mapping[int, tuple[Reason, ...]]:
    """Return, by staff id, why each cannot take a course of these terms on these days: the path, and other duties."""
    people = gather.people(staff_ids)
    course, span = facts.course_facts(terms, terms.prerequisites), Span(first=days[0], last=days[-1])
    about = known.of(
        people,
        days,
        but_event=event_id,
        passes=course.stage == Stage.FUNDAMENTAL,
        courses=[one.course_id for one in course.prerequisites],
    )
    return {
        staff_id: (
            *reasons_against_booking(
                person,
                course,
                span,
                pass_months=about[staff_id].pass_months,
                passed=about[staff_id].passed,
                today=today,
            ),
            *reasons_against_clash(person.name, days, about[staff_id].duties),
        )
        for staff_id, person in people.items()
    }
