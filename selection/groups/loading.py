"""A group and its chain, read or locked for a decision, and as the rules see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, cast, null, select, union_all
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load
from sqlalchemy.types import String

from selection.core.db import db, rows
from selection.core.errors import NotHere
from selection.core.scope import given, within, within_given
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.models.programmes import Edition
from selection.rules.assignment import GroupFacts, Placed
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Actor, Permission
from selection.rules.supervision import AssignmentKind, GroupState, Supervised
from selection.rules.validity import Span

_GROUP = (
    joinedload(Group.programme, innerjoin=True),
    joinedload(Group.edition, innerjoin=True),
    joinedload(Group.area, innerjoin=True),
    joinedload(Group.supervisions).options(
        joinedload(Supervision.supervisor, innerjoin=True), joinedload(Supervision.deputises_for)
    ),
)


def _team(load: Load) -> Load:
    return load.options(
        joinedload(Assignment.facilitator, innerjoin=True), joinedload(Assignment.supervisor, innerjoin=True)
    )


_WHOLE = (*_GROUP, _team(selectinload(Group.assignments)))


def to_read(group_id: int, permission: Permission = Permission.GROUPS_READ, *, by: Actor) -> Group:
    """Return a group within the actor's reach, with its supervisors and its team; raises NotHere."""
    query = select(Group).where(Group.id == group_id, within(Group.area_id, by.reach(permission))).options(*_WHOLE)
    group = db.session.scalars(query, execution_options={"populate_existing": True}).unique().one_or_none()
    if group is None:
        raise NotHere
    return group


def to_change(group_id: int, *, by: Actor) -> Group:
    """Return a group that the actor may change, after waiting for whoever changes it now; raises NotHere.

    The row is locked first and the rest read then: what is judged is what holds until the commit.
    """
    row = select(Group.id).where(Group.id == group_id, within(Group.area_id, by.reach(Permission.GROUPS_WRITE)))
    if db.session.scalars(row.with_for_update(key_share=True)).one_or_none() is None:
        raise NotHere
    return to_read(group_id, Permission.GROUPS_WRITE, by=by)


def lock(group_ids: Iterable[int]) -> None:
    """Wait for whoever changes the groups, so that nobody else does until the commit."""
    wanted = sorted(set(group_ids))
    if wanted:
        query = select(Group.id).where(Group.id.in_(wanted)).order_by(Group.id)
        db.session.scalars(query.with_for_update(key_share=True)).all()


def for_decision(group_ids: Iterable[int], *, to_write: bool) -> dict[int, Group]:
    """Return the groups that a decision about a person touches, by id, wherever they are; to write, after locking them.

    Whoever may decide about the person decides about their places too: no reach over the groups is asked for.
    """
    wanted = set(group_ids)
    if to_write:
        lock(wanted)
    # Few groups, so that links times spells costs less than another query.
    query = select(Group).where(Group.id.in_(wanted)).options(*_GROUP, _team(joinedload(Group.assignments)))
    found = db.session.scalars(query, execution_options={"populate_existing": True}).unique()
    return {group.id: group for group in found}


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A staff member, as far as their name and where letters reach them."""

    id: int
    name: str
    email: str


_NAMED = select(Staff.id, Staff.name, Staff.email).where(Staff.id == bindparam("staff_id"), within_given(Staff.area_id))


def staff_in_reach(staff_id: int, *, by: Actor) -> Named:
    """Return a staff member whose record the actor may read; raises NotHere."""
    found = rows(_NAMED, staff_id=staff_id, **given(by.reach(Permission.PEOPLE_READ)))
    if not found:
        raise NotHere
    return Named(id=found[0].id, name=found[0].name, email=found[0].email)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A group as far as an assignment to it needs to know it; the last three are local settings of its edition."""

    id: int
    reference: str
    facts: GroupFacts
    team_size: int
    in_room: int
    groups_at_once: int


