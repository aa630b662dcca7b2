"""Reads of events; an event out of reach is not found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.courses import Course
from selection.models.people import Area, Staff
from selection.models.training import Attendance, Booking, CourseResult, Event, PartAssessment, Waiting
from selection.rules.courses import EventSoFar
from selection.rules.programmes import Stage
from selection.rules.roles import Actor, Permission
from selection.training import facts, teaching
from selection.web.pages import PER_PAGE, Pages


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An event, and how many people are booked on it."""

    event: Event
    booked: int


def listed(*, past: bool, stage: Stage | None, page: int, today: date, by: Actor) -> tuple[list[Listed], Pages]:
    """Return a page of the events within reach: coming ones soonest first, or past ones latest first."""
    chosen = _within_reach(by, past=past, stage=stage, today=today)
    total = db.session.scalars(select(func.count()).select_from(chosen.subquery())).one()
    pages = Pages.at(page, total)
    order = (Event.ends_on.desc(), Event.id.desc()) if past else (Event.starts_on, Event.id)
    query = (
        chosen.add_columns(booked_count())
        .options(joinedload(Event.course).joinedload(Course.programme), joinedload(Event.area))
        .order_by(*order)
        .offset(pages.before)
        .limit(PER_PAGE)
    )
    rows = [Listed(event=event, booked=booked) for event, booked in db.session.execute(query)]
    return rows, pages


def _within_reach(by: Actor, *, past: bool, stage: Stage | None, today: date) -> Select[Event]:
    when = Event.ends_on < today if past else Event.ends_on >= today
    query = select(Event).where(within(Event.area_id, by.reach(Permission.TRAINING_READ)), when)
    return query.join(Course, Course.id == Event.course_id).where(Course.stage == stage) if stage else query


def booked_count() -> ScalarSelect[int]:
    """Return the sub-query of how many people are booked on an event of the query around it."""
    live = select(func.count()).where(Booking.event_id == Event.id, Booking.cancelled_at.is_(None))
    return live.correlate(Event).scalar_subquery()


def one(
    event_id: int,
    permission: Permission,
    *,
    by: Actor,
    writing: bool = False,
    days: bool = False,
    trainers: bool = False,
    taught: bool = False,
) -> Event:
    """Return an event within reach, or with `taught` one that the actor trains, with its course and area.

    Its days and trainers come with it where they are needed.

    For writing, others who would write about the event wait: places and results are counted before they are given.
    """
    query = (
        select(Event)
        .where(Event.id == event_id, teaching.reachable(permission, by=by) if taught else _within(permission, by))
        .options(*facts.WITH_TERMS, joinedload(Event.area))
        .options(*([selectinload(Event.days)] if days else []), *([selectinload(Event.trainers)] if trainers else []))
    )
    event = db.session.scalars(query.with_for_update(of=Event) if writing else query).one_or_none()
    if event is None:
        raise NotHere
    return event


def _within(permission: Permission, by: Actor) -> ColumnElement[bool]:
    return within(Event.area_id, by.reach(permission))


def to_book(event_id: int, *, by: Actor, writing: bool = False) -> Event:
    """Return an event within reach with all that booking is judged by; for writing, others who would write wait."""
    query = (
        select(Event)
        .where(Event.id == event_id, within(Event.area_id, by.reach(Permission.TRAINING_RUN)))
        .options(*facts.FOR_BOOKING)
    )
    event = db.session.scalars(query.with_for_update(of=Event) if writing else query).unique().one_or_none()
    if event is None:
        raise NotHere
    return event


@dataclass(frozen=True, kw_only=True, slots=True)
class Concerned:
    """Somebody who is booked on an event, with a day of the roll that was taken for them; or who waits for a place."""

    staff: Staff
    booked: bool
    roll: date | None


