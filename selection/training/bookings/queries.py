"""Reads for booking: people who could be booked, judged in bulk, and the bookings that are there."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, exists, false, func, select
from sqlalchemy.orm import contains_eager, joinedload

from selection.authorisation.find import named_like
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.courses import Course
from selection.models.people import Staff
from selection.models.training import Booking, Event
from selection.rules.booking import STEP_BEFORE
from selection.rules.programmes import Stage
from selection.rules.roles import Actor, Permission
from selection.rules.training import CourseKind
from selection.training import facts
from selection.training.judging import Hearing, judge
from selection.web.pages import PER_PAGE, Pages

COUNTED = 10_000


def listed(event: Event, *, words: str, everybody: bool, page: int, today: date, by: Actor) -> tuple[Hearing, Pages]:
    """Return a page of people with whether they can be booked: found by words, all, or whom the course is for."""
    query = select(Staff).where(within(Staff.area_id, by.reach(Permission.TRAINING_RUN)), named_like(words))
    if not words and not everybody:
        query = query.where(_has_step(event.course), ~_holds_it(event))
    total = db.session.scalars(select(func.count()).select_from(query.limit(COUNTED).subquery())).one()
    pages = Pages.at(page, total, capped=total == COUNTED)
    ordered = query.order_by(Staff.sort_name, Staff.id).offset(pages.before).limit(PER_PAGE)
    return judge(event, ordered, today=today), pages


def _has_step(course: Course) -> ColumnElement[bool]:
    """Return the condition that the person has, had or will have the certificate that the course builds on."""
    held = [Certificate.staff_id == Staff.id, Certificate.valid_from <= Certificate.valid_to]
    match course.kind:
        case CourseKind.TRAINING:
            held.append(Certificate.stage == STEP_BEFORE[Stage(course.stage)])
        case CourseKind.REFRESHER:
            same = Certificate.programme_id.is_not_distinct_from(course.programme_id)
            held += [Certificate.stage == course.stage, same]
        case CourseKind.CONVERSION:
            held += [Certificate.stage == course.stage, Certificate.programme_id == course.from_programme_id]
    return exists().where(*held)


def _holds_it(event: Event) -> ColumnElement[bool]:
    """Return the condition that the person has a certificate of the step already on the event's first day.

    Somebody who has one can be booked, by name; a refresher is for those who have.
    """
    course = event.course
    if course.kind == CourseKind.REFRESHER:
        return false()
    return exists().where(
        Certificate.staff_id == Staff.id,
        Certificate.stage == course.stage,
        Certificate.programme_id.is_not_distinct_from(course.programme_id),
        Certificate.valid_from <= event.starts_on,
        Certificate.valid_to >= event.starts_on,
    )


def chosen(event: Event, staff_ids: Iterable[int], *, today: date, by: Actor) -> Hearing:
    """Return these people with every reason against each; raises NotHere if one of them is out of reach."""
    wanted = set(staff_ids)
    reach = by.reach(Permission.TRAINING_RUN)
    query = select(Staff).where(Staff.id.in_(wanted), within(Staff.area_id, reach)).order_by(Staff.sort_name, Staff.id)
    hearing = judge(event, query, today=today)
    if len(hearing.people) != len(wanted):
        raise NotHere
    return hearing


def one(booking_id: int, *, by: Actor) -> Booking:
    """Return a booking on an event within reach; others who would write about the event or the booking wait."""
    return _locked(booking_id, within(Event.area_id, by.reach(Permission.TRAINING_RUN)))


def own(booking_id: int, *, by: Actor) -> Booking:
    """Return a booking of the actor's own; others who would write about the event or the booking wait."""
    return _locked(booking_id, Booking.staff_id == by.staff_id)


def _locked(booking_id: int, whose: ColumnElement[bool]) -> Booking:
    """The event is locked first, as whoever books does, so that two cannot wait for each other."""
    query = (
        select(Booking)
        .join(Booking.event)
        .where(Booking.id == booking_id, whose)
        .options(joinedload(Booking.staff), contains_eager(Booking.event).options(*facts.FOR_BOOKING))
        .with_for_update(of=(Event, Booking))
    )
    booking = db.session.scalars(query).unique().one_or_none()
    if booking is None:
        raise NotHere
    return booking
