"""The gaps that a withdrawal leaves in groups, and who could stand in: authorised, free, and near first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, and_, case, literal, select, union_all

from selection.authorisation import gather
from selection.authorisation.places import coming, wall_clock
from selection.authorisation.plan import Plan
from selection.core.db import db
from selection.core.scope import within
from selection.groups import loading
from selection.groups.candidates import Wish, likely
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Area, Staff
from selection.models.sessions import GroupSession
from selection.rules.assignment import reasons_against_person
from selection.rules.eligibility import SUPERVISING, ActingRole, Person
from selection.rules.handover import reasons_against_supervising
from selection.rules.roles import Actor, Permission
from selection.rules.staffing import reasons_against_another_group
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span, day_after, joined

LOOKED_AT, SHOWN = 20, 8
"""How many of the nearest are judged for a gap, and how many of those who can are offered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Somebody who could stand in."""

    staff_id: int
    name: str
    area: str
    is_near: bool
    role: ActingRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Days of a group that somebody no longer acts on: as its supervisor, or as a facilitator of a kind."""

    key: str
    group: Group
    staff_id: int
    name: str
    days: Span
    kind: AssignmentKind | None
    sessions: int
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_supervision(self) -> bool:
        """True if it is the supervisor who is missing."""
        return self.kind is None


def session_days(plan: Plan) -> dict[int, list[date]]:
    """Return on which days each group touched has sessions that lose somebody, by its id.

    A group that loses its supervisor loses somebody at each session to come, and one that loses a facilitator at those
    at which they have a place. At most one query.
    """
    halted = {link.group_id for link in plan.supervisions}
    query = select(GroupSession.group_id, GroupSession.day).where(
        GroupSession.group_id.in_(halted), GroupSession.day >= plan.from_day, coming(wall_clock())
    )
    found = {(place.group_id, place.session_id): place.session_day for place in plan.places}
    days: dict[int, list[date]] = {}
    for (group_id, _), day in sorted(found.items(), key=lambda one: one[1]):
        if group_id not in halted:
            days.setdefault(group_id, []).append(day)
    for group_id, day in db.session.execute(query.order_by(GroupSession.day)).all() if halted else ():
        days.setdefault(group_id, []).append(day)
    return days


def stays_ended(plan: Plan, group_id: int) -> list[tuple[str, Span]]:
    """Return who loses days on the group: each name with days in a row, whoever supervised on which of them."""
    spells = [spell for spell in plan.assignments if spell.group_id == group_id]
    people = {spell.facilitator_id: spell.facilitator.name for spell in spells}
    return [
        (name, days)
        for staff_id, name in people.items()
        for days in joined(loading.days_of(spell) for spell in spells if spell.facilitator_id == staff_id)
    ]


def gaps(
    plan: Plan, groups: Mapping[int, Group], touched: Mapping[int, Sequence[date]], *, by: Actor
) -> tuple[Gap, ...]:
    """Return the gaps that the plan leaves, supervisors first, each with who could stand in; two queries in all.

    `touched` is what `session_days` says of the plan.
    """
    bare = [*_of_supervision(plan, groups, touched), *_of_team(plan, groups)]
    if not bare:
        return ()
    found = _near(bare, plan, by)
    people = gather.people({staff_id for rows in found.values() for staff_id, *_ in rows})
    return tuple(_with_candidates(gap, found.get(number, []), people) for number, gap in enumerate(bare))


def _of_supervision(plan: Plan, groups: Mapping[int, Group], touched: Mapping[int, Sequence[date]]) -> Iterable[Gap]:
    own = [link for link in plan.supervisions if plan.is_own(link)]
    for group_id in dict.fromkeys(link.group_id for link in own):
        links = [link for link in own if link.group_id == group_id]
        for days in joined(_rest(link, plan) for link in links):
            yield Gap(
                key=f"s{group_id}-{days.first}",
                group=groups[group_id],
                staff_id=links[0].supervisor_id,
                name=links[0].supervisor.name,
                days=days,
                kind=None,
                sessions=sum(day in days for day in touched.get(group_id, ())),
            )