_LOCKED = (
    select(
        *(Group.programme_id, Group.reference, Group.state, Group.starts_on, Group.ends_on),
        *(Edition.team_size, Edition.in_room, Edition.groups_at_once),
        *(Staff.name, Staff.email),
    )
    .join(Group.edition)
    .join(Staff, Staff.id == bindparam("staff_id"))
    .where(
        Group.id == bindparam("group_id"),
        within_given(Group.area_id, "groups"),
        within_given(Staff.area_id, "people"),
    )
    .with_for_update(key_share=True, of=(Group, Staff))
)
_LINKS = (
    select(
        *(Staff.name, Supervision.id, Supervision.supervisor_id, Supervision.role),
        *(Supervision.starts_on, Supervision.ends_on),
    )
    .join(Supervision.supervisor)
    .where(Supervision.group_id == bindparam("group_id"))
)
_SPELLS = select(
    *(cast(null(), String), Assignment.id, Assignment.facilitator_id, Assignment.kind),
    *(Assignment.starts_on, Assignment.ends_on),
).where(Assignment.group_id == bindparam("group_id"))
_CHAIN_AND_TEAM = union_all(_LINKS, _SPELLS)


def to_assign(group_id: int, staff_id: int, *, by: Actor) -> tuple[Known, Named]:
    """Return a group that the actor may change and somebody whose record they may read, after waiting for both.

    So one person is not put into two rooms at a time by two managers at once. What an assignment needs of the group is
    read as columns, by statements made once. Raises NotHere.
    """
    reaches = given(by.reach(Permission.GROUPS_WRITE), "groups") | given(by.reach(Permission.PEOPLE_READ), "people")
    found = rows(_LOCKED, group_id=group_id, staff_id=staff_id, **reaches)
    if not found:
        raise NotHere
    group = found[0]
    chain, team = _chain_and_team(group_id)
    facts = GroupFacts(
        programme_id=group.programme_id,
        state=GroupState(group.state),
        days=Span(first=group.starts_on, last=group.ends_on),
        chain=chain,
        placed=team,
    )
    settings = {"team_size": group.team_size, "in_room": group.in_room, "groups_at_once": group.groups_at_once}
    known = Known(id=group_id, reference=group.reference, facts=facts, **settings)
    return known, Named(id=staff_id, name=group.name, email=group.email)


def _chain_and_team(group_id: int) -> tuple[tuple[Supervised, ...], tuple[Placed, ...]]:
    """Return the group's supervisors and spells, each in the order of their days."""
    chain, team = [], []
    for name, key, staff_id, word, first, last in rows(_CHAIN_AND_TEAM, group_id=group_id):
        days = Span(first=first, last=last)
        if name:
            role = ActingRole(word)
            chain.append(Supervised(id=key, supervisor_id=staff_id, supervisor_name=name, role=role, days=days))
        else:
            team.append(Placed(facilitator_id=staff_id, days=days, kind=AssignmentKind(word)))
    return tuple(sorted(chain, key=_by_days)), tuple(sorted(team, key=_by_days))


def _by_days(one: Supervised | Placed) -> Span:
    return one.days


def known(group: Group) -> Known:
    """Return what an assignment needs to know of a group that `to_change` returned."""
    of = group.edition
    settings = {"team_size": of.team_size, "in_room": of.in_room, "groups_at_once": of.groups_at_once}
    return Known(id=group.id, reference=group.reference, facts=facts(group), **settings)


def facts(group: Group) -> GroupFacts:
    """Return what the rules need to know of the group."""
    chain = (
        Supervised(
            id=link.id,
            supervisor_id=link.supervisor_id,
            supervisor_name=link.supervisor.name,
            role=ActingRole(link.role),
            days=Span(first=link.starts_on, last=link.ends_on),
        )
        for link in group.supervisions
    )
    return GroupFacts(
        programme_id=group.programme_id,
        state=GroupState(group.state),
        days=days_of(group),
        chain=tuple(chain),
        placed=tuple(placed(spell) for spell in group.assignments),
    )


def days_of(row: Group | Supervision | Assignment) -> Span:
    """Return the row's days."""
    return Span(first=row.starts_on, last=row.ends_on)


def placed(spell: Assignment) -> Placed:
    """Return the spell as the rules see it."""
    return Placed(
        facilitator_id=spell.facilitator_id,
        days=days_of(spell),
        kind=AssignmentKind(spell.kind),
        lapses_on=spell.practice_to,
    )
