"""The board: every group that runs or is to run in one's areas, whose trouble comes soonest on top.

The database looks ahead over the coming weeks for the first session of each group that cannot be delivered, and sorts;
the rules then judge those sessions on the page, and theirs is the word that is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import contains_eager

from selection.core.days import months_later
from selection.core.db import db
from selection.delivery.outlook.judged import answers, is_to_come, moment
from selection.models.groups import Assignment, Group
from selection.models.programmes import Edition
from selection.models.sessions import GroupSession, Place
from selection.rules.roles import Reach
from selection.rules.running import Answer, first_trouble
from selection.rules.supervision import GroupState
from selection.web.pages import PER_PAGE, Pages

WEEKS = (4, 8, 26)
USUAL_WEEKS = 8
"""How far the board looks ahead [default]."""

SHOWN = (GroupState.OPEN, GroupState.HALTED, GroupState.PLANNED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How many weeks to look ahead, in which area alone, and which page."""

    weeks: int = USUAL_WEEKS
    area_id: int | None = None
    page: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A group on the board: its first session that cannot be delivered within the weeks, or None if each can."""

    group: Group
    trouble: Answer | None
    next_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """A page of the board, how many of all its groups are in trouble, and up to which day it looked."""

    lines: Sequence[Line]
    pages: Pages
    in_trouble: int
    last: date


def board(reach: Reach, asked: Asked, *, now: datetime) -> Board:
    """Return a page of the board; four queries, however many groups there are. `now` is what the clock shows."""
    last = now.date() + timedelta(weeks=asked.weeks)
    near = _areas_asked(reach, asked.area_id)
    values = {**moment(now), "last": last} | ({} if near is None else {"areas": near})
    page, rows = asked.page, _page(values, asked.page)
    if not rows and page > 1:
        page, rows = 1, _page(values, 1)
    judged = _judge(rows, now)
    next_days = _next_days([row[0].id for row in rows], now)
    lines = [Line(group=row[0], trouble=judged.get(row[0].id), next_on=next_days.get(row[0].id)) for row in rows]
    total, in_trouble = (rows[0][2], rows[0][3]) if rows else (0, 0)
    return Board(lines=lines, pages=Pages(page=page, total=total), in_trouble=in_trouble, last=last)


def _areas_asked(reach: Reach, area_id: int | None) -> list[int] | None:
    """Return the areas to look at, or None for all there are."""
    if area_id is not None:
        return [area_id] if reach.takes_in(area_id) else []
    return None if reach.everywhere else list(reach.areas)


def _page(values: dict[str, Any], page: int) -> Sequence[Any]:
    skipped = {"skipped": (page - 1) * PER_PAGE}
    return db.session.execute(_lines(narrow="areas" in values), values | skipped).all()


@cache
def _lines(*, narrow: bool) -> Any:
    """Return the query for a page of groups, each with its first day in trouble, and how many there are of both.

    `narrow` looks at the groups of the given `areas` alone. Made once: to put it together takes longer than to run it.
    """
    trouble = _trouble(narrow=narrow)
    return (
        select(Group, trouble.c.first, func.count().over(), func.count(trouble.c.first).over())
        .join(Group.programme)
        .join(Group.edition)
        .join(Group.area)
        .outerjoin(trouble, trouble.c.group_id == Group.id)
        .where(Group.state.in_(SHOWN), Group.ends_on >= bindparam("today"), *_near(narrow=narrow))
        .order_by(trouble.c.first.is_(None), trouble.c.first, Group.starts_on, Group.id)
        .offset(bindparam("skipped", type_=Integer))
        .limit(PER_PAGE)
        .options(contains_eager(Group.programme), contains_eager(Group.edition), contains_eager(Group.area))
    )


def _near(*, narrow: bool) -> list[ColumnElement[bool]]:
    return [Group.area_id.in_(bindparam("areas", expanding=True))] if narrow else []


def _judge(rows: Sequence[Any], now: datetime) -> dict[int, Answer]:
    firsts = [(row[0], row[1]) for row in rows if row[1] is not None]
    if not firsts:
        return {}
    judged = answers([group for group, _ in firsts], now=now, on=[(group.id, day) for group, day in firsts])
    return {group_id: found for group_id, each in judged.items() if (found := first_trouble(each)) is not None}


def _next_days(ids: Sequence[int], now: datetime) -> dict[int, date]:
    query = (
        select(GroupSession.group_id, func.min(GroupSession.day))
        .where(GroupSession.group_id.in_(ids), is_to_come())
        .group_by(GroupSession.group_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query, moment(now))}


def _trouble(*, narrow: bool) -> Any:
    """Return the first day of each group, up to `last`, on which a session to come cannot be delivered."""
    room = _rooms(narrow=narrow)
    unsupervised = or_(
        Group.supervised_from.is_(None), room.c.day < Group.supervised_from, room.c.day > Group.supervised_to
    )
    return (
        select(room.c.group_id, func.min(room.c.day).label("first"))
        .join(Group, Group.id == room.c.group_id)
        .join(Edition, Edition.id == Group.edition_id)
        .where(
            or_(
                Group.state == GroupState.PLANNED,
                unsupervised,
                room.c.there < Edition.in_room,
                room.c.experienced < Edition.experienced_needed,
            )
        )
        .group_by(room.c.group_id)
        .subquery()
    )


def _rooms(*, narrow: bool) -> FromClause:
    """Return the sessions to come of the days, with how many are in the room and how many of them have experience."""
    after = select(Edition.programme_id, Edition.experience_months.label("months")).distinct().subquery()
    since = (
        select(
            *(Assignment.facilitator_id, Assignment.programme_id, after.c.months),
            months_later(func.min(Assignment.starts_on), after.c.months).label("experienced_on"),
        )
        .join(after, after.c.programme_id == Assignment.programme_id)
        .group_by(Assignment.facilitator_id, Assignment.programme_id, after.c.months)
        .cte("since")
    )
    session = GroupSession
    experienced: ColumnElement[int] = func.sum(case((since.c.experienced_on <= session.day, 1), else_=0))
    return (
        select(
            *(session.id, session.group_id, session.day),
            func.count(Place.id).label("there"),
            experienced.label("experienced"),
        )
        .join(Group, Group.id == session.group_id)
        .join(Edition, Edition.id == Group.edition_id)
        .outerjoin(Place, and_(Place.session_id == session.id, Place.in_room))
        .outerjoin(
            since,
            and_(
                since.c.facilitator_id == Place.facilitator_id,
                since.c.programme_id == session.programme_id,
                since.c.months == Edition.experience_months,
            ),
        )
        .where(
            session.day <= bindparam("last"),
            is_to_come(),
            Group.state.in_(SHOWN),
            *_near(narrow=narrow),
        )
        .group_by(session.id, session.group_id, session.day)
        .subquery()
    )
