"""A session and who could have delivered it, read or locked; and the sessions that wait to be recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.delivery import SessionRecord, standing
from selection.models.groups import Assignment, Group, Supervision
from selection.models.sessions import GroupSession, Place
from selection.rules.delivery import Said, Session
from selection.rules.roles import Actor, Permission
from selection.rules.sessions import SessionState

SHOWN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A session with what its record rests on: who was assigned and supervised that day, and the record that stands."""

    session: GroupSession
    spells: Sequence[Assignment]
    supervisor_id: int | None
    last: SessionRecord | None

    @property
    def able(self) -> Mapping[int, Assignment]:
        """Who can have delivered it, by staff id: whoever was assigned to the group on its day, and so supervised."""
        return {spell.facilitator_id: spell for spell in self.spells}

    @property
    def in_room(self) -> frozenset[int]:
        """Who is, or was, in the room."""
        return frozenset(place.facilitator_id for place in self.session.places if place.in_room)

    @property
    def minutes(self) -> int:
        """How long it was planned to last."""
        first, last = (datetime.combine(self.session.day, at) for at in (self.session.starts_at, self.session.ends_at))
        return int((last - first).total_seconds()) // 60

    def facts(self) -> Session:
        """Return what the rules judge."""
        return Session(
            day=self.session.day,
            ends_at=datetime.combine(self.session.day, self.session.ends_at, clock.LONDON),
            state=SessionState(self.session.state),
            supervised=self.supervisor_id is not None,
            able={staff_id: spell.facilitator.name for staff_id, spell in self.able.items()},
        )


def meeting(session_id: int, *, by: Actor, writing: bool = False) -> Meeting:
    """Return a session that one may record, or (not writing) that one may see; raises NotHere.

    Whoever was on the group's team or supervised it on the day, and managers of groups in the area, may record it.
    Whoever ever was on the team or supervised it may see it, as all of the group's sessions on the group's page.
    """
    if writing:
        db.session.scalars(select(GroupSession.id).where(GroupSession.id == session_id).with_for_update()).one_or_none()
    permission = Permission.GROUPS_WRITE if writing else Permission.GROUPS_READ
    query = (
        select(GroupSession, Supervision.supervisor_id, SessionRecord)
        .select_from(GroupSession)
        .join(Group, Group.id == GroupSession.group_id)
        .outerjoin(
            Supervision,
            (Supervision.group_id == GroupSession.group_id)
            & (Supervision.starts_on <= GroupSession.day)
            & (Supervision.ends_on >= GroupSession.day),
        )
        .outerjoin(SessionRecord, (SessionRecord.session_id == GroupSession.id) & standing())
        .where(GroupSession.id == session_id, or_(within(Group.area_id, by.reach(permission)), *_own(by, writing)))
        .options(
            joinedload(GroupSession.group, innerjoin=True),
            joinedload(SessionRecord.recorded_by),
            selectinload(GroupSession.places).joinedload(Place.facilitator, innerjoin=True),
        )
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotHere
    session: GroupSession = found[0]
    spells = db.session.scalars(
        select(Assignment)
        .where(
            Assignment.group_id == session.group_id,
            Assignment.starts_on <= session.day,
            Assignment.ends_on >= session.day,
        )
        .order_by(Assignment.kind.desc(), Assignment.id)
        .options(joinedload(Assignment.facilitator, innerjoin=True))
    ).all()
    return Meeting(session=session, spells=spells, supervisor_id=found[1], last=found[2])


def may_record(at: Meeting, by: Actor) -> bool:
    """True if the person may record the session: its team and its supervisor of the day, and the area's managers."""
    if by.staff_id is not None and (by.staff_id in at.able or by.staff_id == at.supervisor_id):
        return True
    return by.reach(Permission.GROUPS_WRITE).takes_in(at.session.group.area_id)


def _own(by: Actor, writing: bool) -> list[ColumnElement[bool]]:
    if by.staff_id is None:
        return []
    on_team = exists().where(Assignment.group_id == GroupSession.group_id, Assignment.facilitator_id == by.staff_id)
    if writing:
        that_day = GroupSession.day.between(Assignment.starts_on, Assignment.ends_on)
        return [on_team.where(that_day), Supervision.supervisor_id == by.staff_id]
    named = aliased(Supervision)
    return [on_team, exists().where(named.group_id == GroupSession.group_id, named.supervisor_id == by.staff_id)]


def said_of(record: SessionRecord) -> Said:
    """Return what a record says, but for who delivered."""
    return Said(
        state=SessionState(record.state),
        minutes=record.minutes,
        present=record.present,
        recording=record.recording,
        reason=record.reason,
    )


def earlier_than(last: SessionRecord) -> Sequence[SessionRecord]:
    """Return what was recorded of the session before, the newest first."""
    query = select(SessionRecord).where(SessionRecord.session_id == last.session_id, SessionRecord.id < last.id)
    return db.session.scalars(
        query.order_by(SessionRecord.id.desc()).options(joinedload(SessionRecord.recorded_by))
    ).all()


def is_over(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a session's end is past; `now` is what the clock on the wall shows."""
    return or_(GroupSession.day < now.date(), and_(GroupSession.day == now.date(), GroupSession.ends_at <= now.time()))


def unrecorded_of(staff_id: int, now: datetime) -> Sequence[GroupSession]:
    """Return the sessions that are over with the person in the room, and that nobody has recorded; the oldest first."""
    on_team = exists().where(Place.session_id == GroupSession.id, Place.facilitator_id == staff_id, Place.in_room)
    query = (
        select(GroupSession)
        .where(GroupSession.state == SessionState.PLANNED, is_over(now), on_team)
        .order_by(GroupSession.day, GroupSession.starts_at)
        .limit(SHOWN)
        .options(joinedload(GroupSession.group, innerjoin=True))
    )
    return db.session.scalars(query).all()
