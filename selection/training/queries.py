"""What training leads and staff members have waiting in training."""

from datetime import date

from flask import url_for
from sqlalchemy import ScalarSelect, and_, exists, func, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Area
from selection.models.training import Attendance, Booking, CourseResult, Event, EventDay
from selection.rules.calendar import add_months
from selection.rules.roles import Actor, Permission
from selection.rules.words import day_in_words
from selection.web.waiting import Waiting

MONTHS_BACK = 12
"""Events that ended longer ago no longer call for anybody on the first page; they stay in the list of past events."""

MOST = 20


def waiting_for(by: Actor, today: date) -> tuple[Waiting, ...]:
    """Return what waits in training: events that are over and not finished, and the person's own coming events."""
    return (*_to_finish(by, today), *_to_attend(by, today))


def _to_finish(by: Actor, today: date) -> list[Waiting]:
    if not by.may(Permission.TRAINING_RUN):
        return []
    roll, results, certificates = _without_roll(), _without_result(), _without_certificate()
    columns = (roll.label("roll"), results.label("results"), certificates.label("certificates"))
    query = (
        select(Event.id, Event.title, Event.ends_on, *columns)
        .where(
            within(Event.area_id, by.reach(Permission.TRAINING_RUN)),
            Event.ends_on < today,
            Event.ends_on >= add_months(today, -MONTHS_BACK),
        )
        .order_by(Event.ends_on, Event.id)
    )
    rows = [row for row in db.session.execute(query) if row.roll or row.results or row.certificates]
    return [
        Waiting(
            title=row.title,
            detail=_left_to_do(row.roll, row.results, row.certificates),
            url=url_for("training.event", event_id=row.id),
            due=row.ends_on,
        )
        for row in rows[:MOST]
    ]


def _left_to_do(roll: int, results: int, certificates: int) -> str:
    parts = []
    if roll:
        parts.append(f"roll to complete for {_people(roll)}")
    if results:
        parts.append(f"result to record for {_people(results)}")
    if certificates:
        parts.append(f"certificate to issue for {_people(certificates)}")
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


_LIVE = and_(Booking.event_id == Event.id, Booking.cancelled_at.is_(None))


def _without_roll() -> ScalarSelect[int]:
    taken = (
        exists().where(Attendance.booking_id == Booking.id, Attendance.day == EventDay.day).correlate(Booking, EventDay)
    )
    missing = exists().where(EventDay.event_id == Booking.event_id, ~taken).correlate(Booking)
    return select(func.count()).select_from(Booking).where(_LIVE, missing).correlate(Event).scalar_subquery()


def _without_result() -> ScalarSelect[int]:
    has_one = exists().where(CourseResult.booking_id == Booking.id).correlate(Booking)
    return select(func.count()).select_from(Booking).where(_LIVE, ~has_one).correlate(Event).scalar_subquery()


def _without_certificate() -> ScalarSelect[int]:
    """Count those whose latest result is passed and who have no certificate, on any result, for this booking."""
    latest, earned_on = aliased(CourseResult), aliased(CourseResult)
    newest = select(func.max(latest.id)).where(latest.booking_id == Booking.id).correlate(Booking).scalar_subquery()
    certified = (
        exists().where(Certificate.result_id == earned_on.id, earned_on.booking_id == Booking.id).correlate(Booking)
    )
    passed = exists().where(CourseResult.id == newest, CourseResult.passed).correlate(Booking)
    return select(func.count()).select_from(Booking).where(_LIVE, passed, ~certified).correlate(Event).scalar_subquery()


def _to_attend(by: Actor, today: date) -> list[Waiting]:
    if by.staff_id is None:
        return []
    query = (
        select(Event.title, Event.venue, Event.starts_on, Event.ends_on, Area.name)
        .join(Booking, Booking.event_id == Event.id)
        .join(Area, Area.id == Event.area_id)
        .where(Booking.staff_id == by.staff_id, Booking.cancelled_at.is_(None), Event.ends_on >= today)
        .order_by(Event.starts_on, Event.id)
        .limit(MOST)
    )
    return [
        Waiting(
            title=f"You are booked on {row.title}",
            detail=f"{row.venue}, {row.name}: {day_in_words(row.starts_on)} to {day_in_words(row.ends_on)}.",
            url=url_for("people.own"),
            due=row.starts_on,
        )
        for row in db.session.execute(query)
    ]
