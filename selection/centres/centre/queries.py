"""Reads of centres: the list, one of them, and what the form of a centre offers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from selection.centres.blind import not_of_oneself
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.people import Account, Area, Grant, Staff
from selection.models.standards import Standard
from selection.rules.roles import GRANTS, Actor, Permission
from selection.web.pages import PER_PAGE, Pages

SORTS = {"held_on": Centre.held_on, "title": Centre.title, "area": Area.name}
STATES = {"open": "Open", "closed": "Closed", "all": "All"}
DECIDING = [role for role, permissions in GRANTS.items() if Permission.CENTRES_DECIDE in permissions]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A centre in the list."""

    id: int
    title: str
    venue: str
    area: str
    held_on: date
    closed: bool
    candidates: int
    decided: int

    def state(self, today: date) -> tuple[str, str]:
        """Return the state in words and the kind of its tag."""
        if self.closed:
            return "Closed", "past"
        if self.held_on > today:
            return "Planned", "open"
        if self.held_on == today:
            return "Today", "soon"
        return ("To be closed", "soon") if self.candidates == self.decided else ("Wash-up", "soon")


def listed(by: Actor, *, words: str, state: str, sort: str, page: int) -> tuple[list[Listed], Pages]:
    """Return a page of the centres within reach that match, in the order asked for; `-` before a sort turns it."""
    reach = (within(Centre.area_id, by.reach(Permission.CENTRES_READ)), not_of_oneself(by))
    conditions = [*reach, *_asked(words, state)]
    total = db.session.scalars(select(func.count(Centre.id)).where(*conditions)).one()
    column = SORTS.get(sort.removeprefix("-"), Centre.held_on)
    order = column.desc() if sort.startswith("-") else column.asc()
    query = _list_query().where(*conditions).order_by(order, Centre.id.desc())
    pages = Pages.at(page, total)
    rows = db.session.execute(query.offset(pages.before).limit(PER_PAGE))
    return [Listed(**row) for row in rows.mappings()], pages


def _asked(words: str, state: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if words:
        conditions.append(
            Centre.title.icontains(words, autoescape=True) | Centre.venue.icontains(words, autoescape=True)
        )
    if state != "all":
        conditions.append(Centre.closed_at.is_not(None) if state == "closed" else Centre.closed_at.is_(None))
    return conditions


def _list_query() -> Select[*tuple[Any, ...]]:
    candidates = select(func.count(Candidacy.id)).where(Candidacy.centre_id == Centre.id)
    decided = candidates.join(Decision, Decision.candidacy_id == Candidacy.id)
    return select(
        Centre.id,
        Centre.title,
        Centre.venue,
        Area.name.label("area"),
        Centre.held_on,
        Centre.closed_at.is_not(None).label("closed"),
        candidates.scalar_subquery().label("candidates"),
        decided.scalar_subquery().label("decided"),
    ).join(Area, Area.id == Centre.area_id)


def centre(by: Actor, permission: Permission, centre_id: int) -> Centre:
    """Return the centre; raises NotHere if it is out of reach, or one's own."""
    query = (
        select(Centre)
        .where(Centre.id == centre_id, within(Centre.area_id, by.reach(permission)), not_of_oneself(by))
        .options(joinedload(Centre.area), joinedload(Centre.chair), joinedload(Centre.standard))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotHere
    return found


def standards() -> list[tuple[int, str]]:
    """Return the published standards, the newest first."""
    query = (
        select(Standard.id, Standard.title, Standard.number)
        .where(Standard.state == "published")
        .order_by(Standard.published_at.desc(), Standard.id.desc())
    )
    return [(row.id, f"{row.title}, version {row.number}") for row in db.session.execute(query)]


def chairs() -> list[tuple[int, str]]:
    """Return the staff members whose login may decide in some area, by name."""
    query = (
        select(Staff.id, Staff.name, Staff.number)
        .where(Staff.id.in_(_deciding()), Staff.left_on.is_(None))
        .order_by(Staff.sort_name)
    )
    return [(row.id, f"{row.name} ({row.number})") for row in db.session.execute(query)]


def may_decide(staff_id: int, area_id: int) -> bool:
    """True if the staff member has an open login that may decide in the area."""
    in_area = Grant.area_id.is_(None) | (Grant.area_id == area_id)
    query = _deciding().where(Account.staff_id == staff_id, in_area).limit(1)
    return db.session.scalars(query).first() is not None


def _deciding() -> Select[int | None]:
    return select(Account.staff_id).join(Account.grants).where(Account.active, Grant.role.in_(DECIDING))
