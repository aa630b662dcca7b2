"""Reads of groups: a page of the list, and what a form offers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from selection.core.db import db
from selection.core.scope import within
from selection.groups.group.asked import Asked, Order, Show
from selection.models.groups import Assignment, Group
from selection.models.people import Area
from selection.models.programmes import Edition, Programme
from selection.rules.roles import Reach
from selection.rules.supervision import AssignmentKind, GroupState
from selection.web.pages import PER_PAGE, Pages

COUNTED = 1_000
RUNNING = (GroupState.PLANNED, GroupState.OPEN, GroupState.HALTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of the list: a group, and how many regular facilitators it has today, or on its first day if to come."""

    group: Group
    team: int

    @property
    def is_short(self) -> bool:
        """True if an open group has fewer than its edition asks for."""
        return self.group.state == GroupState.OPEN and self.team < self.group.edition.team_size


def page(asked: Asked, reach: Reach, *, today: date) -> tuple[Sequence[Entry], Pages]:
    """Return the page of the list that is asked for, within reach, and where in the list it is."""
    conditions = list(_conditions(asked, reach, today))
    matching = select(Group.id).join(Group.edition).where(*conditions).limit(COUNTED + 1)
    counted = db.session.scalars(select(func.count()).select_from(matching.subquery())).one()
    pages = Pages.at(asked.page, min(counted, COUNTED), capped=counted > COUNTED)
    query = with_team(today).where(*conditions).order_by(*_order(asked))
    return entries(query.offset(pages.before).limit(PER_PAGE)), pages


def with_team(today: date) -> Any:
    """Return the query for groups, with programme and area, and how many regular facilitators each has."""
    return (
        select(Group, team_on(today))
        .join(Group.programme)
        .join(Group.edition)
        .join(Group.area)
        .options(contains_eager(Group.programme), contains_eager(Group.edition), contains_eager(Group.area))
    )


def entries(query: Any) -> Sequence[Entry]:
    """Return what a query made by `with_team` finds."""
    return [Entry(group=row[0], team=row[1]) for row in db.session.execute(query)]


def team_on(today: date) -> ColumnElement[int]:
    """Return how many regular facilitators a group has today, or on its first day where that is to come."""
    day = case((Group.starts_on > today, Group.starts_on), else_=today)
    there = select(func.count(Assignment.facilitator_id.distinct())).where(
        Assignment.group_id == Group.id,
        Assignment.kind == AssignmentKind.REGULAR,
        Assignment.starts_on <= day,
        Assignment.ends_on >= day,
    )
    return there.correlate(Group).scalar_subquery()


def _conditions(asked: Asked, reach: Reach, today: date) -> Iterator[ColumnElement[bool]]:
    yield within(Group.area_id, reach)
    if asked.words:
        yield Group.reference.istartswith(asked.words, autoescape=True)
    if asked.area:
        yield Group.area_id == asked.area
    if asked.programme:
        yield Group.programme_id == asked.programme
    if asked.first:
        yield Group.ends_on >= asked.first
    if asked.last:
        yield Group.starts_on <= asked.last
    match asked.show:
        case Show.CURRENT:
            yield Group.state.in_(RUNNING)
        case Show.SHORT:
            yield Group.state == GroupState.OPEN
            yield Group.ends_on >= today
            yield team_on(today) < Edition.team_size
        case Show.PLANNED | Show.OPEN | Show.HALTED | Show.CLOSED:
            yield Group.state == asked.show
        case Show.ALL:
            pass


def _order(asked: Asked) -> list[ColumnElement[Any]]:
    columns = {
        Order.REFERENCE: (Group.reference,),
        Order.PROGRAMME: (Programme.code, Group.starts_on, Group.id),
        Order.AREA: (Area.name, Group.starts_on, Group.id),
        Order.STARTS: (Group.starts_on, Group.id),
        Order.ENDS: (Group.ends_on, Group.id),
    }[asked.order]
    return [column.desc() if asked.descending else column.asc() for column in columns]


def programmes() -> Sequence[Programme]:
    """Return every programme with its editions, by code."""
    query = select(Programme).order_by(Programme.code).options(joinedload(Programme.editions))
    return db.session.scalars(query).unique().all()
