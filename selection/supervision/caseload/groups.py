"""What a supervisor, or who oversees them, sees of one group: its sessions with what was observed, and its records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.delivery import SessionRecord
from selection.models.delivery import standing as recorded
from selection.models.groups import Group, Supervision
from selection.models.sessions import GroupSession, Place
from selection.models.supervision import RecordSubject, SupervisorRecord
from selection.rules.roles import Actor, Permission
from selection.rules.sessions import SessionState
from selection.supervision.records.queries import may_read, standing
from selection.web.pages import PER_PAGE, Pages

SHOWN = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A session that was held: who delivered it, where its recording is kept, and what was recorded of it."""

    session: GroupSession
    recording: str
    records: Sequence[Row[Any]]

    def may_be_written_on(self, staff_id: int | None) -> bool:
        """True if the person did not deliver it: nobody reviews their own delivery."""
        return all(place.facilitator_id != staff_id for place in self.session.places if place.in_room)

    @property
    def delivered_by(self) -> list[str]:
        """The names of who delivered it."""
        return [place.facilitator.name for place in self.session.places if place.in_room]


def group(group_id: int, *, by: Actor) -> Group:
    """Return a group that one supervises or did, or whose supervision one oversees; raises NotHere."""
    named = exists().where(Supervision.group_id == Group.id, Supervision.supervisor_id == by.staff_id)
    conditions = [within(Group.area_id, by.reach(Permission.SUPERVISION_READ))]
    if by.staff_id is not None:
        conditions.append(named)
    query = (
        select(Group)
        .where(Group.id == group_id, or_(*conditions))
        .options(
            joinedload(Group.programme, innerjoin=True),
            joinedload(Group.supervisions).options(
                joinedload(Supervision.supervisor, innerjoin=True), joinedload(Supervision.deputises_for)
            ),
        )
    )
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotHere
    return found


def sessions_of(group_id: int, today: date, *, by: Actor, page: int) -> tuple[list[Seen], Pages]:
    """Return a page of the group's sessions that were held, the newest first, with what the reader may read on them."""
    held = (GroupSession.group_id == group_id) & (GroupSession.state == SessionState.HELD)
    pages = Pages.at(page, db.session.scalars(select(func.count()).select_from(GroupSession).where(held)).one())
    query = (
        select(GroupSession, SessionRecord.recording)
        .join(SessionRecord, SessionRecord.session_id == GroupSession.id)
        .where(held, recorded())
        .order_by(GroupSession.day.desc(), GroupSession.id.desc())
        .offset(pages.before)
        .limit(PER_PAGE)
        .options(selectinload(GroupSession.places).joinedload(Place.facilitator, innerjoin=True))
    )
    rows = db.session.execute(query).all()
    on_sessions = _on_sessions([row[0].id for row in rows], today, by)
    return [Seen(session=row[0], recording=row[1], records=on_sessions.get(row[0].id, ())) for row in rows], pages


def _on_sessions(ids: Sequence[int], today: date, by: Actor) -> Mapping[int, Sequence[Row[Any]]]:
    query = select(SupervisorRecord.session_id, SupervisorRecord.id, SupervisorRecord.kind, SupervisorRecord.signed_at)
    query = query.where(SupervisorRecord.session_id.in_(ids), may_read(by, today)).order_by(SupervisorRecord.id)
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    rows: Any = db.session.execute(query)
    for row in rows:
        found[row[0]].append(row)
    return found


def supervisions_of(group_id: int, today: date, *, by: Actor) -> Sequence[SupervisorRecord]:
    """Return the group's supervision records that the reader may read, corrected ones left out, the newest first."""
    query = (
        select(SupervisorRecord)
        .where(
            SupervisorRecord.group_id == group_id,
            SupervisorRecord.session_id.is_(None),
            or_(standing(), SupervisorRecord.signed_at.is_(None)),
            may_read(by, today),
        )
        .order_by(SupervisorRecord.held_on.desc(), SupervisorRecord.id.desc())
        .limit(SHOWN)
        .options(
            joinedload(SupervisorRecord.supervisor, innerjoin=True),
            joinedload(SupervisorRecord.subjects).joinedload(RecordSubject.facilitator, innerjoin=True),
        )
    )
    return db.session.scalars(query).unique().all()
