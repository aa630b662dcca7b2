"""Reads for booking: people who could be booked, judged in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from selection.authorisation import gather
from selection.authorisation.find import named_like
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.models.training import Booking, Event, EventTrainer
from selection.rules.courses import EventSoFar, reasons_against_place
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.training import STEP_BEFORE, reasons_against_booking
from selection.training import facts
from selection.web.pages import PER_PAGE, Pages

COUNTED = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A staff member and every reason against booking them; none means that they can be booked."""

    staff: Staff
    reasons: tuple[Reason, ...]


def listed(
    event: Event, *, words: str, everybody: bool, page: int, today: date, by: Actor
) -> tuple[list[Judged], Pages]:
    """Return a page of people with whether they can be booked: found by words, all, or with the step before."""
    query = select(Staff).where(within(Staff.area_id, by.reach(Permission.TRAINING_RUN)), named_like(words))
    if not words and not everybody:
        query = query.where(_has_step(STEP_BEFORE[Stage(event.course.stage)]))
    total = db.session.scalars(select(func.count()).select_from(query.limit(COUNTED).subquery())).one()
    pages = Pages.at(page, total, capped=total == COUNTED)
    ordered = query.order_by(Staff.sort_name, Staff.id).offset(pages.before).limit(PER_PAGE)
    return _judge(event, ordered, today), pages


def _has_step(stage: Stage) -> ColumnElement[bool]:
    """Return the condition that the person has, or will have, a certificate of the stage."""
    return exists().where(
        Certificate.staff_id == Staff.id, Certificate.stage == stage, Certificate.valid_from <= Certificate.valid_to
    )


def chosen(event: Event, staff_ids: Iterable[int], *, today: date, by: Actor) -> list[Judged]:
    """Return these people with every reason against each; raises NotHere if one of them is out of reach."""
    wanted = set(staff_ids)
    reach = by.reach(Permission.TRAINING_RUN)
    query = select(Staff).where(Staff.id.in_(wanted), within(Staff.area_id, reach)).order_by(Staff.sort_name, Staff.id)
    judged = _judge(event, query, today)
    if len(judged) != len(wanted):
        raise NotHere
    return judged


def _judge(event: Event, people: Select[Staff], today: date) -> list[Judged]:
    booked = exists().where(Booking.event_id == event.id, Booking.staff_id == Staff.id, Booking.cancelled_at.is_(None))
    trains = exists().where(EventTrainer.event_id == event.id, EventTrainer.staff_id == Staff.id)
    rows = db.session.execute(people.add_columns(booked.label("booked"), trains.label("trains"))).all()
    place = EventSoFar(
        booked={row.Staff.id: row.Staff.name for row in rows if row.booked},
        trainers=frozenset(row.Staff.id for row in rows if row.trains),
    )
    known = gather.people(row.Staff.id for row in rows)
    course, span = facts.course_facts(event.terms), facts.span(event)
    months = facts.pass_months(known) if course.stage == Stage.FUNDAMENTAL else {}
    judged = []
    for row in rows:
        staff = row.Staff
        own = reasons_against_place(staff.id, staff.name, place)
        path = reasons_against_booking(known[staff.id], course, span, pass_months=months, today=today)
        judged.append(Judged(staff=staff, reasons=(*own, *path)))
    return judged


def of_event(event: Event) -> list[Booking]:
    """Return every booking of the event with its staff, cancelled ones too."""
    query = select(Booking).where(Booking.event_id == event.id).options(joinedload(Booking.staff))
    return list(db.session.scalars(query.order_by(Booking.id)))


def one(booking_id: int, *, by: Actor) -> Booking:
    """Return a booking on an event within reach, with its staff and event; others who would write wait."""
    query = (
        select(Booking)
        .join(Booking.event)
        .where(Booking.id == booking_id, within(Event.area_id, by.reach(Permission.TRAINING_RUN)))
        .options(joinedload(Booking.staff), joinedload(Booking.event))
        .with_for_update(of=Booking)
    )
    booking = db.session.scalars(query).one_or_none()
    if booking is None:
        raise NotHere
    return booking
