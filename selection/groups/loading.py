"""A group and its chain, read or locked for a decision, and as the rules see it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.rules.assignment import GroupFacts, Placed
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Actor, Permission
from selection.rules.supervision import AssignmentKind, GroupState, Supervised
from selection.rules.validity import Span

_WHOLE = (
    joinedload(Group.programme, innerjoin=True),
    joinedload(Group.area, innerjoin=True),
    joinedload(Group.supervisions).joinedload(Supervision.supervisor, innerjoin=True),
    selectinload(Group.assignments).options(
        joinedload(Assignment.facilitator, innerjoin=True), joinedload(Assignment.supervisor, innerjoin=True)
    ),
)


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
    lock = select(Group.id).where(Group.id == group_id, within(Group.area_id, by.reach(Permission.GROUPS_WRITE)))
    if db.session.scalars(lock.with_for_update(key_share=True)).one_or_none() is None:
        raise NotHere
    return to_read(group_id, Permission.GROUPS_WRITE, by=by)


def to_change_with(group_id: int, staff_id: int, *, by: Actor) -> tuple[Group, Staff]:
    """Return a group that the actor may change and somebody whose record they may read, after waiting for both.

    So one person is not put into two rooms at a time by two managers at once. Raises NotHere.
    """
    lock = (
        select(Group.id, Staff)
        .join(Staff, Staff.id == staff_id)
        .where(
            Group.id == group_id,
            within(Group.area_id, by.reach(Permission.GROUPS_WRITE)),
            within(Staff.area_id, by.reach(Permission.PEOPLE_READ)),
        )
    )
    found = db.session.execute(lock.with_for_update(key_share=True)).one_or_none()
    if found is None:
        raise NotHere
    return to_read(group_id, Permission.GROUPS_WRITE, by=by), found[1]


def staff_in_reach(staff_id: int, *, by: Actor) -> Staff:
    """Return a staff member whose record the actor may read; raises NotHere."""
    query = select(Staff).where(Staff.id == staff_id, within(Staff.area_id, by.reach(Permission.PEOPLE_READ)))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotHere
    return found


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
    return Placed(facilitator_id=spell.facilitator_id, days=days_of(spell), kind=AssignmentKind(spell.kind))
