"""Reads of the forecast: who may act and until when, who is booked, who could be, and which groups need them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from flask import current_app
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import joinedload

from selection.authorisation import gather
from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Authorisation, Certificate
from selection.models.courses import Course, CourseVersion
from selection.models.groups import Group
from selection.models.people import Staff
from selection.models.practice import Practice
from selection.models.programmes import Programme
from selection.models.training import Booking, CourseResult, Event
from selection.rules.eligibility import SUPERVISING, ActingRole, Person
from selection.rules.forecast import Acting, Booked, Expected, Month, forecast, hoped_for, months_from
from selection.rules.programmes import Stage
from selection.rules.roles import Reach
from selection.rules.supervision import GroupState
from selection.rules.validity import Span, joined

GROUP = "group"

AT_ONCE = 1_000
"""People whose facts are gathered at one time."""


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
    acting, groups = _acting_and_groups(programme.id, here, area_id, reach, today)
    booked, could_book = _on_the_way(programme.id, here, today)
    known = _known(list(booked))
    expected = {
        supervises: tuple(_expected(programme.id, roles, booked, known, today))
        for supervises, roles in ((False, (ActingRole.FACILITATOR,)), (True, sorted(SUPERVISING)))
    }
    months, newest = months_from(today), programme.newest
    needs = {False: Fraction(newest.team_size, newest.groups_at_once), True: Fraction(1, newest.supervisor_groups)}
    facilitators, supervisors = (
        forecast(months, acting=acting[who], expected=expected[who], groups=groups, heads_a_group=needs[who])
        for who in (False, True)
    )
    return Looked(facilitators=facilitators, supervisors=supervisors, expected=expected[False], could_book=could_book)


def _known(staff_ids: Sequence[int]) -> dict[int, Person]:
    some = (staff_ids[start : start + AT_ONCE] for start in range(0, len(staff_ids), AT_ONCE))
    return {staff_id: person for each in some for staff_id, person in gather.people(each).items()}


def _acting_and_groups(
    programme_id: int, here: ColumnElement[bool], area_id: int | None, reach: Reach, today: date
) -> tuple[dict[bool, list[Acting]], list[Span]]:
    """Return who may act from today on, by whether it is to supervise, and the days of the groups; in one query.

    Nobody counts beyond the day on which they leave.
    """
    days: defaultdict[tuple[bool, int, str, bool], list[Span]] = defaultdict(list)
    leaving, groups = set(), []
    both = union_all(_rights(programme_id, here, today), _groups(programme_id, area_id, reach, today))
    for staff_id, name, role, first, last, left_on, lapsed, _ in db.session.execute(both.order_by("by_name")):
        if role == GROUP:
            groups.append(Span(first=first, last=last))
            continue
        supervises = ActingRole(role) in SUPERVISING
        span = Span(first=first, last=min(last, left_on or last))
        if span.last == left_on:
            leaving.add(staff_id)
        if not span.is_empty:
            days[supervises, staff_id, name, bool(lapsed) and not supervises].append(span)
    found: dict[bool, list[Acting]] = {False: [], True: []}
    for (supervises, staff_id, name, lapsed), spans in days.items():
        one = Acting(staff_id=staff_id, name=name, days=tuple(spans), leaves=staff_id in leaving, lapsed=lapsed)
        found[supervises].append(one)
    return found, groups


def _rights(programme_id: int, here: ColumnElement[bool], today: date) -> Select[*tuple[Any, ...]]:
    row, mine = Authorisation, (Practice.staff_id == Staff.id, Practice.programme_id == programme_id)
    keeps_up = exists().where(*mine, Practice.begins_on <= today, Practice.lapses_on >= today)
    lapsed = and_(exists().where(*mine), ~keeps_up)
    right = (row.role, row.valid_from, row.valid_to)
    return (
        select(row.staff_id, Staff.name, *right, Staff.left_on, lapsed, Staff.sort_name.label("by_name"))
        .join(Staff, Staff.id == row.staff_id)
        .where(row.programme_id == programme_id, row.valid_to >= today, row.valid_from <= row.valid_to, here)
    )


def _groups(programme_id: int, area_id: int | None, reach: Reach, today: date) -> Select[*tuple[Any, ...]]:
    row, nobody, no_day, no_name = Group, cast(null(), Integer), cast(null(), Date), literal("", String)
    return select(
        *(nobody, no_name, literal(GROUP), row.starts_on, row.ends_on, no_day, literal(False, Boolean), no_name)
    ).where(
        row.programme_id == programme_id,
        row.state != GroupState.CLOSED,
        row.ends_on >= today,
        within(row.area_id, reach),
        *([row.area_id == area_id] if area_id else []),
    )


Bookings = Mapping[int, list[Row[*tuple[Any, ...]]]]
"""By staff id, the bookings that are to come, the first to end first."""


def _on_the_way(programme_id: int, here: ColumnElement[bool], today: date) -> tuple[Bookings, int]:
    """Return who is booked on what leads to acting, and how many have all before it and are not booked; one query."""
    ready = [_certified(stage, today) for stage in (Stage.SELECTION, Stage.FUNDAMENTAL)]
    of_programme = Course.programme_id == programme_id
    could = (
        select(func.count().label("number"))
        .select_from(Staff)
        .where(here, or_(Staff.left_on.is_(None), Staff.left_on > today), *ready, ~_trained(programme_id, today))
        .where(~_coming(programme_id, today).where(Booking.staff_id == Staff.id, of_programme).exists())
        .subquery()
    )
    coming = (
        _coming(programme_id, today)
        .add_columns(Course.stage, Course.programme_id, Event.ends_on, CourseVersion.valid_months, Event.title)
        .join(Staff, Staff.id == Booking.staff_id)
        .where(here)
        .subquery()
    )
    query = select(could.c.number, coming).select_from(could).outerjoin(coming, true()).order_by(coming.c.ends_on)
    booked: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    number = 0
    for row in db.session.execute(query):
        number = row.number
        if row.staff_id is not None:
            booked[row.staff_id].append(row)
    return booked, number


def _coming(programme_id: int, today: date) -> Select[int]:
    """Return the query of bookings to come, without a result, on what leads to acting on the programme."""
    leads_there = or_(Course.stage == Stage.FUNDAMENTAL, Course.programme_id == programme_id)
    done = exists().where(CourseResult.booking_id == Booking.id).correlate(Booking)
    return (
        select(Booking.staff_id)
        .join(Event, Event.id == Booking.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(CourseVersion, CourseVersion.id == Event.course_version_id)
        .where(Booking.cancelled_at.is_(None), Event.ends_on >= today, leads_there, ~done)
    )


def _expected(
    programme_id: int, roles: Iterable[ActingRole], booked: Bookings, known: Mapping[int, Person], today: date
) -> list[Expected]:
    """Return who could act besides, in one of the roles, if they pass what they are booked on, soonest first."""
    found, months = [], current_app.config["RENEWAL_MONTHS"]
    for staff_id, rows in booked.items():
        person = known[staff_id]
        passes = [
            Booked(
                stage=Stage(row.stage),
                programme_id=row.programme_id,
                ends_on=row.ends_on,
                valid_months=row.valid_months,
            )
            for row in rows
        ]
        days = joined(
            span
            for role in roles
            for span in hoped_for(person, role, programme_id, passes, today=today, renewal_months=months)
        )
        if days:
            found.append(Expected(staff_id=staff_id, name=person.name, days=days, event=rows[-1].title))
    return sorted(found, key=lambda one: (one.first, one.name))


def _certified(stage: Stage, today: date) -> ColumnElement[bool]:
    row = Certificate
    return exists().where(row.staff_id == Staff.id, row.stage == stage, row.valid_from <= today, row.valid_to >= today)


def _trained(programme_id: int, today: date) -> ColumnElement[bool]:
    row = Certificate
    return exists().where(row.staff_id == Staff.id, row.programme_id == programme_id, row.valid_to >= today)