def _of_team(plan: Plan, groups: Mapping[int, Group]) -> Iterable[Gap]:
    own = [spell for spell in plan.assignments if plan.is_own(spell)]
    for group_id, kind in dict.fromkeys((spell.group_id, spell.kind) for spell in own):
        spells = [spell for spell in own if (spell.group_id, spell.kind) == (group_id, kind)]
        for days in joined(_rest(spell, plan) for spell in spells):
            key = f"f{group_id}-{kind}-{days.first}"
            who = spells[0].facilitator
            mine = (
                place.session_id
                for place in plan.places
                if place.group_id == group_id and place.facilitator_id == who.id and place.session_day in days
            )
            yield Gap(
                key=key,
                group=groups[group_id],
                staff_id=who.id,
                name=who.name,
                days=days,
                kind=AssignmentKind(kind),
                sessions=len(set(mine)),
            )


def _rest(row: Supervision | Assignment, plan: Plan) -> Span:
    return Span(first=max(row.starts_on, day_after(plan.last)), last=row.ends_on)


Near = dict[int, list[tuple[int, str, str, bool, ActingRole]]]


def _near(bare: Sequence[Gap], plan: Plan, by: Actor) -> Near:
    """Return, by the gap's number, the nearest people who are likely to be able; one query for all the gaps."""
    found: Near = {}
    leaving = {right.staff_id for right in plan.authorisations}
    asked = [
        _nearest(number, gap, role, leaving, by)
        for number, gap in enumerate(bare)
        for role in (sorted(SUPERVISING, reverse=True) if gap.is_supervision else (ActingRole.FACILITATOR,))
    ]
    for number, staff_id, name, area, is_near, role in db.session.execute(union_all(*asked)).all():
        known = found.setdefault(number, [])
        if all(staff_id != one[0] for one in known):
            known.append((staff_id, name, area, bool(is_near), ActingRole(role)))
    for rows in found.values():
        rows.sort(key=lambda row: (not row[3], row[1]))
    return found


def _nearest(
    number: int, gap: Gap, role: ActingRole, leaving: set[int], by: Actor
) -> Select[int, int, str, str, int, str]:
    group = gap.group
    days = gap.days
    taken = {spell.facilitator_id for spell in group.assignments if loading.days_of(spell).meets(days)}
    taken |= {link.supervisor_id for link in group.supervisions if loading.days_of(link).meets(days)}
    wish = Wish(
        role=role,
        programme_id=group.programme_id,
        days=days,
        reach=by.reach(Permission.PEOPLE_READ),
        taken=frozenset(taken | leaving),
    )
    near = case((Staff.area_id == group.area_id, 1), else_=0)
    query = (
        select(
            literal(number).label("gap"),
            Staff.id.label("staff_id"),
            Staff.name.label("name"),
            Area.name.label("area"),
            near.label("near"),
            literal(str(role)).label("role"),
        )
        .join(Area, Area.id == Staff.area_id)
        .where(and_(within(Staff.area_id, wish.reach), likely(wish)))
        .order_by(near.desc(), Staff.sort_name, Staff.id)
        .limit(LOOKED_AT)
        .subquery()
    )
    return select(query.c.gap, query.c.staff_id, query.c.name, query.c.area, query.c.near, query.c.role)


def _with_candidates(
    gap: Gap, rows: Sequence[tuple[int, str, str, bool, ActingRole]], people: Mapping[int, Person]
) -> Gap:
    able = [
        Candidate(staff_id=staff_id, name=name, area=area, is_near=is_near, role=role)
        for staff_id, name, area, is_near, role in rows
        if _can(gap, people[staff_id], role)
    ]
    return replace(gap, candidates=tuple(able[:SHOWN]))


def _can(gap: Gap, person: Person, role: ActingRole) -> bool:
    facts = loading.facts(gap.group)
    if gap.is_supervision:
        return not reasons_against_supervising(person, role, facts, gap.days)
    most = gap.group.edition.groups_at_once
    return not reasons_against_person(person, facts, gap.days) and not reasons_against_another_group(
        person, gap.group.id, gap.days, most=most
    )
