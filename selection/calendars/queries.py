"""Reads of calendars: one's links, what a secret opens, and the appointments behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from selection.core import clock
from selection.core.db import db
from selection.core.scope import within
from selection.models.calendars import CalendarLink
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Account, Grant
from selection.models.sessions import GroupSession, Place, Trainee
from selection.models.supervision import RecordSubject, SupervisorRecord
from selection.rules.roles import Actor, Held, Permission, Role
from selection.rules.sessions import SessionState

BACK = timedelta(days=60)
"""How far back a feed goes; what is older has no place in a calendar that is looked ahead in."""

MOST = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """An entry of a calendar; without times it takes the whole day. `key` is the same for ever, `version` counts."""

    key: str
    title: str
    place: str
    day: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    cancelled: bool = False
    version: int = 1


def may_see(group_id: int, by: Actor) -> bool:
    """True if the group is of one's areas, or one is on its team or supervises it today or later."""
    conditions = [within(Group.area_id, by.reach(Permission.GROUPS_READ))]
    if by.staff_id is not None:
        today = clock.today()
        on_team = exists().where(
            Assignment.group_id == Group.id, Assignment.facilitator_id == by.staff_id, Assignment.ends_on >= today
        )
        supervises = exists().where(
            Supervision.group_id == Group.id, Supervision.supervisor_id == by.staff_id, Supervision.ends_on >= today
        )
        conditions += [on_team, supervises]
    return db.session.scalars(select(Group.id).where(Group.id == group_id, or_(*conditions))).first() is not None


def links_of(by: Actor) -> Sequence[CalendarLink]:
    """Return one's links that work, one's own calendar first."""
    query = (
        select(CalendarLink)
        .where(CalendarLink.account_id == by.account_id, CalendarLink.revoked_at.is_(None))
        .order_by(CalendarLink.group_id.is_not(None), CalendarLink.made_at)
        .options(joinedload(CalendarLink.group))
    )
    return db.session.scalars(query).all()


def groups_of(by: Actor, today: date) -> Sequence[tuple[int, str]]:
    """Return the groups that one is on or supervises, today or later: id and reference."""
    team = select(Assignment.group_id).where(Assignment.facilitator_id == by.staff_id, Assignment.ends_on >= today)
    led = select(Supervision.group_id).where(Supervision.supervisor_id == by.staff_id, Supervision.ends_on >= today)
    query = select(Group.id, Group.reference).where(or_(Group.id.in_(team), Group.id.in_(led)))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Group.reference))]


def group(group_id: int) -> Group:
    """Return a group that is there."""
    return db.session.get_one(Group, group_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What a secret opens: whose link it is, and of which calendar."""

    link: CalendarLink
    by: Actor


def opened(secret_hash: str) -> Opened | None:
    """Return what the link opens; None if it was revoked, or its login closed or no longer lets its owner see it."""
    query = (
        select(CalendarLink)
        .join(CalendarLink.account)
        .where(CalendarLink.secret_hash == secret_hash, CalendarLink.revoked_at.is_(None), Account.active)
        .options(joinedload(CalendarLink.account).joinedload(Account.grants).load_only(Grant.role, Grant.area_id))
        .options(joinedload(CalendarLink.group))
    )
    link = db.session.scalars(query).unique().one_or_none()
    if link is None:
        return None
    account = link.account
    held = tuple(Held(role=Role(grant.role), area_id=grant.area_id) for grant in account.grants)
    by = Actor(account_id=account.id, staff_id=account.staff_id, name=account.name, held=held)
    if link.group_id is not None and not may_see(link.group_id, by):
        return None
    return Opened(link=link, by=by)


def of_group(group_id: int, today: date) -> list[Appointment]:
    """Return the sessions of a group from a while ago on."""
    return _sessions(GroupSession.group_id == group_id, today)


def of_person(staff_id: int, today: date) -> list[Appointment]:
    """Return what somebody has to be at: sessions in whose room they are or sit in, and supervision agreed on."""
    in_room = exists().where(Place.session_id == GroupSession.id, Place.facilitator_id == staff_id, Place.in_room)
    sits_in = exists().where(Trainee.session_id == GroupSession.id, Trainee.staff_id == staff_id)
    return [*_sessions(or_(in_room, sits_in), today), *_supervisions(staff_id, today)]


def _sessions(which: ColumnElement[bool], today: date) -> list[Appointment]:
    session = GroupSession
    query = (
        select(
            *(session.id, session.title, session.day, session.starts_at, session.ends_at, session.state),
            *(session.version, Group.reference, Group.venue),
        )
        .join(Group, Group.id == session.group_id)
        .where(which, session.day >= today - BACK)
        .order_by(session.day, session.starts_at, session.id)
        .limit(MOST)
    )
    return [
        Appointment(
            key=f"session-{row.id}",
            title=f"{row.reference}: {row.title}",
            place=row.venue,
            day=row.day,
            starts_at=datetime.combine(row.day, row.starts_at, clock.LONDON),
            ends_at=datetime.combine(row.day, row.ends_at, clock.LONDON),
            cancelled=row.state == SessionState.NOT_HELD,
            version=row.version,
        )
        for row in db.session.execute(query)
    ]


def _supervisions(staff_id: int, today: date) -> list[Appointment]:
    """Return the appointments agreed on, as who is supervised and as who supervises; the newest word of each counts.

    They go with the group: whoever supervises it on the day has them, with whoever is on it still.
    """
    row, later, about = SupervisorRecord, aliased(SupervisorRecord), aliased(RecordSubject)
    on_it = exists().where(
        Assignment.group_id == row.group_id,
        Assignment.facilitator_id == about.facilitator_id,
        row.next_on.between(Assignment.starts_on, Assignment.ends_on),
    )
    leads = exists().where(
        Supervision.group_id == row.group_id,
        Supervision.supervisor_id == staff_id,
        row.next_on.between(Supervision.starts_on, Supervision.ends_on),
    )
    theirs = or_(about.facilitator_id == staff_id, leads)
    holds = exists().where(about.record_id == row.id, theirs, on_it, ~_agreed_anew(row, about))
    corrected = exists().where(later.corrects_id == row.id, later.signed_at.is_not(None))
    query = (
        select(row.id, row.next_on, Group.reference, Group.venue)
        .join(Group, Group.id == row.group_id)
        .where(
            row.next_on >= today - BACK,
            row.signed_at.is_not(None),
            ~corrected,
            holds,
        )
        .order_by(row.next_on, row.id)
        .limit(MOST)
    )
    return [
        Appointment(key=f"supervision-{found.id}", title=f"{found.reference}: supervision", place="", day=found.next_on)
        for found in db.session.execute(query)
        if found.next_on is not None
    ]


def _agreed_anew(row: type[SupervisorRecord], about: type[RecordSubject]) -> ColumnElement[bool]:
    """Return the condition that the person was supervised in the group on a later day, when another was agreed on."""
    newer, of_newer = aliased(SupervisorRecord), aliased(RecordSubject)
    return (
        exists()
        .where(
            of_newer.record_id == newer.id,
            of_newer.facilitator_id == about.facilitator_id,
            newer.group_id == row.group_id,
            newer.kind == row.kind,
            newer.held_on > row.held_on,
            newer.signed_at.is_not(None),
        )
        .correlate(row, about)
    )