def concerned(event_id: int) -> list[Concerned]:
    """Return who is booked on the event, once for each day of their roll, and who waits for a place; one query."""
    live = and_(Booking.staff_id == Staff.id, Booking.event_id == event_id, Booking.cancelled_at.is_(None))
    waits = and_(Waiting.staff_id == Staff.id, Waiting.event_id == event_id, Waiting.ended_at.is_(None))
    query = (
        select(Staff, Booking.id.is_not(None), Attendance.day)
        .outerjoin(Booking, live)
        .outerjoin(Attendance, Attendance.booking_id == Booking.id)
        .where(or_(Booking.id.is_not(None), exists().where(waits).correlate(Staff)))
    )
    return [Concerned(staff=staff, booked=booked, roll=day) for staff, booked, day in db.session.execute(query)]


def so_far(event: Event, concerned: Iterable[Concerned]) -> EventSoFar:
    """Return what has become of an event that is there: its days, who is booked, and the days of its roll."""
    rows = list(concerned)
    return EventSoFar(
        days=tuple(day.day for day in event.days),
        places=event.places,
        booked={one.staff.id: one.staff.name for one in rows if one.booked},
        trainers=frozenset(trainer.id for trainer in event.trainers),
        cancelled=event.cancelled_at is not None,
        roll_taken=frozenset(one.roll for one in rows if one.roll is not None),
    )


def live_bookings(event_id: int) -> Sequence[Booking]:
    """Return the bookings of the event that are not cancelled, with their staff."""
    query = select(Booking).where(Booking.event_id == event_id, Booking.cancelled_at.is_(None))
    return db.session.scalars(query.options(joinedload(Booking.staff)).order_by(Booking.id)).all()


def results(event_id: int) -> int:
    """Return how many bookings of the event have a result, or a part of one."""
    has_result = or_(
        exists().where(CourseResult.booking_id == Booking.id), exists().where(PartAssessment.booking_id == Booking.id)
    )
    return db.session.scalars(select(func.count()).where(Booking.event_id == event_id, has_result)).one()


def areas(by: Actor) -> Sequence[Area]:
    """Return the areas in which the actor may open events, by name."""
    query = select(Area).where(within(Area.id, by.reach(Permission.TRAINING_RUN))).order_by(Area.name)
    return db.session.scalars(query).all()


def twin(event: Event) -> Event | None:
    """Return the event that is there already if this one is opened twice: the same in every respect, and not off."""
    same: list[ColumnElement[bool]] = [
        getattr(Event, key) == getattr(event, key)
        for key in ("course_id", "area_id", "title", "venue", "places", "starts_on", "ends_on")
    ]
    query = select(Event).where(*same, Event.cancelled_at.is_(None)).order_by(Event.id)
    there = db.session.scalars(query.options(selectinload(Event.days), selectinload(Event.trainers))).all()
    return next((one for one in there if _held(one) == _held(event)), None)


def _held(event: Event) -> tuple[object, ...]:
    days = [(day.day, day.begins, day.ends) for day in event.days]
    return days, {trainer.id for trainer in event.trainers}


def staff_named(lines: Sequence[str], *, by: Actor, also: Sequence[Staff] = ()) -> dict[str, list[Staff]]:
    """Return whom each line can mean: a staff number, alone or before a name, or a whole name; one query.

    Found are people within reach, and those in `also` wherever they are.
    """
    if not lines:
        return {}
    numbers = {form for line in lines for form in (line.split()[0], line.split()[0].upper())}
    names = {line.casefold() for line in lines}
    query = select(Staff).where(
        or_(Staff.number.in_(numbers), func.lower(Staff.name).in_(names), Staff.name.in_(lines)),
        or_(within(Staff.area_id, by.reach(Permission.TRAINING_RUN)), Staff.id.in_([one.id for one in also])),
    )
    found = db.session.scalars(query.order_by(Staff.id)).all()
    return {line: _meant(line, found) for line in lines}


def _meant(line: str, found: Sequence[Staff]) -> list[Staff]:
    by_number = [one for one in found if one.number.casefold() == line.split(maxsplit=1)[0].casefold()]
    return by_number or [one for one in found if one.name.casefold() == line.casefold()]
