"""Reads of the forecast: who may act and until when, who is booked, who could be, and which groups need them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Authorisation, Certificate
from selection.models.groups import Group
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.models.training import Booking, Course, Event
from selection.rules.eligibility import SUPERVISING, ActingRole
from selection.rules.forecast import Acting, Expected, Month, forecast, months_from
from selection.rules.programmes import Stage
from selection.rules.roles import Reach
from selection.rules.supervision import GroupState
from selection.rules.validity import Span, day_after


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """Both forecasts of a programme, and how many people could be booked on its training and are not."""

    facilitators: tuple[Month, ...]
    supervisors: tuple[Month, ...]
    expected: tuple[Expected, ...]
    could_book: int


def programmes() -> dict[int, Programme]:
    """Return the programmes with their editions by id, in the order of the codes."""
    query = select(Programme).order_by(Programme.code).options(joinedload(Programme.editions))
    return {row.id: row for row in db.session.scalars(query).unique()}


def look(programme: Programme, area_id: int | None, reach: Reach, *, today: date) -> Looked:
    """Return the forecast of a programme in one area, or in all within reach."""
    here = within(Staff.area_id, reach) & (Staff.area_id == area_id if area_id else Staff.id.is_not(None))
    acting = _acting(programme.id, here, today)
    booked, could_book = _on_the_way(programme.id, here, today)
    groups = _groups(programme.id, area_id, reach, today)
    months = months_from(today)
    return Looked(
        facilitators=forecast(
            months,
            acting=acting[False],
            expected=booked,
            groups=groups,
            heads_a_group=Fraction(programme.newest.team_size, programme.newest.groups_at_once),
        ),
        supervisors=forecast(
            months,
            acting=acting[True],
            expected=(),
            groups=groups,
            heads_a_group=Fraction(1, programme.newest.supervisor_groups),
        ),
        expected=tuple(booked),
        could_book=could_book,
    )


def _acting(programme_id: int, here: ColumnElement[bool], today: date) -> dict[bool, list[Acting]]:
    """Return who may act from today on, by whether it is to supervise; nobody beyond the day on which they leave."""
    row = Authorisation
    query = (
        select(row.staff_id, Staff.name, row.role, row.valid_from, row.valid_to, Staff.left_on)
        .join(Staff, Staff.id == row.staff_id)
        .where(row.programme_id == programme_id, row.valid_to >= today, row.valid_from <= row.valid_to, here)
        .order_by(Staff.sort_name, Staff.id)
    )
    days: defaultdict[tuple[bool, int, str], list[Span]] = defaultdict(list)
    leaving = set()
    for staff_id, name, role, first, last, left_on in db.session.execute(query):
        span = Span(first=first, last=min(last, left_on or last))
        if span.last == left_on:
            leaving.add(staff_id)
        if not span.is_empty:
            days[ActingRole(role) in SUPERVISING, staff_id, name].append(span)
    found: dict[bool, list[Acting]] = {False: [], True: []}
    for (supervises, staff_id, name), spans in days.items():
        found[supervises].append(Acting(staff_id=staff_id, name=name, days=tuple(spans), leaves=staff_id in leaving))
    return found


def _on_the_way(programme_id: int, here: ColumnElement[bool], today: date) -> tuple[list[Expected], int]:
    """Return who is booked on the programme's training, and how many have all before it and are not booked."""
    coming = (
        select(Booking.staff_id, func.min(Event.ends_on).label("ends_on"), func.min(Event.title).label("title"))
        .join(Event, Event.id == Booking.event_id)
        .join(Course, Course.id == Event.course_id)
        .where(Booking.cancelled_at.is_(None), Event.ends_on >= today, _teaches(programme_id))
        .group_by(Booking.staff_id)
        .subquery()
    )
    ready = [_certified(stage, today) for stage in (Stage.SELECTION, Stage.FUNDAMENTAL)]
    query = (
        select(Staff.id, Staff.name, coming.c.ends_on, coming.c.title)
        .outerjoin(coming, coming.c.staff_id == Staff.id)
        .where(here, or_(Staff.left_on.is_(None), Staff.left_on > today), *ready, ~_trained(programme_id, today))
        .order_by(coming.c.ends_on, Staff.sort_name)
    )
    rows = db.session.execute(query).all()
    booked = [
        Expected(staff_id=staff_id, name=name, first=day_after(ends_on), event=title)
        for staff_id, name, ends_on, title in rows
        if ends_on is not None
    ]
    return booked, len(rows) - len(booked)


def _teaches(programme_id: int) -> ColumnElement[bool]:
    return and_(Course.stage == Stage.PROGRAMME, Course.programme_id == programme_id)


def _certified(stage: Stage, today: date) -> ColumnElement[bool]:
    row = Certificate
    return exists().where(row.staff_id == Staff.id, row.stage == stage, row.valid_from <= today, row.valid_to >= today)


def _trained(programme_id: int, today: date) -> ColumnElement[bool]:
    row = Certificate
    return exists().where(row.staff_id == Staff.id, row.programme_id == programme_id, row.valid_to >= today)


def _groups(programme_id: int, area_id: int | None, reach: Reach, today: date) -> list[Span]:
    row = Group
    query = select(row.starts_on, row.ends_on).where(
        row.programme_id == programme_id,
        row.state != GroupState.CLOSED,
        row.ends_on >= today,
        within(row.area_id, reach),
        *([row.area_id == area_id] if area_id else []),
    )
    return [Span(first=first, last=last) for first, last in db.session.execute(query)]
