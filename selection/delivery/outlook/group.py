"""One group: every coming session judged, what became of those that are over, and the figures that follow."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.delivery.outlook.judged import answers
from selection.delivery.sessions.queries import is_over
from selection.models.delivery import SessionRecord, standing
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Place
from selection.rules.delivery import Figures, Held, figures
from selection.rules.roles import Actor, Permission
from selection.rules.running import Answer, first_trouble, runs_until
from selection.rules.sessions import SessionState


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """A session that is over: what became of it, or nothing if nobody has recorded it."""

    id: int
    day: date
    title: str
    state: str
    minutes: int | None
    present: int | None
    recording: str
    reason: str
    delivered_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """All that the page of a group says."""

    group: Group
    coming: Sequence[Answer]
    past: Sequence[Past]
    figures: Figures

    @property
    def trouble(self) -> Answer | None:
        """The first coming session that cannot be delivered as things stand."""
        return first_trouble(self.coming)

    @property
    def runs_until(self) -> date | None:
        """The day of the last session before that."""
        return runs_until(self.coming)

    @property
    def to_record(self) -> Sequence[Past]:
        """The sessions that are over and not recorded, the oldest first."""
        return [one for one in reversed(self.past) if one.state == SessionState.PLANNED]


def outlook(group_id: int, *, by: Actor, now: datetime) -> Outlook:
    """Return how a group stands, of one's areas, or whose team or supervision one is part of; raises NotHere.

    `now` is what the clock on the wall shows.
    """
    conditions = [within(Group.area_id, by.reach(Permission.GROUPS_READ))]
    if by.staff_id is not None:
        conditions.append(exists().where(Assignment.group_id == Group.id, Assignment.facilitator_id == by.staff_id))
        conditions.append(exists().where(Supervision.group_id == Group.id, Supervision.supervisor_id == by.staff_id))
    query = (
        select(Group)
        .where(Group.id == group_id, or_(*conditions))
        .options(
            joinedload(Group.programme, innerjoin=True),
            joinedload(Group.edition, innerjoin=True),
            joinedload(Group.area, innerjoin=True),
        )
    )
    group = db.session.scalars(query).one_or_none()
    if group is None:
        raise NotHere
    past = _past(group_id, now)
    return Outlook(
        group=group,
        coming=answers([group], now=now).get(group_id, ()),
        past=tuple(_line(row, names) for row, names in past),
        figures=_figures(past),
    )


_Rows = Sequence[tuple[Any, Sequence[tuple[int, str]]]]


def _past(group_id: int, now: datetime) -> _Rows:
    """Return the sessions that are over or recorded, the newest first, each with who delivered it."""
    session, record = GroupSession, SessionRecord
    query = (
        select(
            *(session.id, session.day, session.title, session.state, session.starts_at, session.ends_at),
            *(session.number, session.kind),
            *(record.minutes, record.present, record.recording, record.reason),
            *(Place.facilitator_id, Staff.name),
        )
        .select_from(session)
        .outerjoin(record, (record.session_id == session.id) & standing())
        .outerjoin(Place, (Place.session_id == session.id) & Place.in_room)
        .outerjoin(Staff, Staff.id == Place.facilitator_id)
        .where(session.group_id == group_id, or_(is_over(now), session.state != SessionState.PLANNED))
        .order_by(session.day.desc(), session.starts_at.desc(), session.id.desc(), Staff.sort_name)
    )
    first: dict[int, Any] = {}
    people: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    rows: Any = db.session.execute(query)
    for row in rows:
        first.setdefault(row.id, row)
        if row.facilitator_id is not None:
            people[row.id].append((row.facilitator_id, row.name))
    return [(row, people[session_id]) for session_id, row in first.items()]


def _line(row: Any, people: Sequence[tuple[int, str]]) -> Past:
    return Past(
        id=row.id,
        day=row.day,
        title=row.title,
        state=row.state,
        minutes=row.minutes,
        present=row.present,
        recording=row.recording or "",
        reason=row.reason or "",
        delivered_by=tuple(name for _, name in people) if row.state == SessionState.HELD else (),
    )


def _figures(past: _Rows) -> Figures:
    in_order = list(reversed(past))
    held = [
        Held(minutes=row.minutes, present=row.present, delivered_by=[staff_id for staff_id, _ in people])
        for row, people in in_order
        if row.state == SessionState.HELD and row.minutes is not None
    ]
    recorded = [row for row, _ in in_order if row.state != SessionState.PLANNED]
    not_held = sum(row.state == SessionState.NOT_HELD for row in recorded)
    planned = sum(_minutes(row) for row in recorded if not _is_made_up_for(row, recorded))
    return figures(held, not_held=not_held, planned_minutes=planned)


def _is_made_up_for(row: Any, recorded: Sequence[Any]) -> bool:
    """True of a session that was not held, if it was delivered on another day: its hours were planned once."""
    return row.state == SessionState.NOT_HELD and any(
        one.state == SessionState.HELD and (one.number, one.kind) == (row.number, row.kind) for one in recorded
    )


def _minutes(row: Any) -> int:
    first, last = (datetime.combine(row.day, at) for at in (row.starts_at, row.ends_at))
    return int((last - first).total_seconds()) // 60
