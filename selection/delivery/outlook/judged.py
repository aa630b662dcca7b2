"""Coming sessions as the rules see them, of one group or of many, and the rules' answer to each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Time, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Place
from selection.prescribed.editions import staffing_of
from selection.rules.running import Answer, Coming, answer
from selection.rules.sessions import SessionState
from selection.rules.staffing import OnTeam, Staffing, is_experienced
from selection.rules.supervision import AssignmentKind, GroupState


def answers(
    groups: Iterable[Group], *, now: datetime, on: Sequence[tuple[int, date]] | None = None
) -> Mapping[int, Sequence[Answer]]:
    """Return the answer to every planned session that is not over, in order, by group.

    `now` is what the clock on the wall shows. `on` narrows them to those of a group's day: the group's id, and the day.
    The groups come with their editions. Two queries, however many groups there are.
    """
    by_id = {group.id: group for group in groups}
    values = {"groups": list(by_id), **moment(now)} | ({} if on is None else {"days": list(on)})
    sessions = db.session.execute(_sessions(narrow=on is not None), values).all()
    team = _team([row.id for row in sessions])
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for row in sessions:
        group = by_id[row.group_id]
        staffing = staffing_of(group.edition)
        coming = _coming(row, team.get(row.id, ()), staffing)
        found[group.id].append(answer(coming, GroupState(group.state), staffing))
    return found


def moment(now: datetime) -> dict[str, Any]:
    """Return what `is_to_come` is given."""
    return {"today": now.date(), "time_of_day": now.time()}


def is_to_come() -> ColumnElement[bool]:
    """Return the condition that a session is planned and its end is to come; `moment` says after which time."""
    session, today = GroupSession, bindparam("today", type_=Date)
    ends_later = or_(session.day > today, session.ends_at > bindparam("time_of_day", type_=Time))
    return and_(session.state == SessionState.PLANNED, session.day >= today, ends_later)


@cache
def _sessions(*, narrow: bool) -> Any:
    """Return the query for sessions to come with who supervises each, of all their days or of those named."""
    session, link = GroupSession, Supervision
    over = and_(link.group_id == session.group_id, link.starts_on <= session.day, link.ends_on >= session.day)
    query = (
        select(session.id, session.group_id, session.day, session.title, Staff.name.label("supervisor"))
        .outerjoin(link, over)
        .outerjoin(Staff, Staff.id == link.supervisor_id)
        .where(
            session.group_id.in_(bindparam("groups", expanding=True)),
            is_to_come(),
        )
        .order_by(session.day, session.starts_at, session.id)
    )
    days = tuple_(session.group_id, session.day)
    return query.where(days.in_(bindparam("days", expanding=True))) if narrow else query


@cache
def _places() -> Any:
    """Return the query for who has a place at the sessions named, with since when they are on such groups."""
    spell = aliased(Assignment)
    since = select(func.min(spell.starts_on)).where(
        spell.facilitator_id == Place.facilitator_id, spell.programme_id == Assignment.programme_id
    )
    return (
        select(
            Place.session_id,
            Place.facilitator_id,
            Staff.name,
            Place.role,
            Place.in_room,
            Assignment.authorisation_from,
            Assignment.authorisation_to,
            since.correlate(Place, Assignment).scalar_subquery().label("since"),
        )
        .join(Assignment, Assignment.id == Place.assignment_id)
        .join(Staff, Staff.id == Place.facilitator_id)
        .where(Place.session_id.in_(bindparam("sessions", expanding=True)))
        .order_by(Place.in_room.desc(), Staff.sort_name)
    )


def _team(session_ids: Collection[int]) -> Mapping[int, Sequence[Any]]:
    """Return who has a place at each session."""
    if not session_ids:
        return {}
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_places(), {"sessions": list(session_ids)}):
        found[row.session_id].append(row)
    return found


def _coming(row: Any, team: Sequence[Any], staffing: Staffing) -> Coming:
    return Coming(
        id=row.id,
        day=row.day,
        title=row.title,
        supervisor=row.supervisor,
        team=tuple(
            OnTeam(
                staff_id=one.facilitator_id,
                name=one.name,
                kind=AssignmentKind(one.role),
                in_room=one.in_room,
                experienced=is_experienced(one.since, row.day, months=staffing.experience_months),
            )
            for one in team
        ),
        unauthorised=tuple(
            one.name for one in team if one.in_room and not one.authorisation_from <= row.day <= one.authorisation_to
        ),
    )
