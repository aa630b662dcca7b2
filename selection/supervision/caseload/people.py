"""A facilitator's supervision on one page: what was recorded, wellbeing by date, hours delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.delivery import SessionRecord
from selection.models.delivery import standing as recorded
from selection.models.groups import Assignment
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Place
from selection.models.supervision import RecordSubject, SupervisorRecord, WellbeingContact
from selection.rules.roles import Actor, Permission
from selection.rules.sessions import SessionState
from selection.supervision.records.queries import may_read, standing

LAST_YEAR = timedelta(days=365)
SHOWN = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """What somebody delivered in the last twelve months."""

    sessions: int
    minutes: int


def person(staff_id: int, today: date, *, by: Actor) -> Staff:
    """Return somebody whose supervision the reader may see: oneself, whom one supervises today, one's areas' people."""
    under = exists().where(
        Assignment.facilitator_id == Staff.id,
        Assignment.supervisor_id == by.staff_id,
        Assignment.starts_on <= today,
        Assignment.ends_on >= today,
    )
    conditions = [within(Staff.area_id, by.reach(Permission.SUPERVISION_READ))]
    if by.staff_id is not None:
        conditions += [Staff.id == by.staff_id, under]
    found = db.session.scalars(select(Staff).where(Staff.id == staff_id, or_(*conditions))).one_or_none()
    if found is None:
        raise NotHere
    return found


def records_of(staff_id: int, today: date, *, by: Actor) -> Sequence[SupervisorRecord]:
    """Return the signed records on somebody that the reader may read, corrected ones left out, the newest first."""
    query = (
        select(SupervisorRecord)
        .join(RecordSubject, RecordSubject.record_id == SupervisorRecord.id)
        .where(RecordSubject.facilitator_id == staff_id, standing(), may_read(by, today))
        .order_by(SupervisorRecord.held_on.desc(), SupervisorRecord.id.desc())
        .limit(SHOWN)
        .options(
            joinedload(SupervisorRecord.supervisor, innerjoin=True), joinedload(SupervisorRecord.group, innerjoin=True)
        )
    )
    return db.session.scalars(query).all()


def wellbeing_of(staff_id: int) -> Sequence[date]:
    """Return the days on which somebody had wellbeing support, the newest first."""
    query = select(WellbeingContact.on_day).where(WellbeingContact.facilitator_id == staff_id).distinct()
    return db.session.scalars(query.order_by(WellbeingContact.on_day.desc()).limit(SHOWN)).all()


def hours_of(staff_id: int, today: date) -> Hours:
    """Return what the person delivered in the last twelve months, by the sessions held with them in the room."""
    query = (
        select(func.count(), func.sum(SessionRecord.minutes))
        .select_from(Place)
        .join(GroupSession, GroupSession.id == Place.session_id)
        .join(SessionRecord, SessionRecord.session_id == GroupSession.id)
        .where(
            Place.facilitator_id == staff_id,
            Place.in_room,
            GroupSession.state == SessionState.HELD,
            GroupSession.day > today - LAST_YEAR,
            recorded(),
        )
    )
    row = db.session.execute(query).one()
    return Hours(sessions=row[0], minutes=row[1] or 0)
