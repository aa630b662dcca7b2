"""What training leads and staff members have waiting in training."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from selection.authorisation.appeals.queries import to_hear as appeals_to_hear
from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Area
from selection.models.training import Attendance, Booking, CourseResult, Event, EventDay
from selection.rules.calendar import add_months
from selection.rules.roles import Actor, Permission
from selection.rules.words import day_in_words
from selection.training.imports.queries import open_for as files_open_for
from selection.training.requests.queries import open_for as requests_open_for
from selection.web.waiting import Waiting

MONTHS_BACK = 12
"""Events that ended longer ago no longer call for anybody on the first page; they stay in the list of past events."""

MOST = 20


def waiting_for(by: Actor, today: date) -> tuple[Waiting, ...]:
    """Return what waits in training: events to finish, what is to decide or to hear, and one's own coming events."""
    return (*_to_finish(by, today), *_to_recognise(by), *_to_hear(by), *_to_attend(by, today))


def _to_recognise(by: Actor) -> list[Waiting]:
    if not by.may(Permission.TRAINING_CERTIFY):
        return []
    requests, files = db.session.execute(select(requests_open_for(by), files_open_for(by))).one()
    waiting = []
    if requests:
        detail = "1 request to decide." if requests == 1 else f"{requests} requests to decide."
        waiting.append(Waiting(title="Recognition", detail=detail, url=url_for("training.recognition_requests")))
    if files:
        detail = "1 file to decide on." if files == 1 else f"{files} files to decide on."
        waiting.append(Waiting(title="Earlier training", detail=detail, url=url_for("training.imports")))
    return waiting


def _to_hear(by: Actor) -> list[Waiting]:
    if not by.may(Permission.AUTHORISATIONS_WITHDRAW) or by.staff_id is None:
        return []
    return [
        Waiting(
            title=f"Appeal of {name}",
            detail=f"Against a deselection, lodged on {day_in_words(lodged_on)}. Somebody hears it.",
            url=url_for("authorisations.hear", stop_id=stop_id),
        )
        for stop_id, name, lodged_on in appeals_to_hear(by)
    ]


@dataclass
class Left:
    """What is left to do of one event, for how many people."""

    title: str
    ended_on: date
    roll: int = 0
    result: int = 0
    again: int = 0
    late: int = 0
    certificate: int = 0
    withdrawal: int = 0

    def in_words(self) -> str:
        """Return it as a sentence."""
        tasks = (
            ("roll to complete", self.roll),
            ("result to record", self.result),
            ("part to assess again", self.again),
            ("open result to end, its time being over,", self.late),
            ("certificate to issue", self.certificate),
            ("certificate to withdraw, as the result is no longer a pass,", self.withdrawal),
        )
        parts = [f"{task} for {'1 person' if number == 1 else f'{number} people'}" for task, number in tasks if number]
        text = ", ".join(parts)
        return f"{text[:1].upper()}{text[1:]}."


def _to_finish(by: Actor, today: date) -> list[Waiting]:
    if not by.may(Permission.TRAINING_RUN):
        return []
    left: dict[int, Left] = {}
    for row in db.session.execute(_unfinished(by, today)):
        one = left.setdefault(row.id, Left(title=row.title, ended_on=row.ends_on))
        if row.passed:
            one.certificate += 1
        elif row.certified:
            one.withdrawal += 1
        elif row.has_result:
            one.again += not row.late
            one.late += row.late
        else:
            one.result += 1
            one.roll += row.roll_missing
    waiting = [
        Waiting(title=one.title, detail=one.in_words(), url=url_for("training.event", event_id=key), due=one.ended_on)
        for key, one in left.items()
    ]
    return waiting[:MOST]


def _unfinished(by: Actor, today: date) -> Select[int, str, date, bool, bool, bool, bool, bool]:
    """Return the query of bookings that are not finished: without a result, with one that is open, or to certify.

    A certificate that rests on a result which is no longer a pass is to be withdrawn, whatever else became of it.

    Whether the roll is missing matters where there is no result: nothing is recorded before it is complete.
    """
    newest = aliased(CourseResult)
    latest = select(func.max(newest.id)).where(newest.booking_id == Booking.id).correlate(Booking).scalar_subquery()
    has_result, is_passed = CourseResult.id.is_not(None), func.coalesce(CourseResult.passed, false())
    return (
        select(
            Event.id,
            Event.title,
            Event.ends_on,
            has_result.label("has_result"),
            is_passed.label("passed"),
            _certified(live=True).label("certified"),
            func.coalesce(CourseResult.reassess_by < today, false()).label("late"),
            and_(~has_result, _roll_missing()).label("roll_missing"),
        )
        .join(Booking, Booking.event_id == Event.id)
        .outerjoin(CourseResult, CourseResult.id == latest)
        .where(
            within(Event.area_id, by.reach(Permission.TRAINING_RUN)),
            Event.ends_on < today,
            Event.ends_on >= add_months(today, -MONTHS_BACK),
            Booking.cancelled_at.is_(None),
            or_(
                and_(is_passed, ~_certified()),
                and_(~is_passed, or_(CourseResult.ended_as.is_(None), _certified(live=True))),
            ),
        )
        .order_by(Event.ends_on, Event.id)
    )


def _roll_missing() -> ColumnElement[bool]:
    taken = exists().where(Attendance.booking_id == Booking.id, Attendance.day == EventDay.day)
    return exists().where(EventDay.event_id == Booking.event_id, ~taken.correlate(Booking, EventDay)).correlate(Booking)


def _certified(*, live: bool = False) -> ColumnElement[bool]:
    """Return the condition that a result of the booking earned a certificate, `live` one that was not withdrawn."""
    earned_on = aliased(CourseResult)
    earned = exists().where(Certificate.result_id == earned_on.id, earned_on.booking_id == Booking.id)
    return (earned.where(Certificate.withdrawn_on.is_(None)) if live else earned).correlate(Booking)


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
            url=url_for("training.mine"),
            due=row.starts_on,
        )
        for row in db.session.execute(query)
    ]
