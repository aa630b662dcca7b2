"""The gaps that a withdrawal leaves in groups, and who could stand in: authorised, free, and near first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, select, union_all

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
from selection.rules.calendar import add_months
from selection.rules.eligibility import SUPERVISING, ActingRole, Person
from selection.rules.handover import reasons_against_supervising
from selection.rules.roles import Actor, Permission
from selection.rules.staffing import has_experience, reasons_against_another_group
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span, day_after, first_gap, joined

LOOKED_AT, SHOWN = 20, 8
"""How many of the nearest are judged for a gap, and how many of those who can are offered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Somebody who could stand in; `experienced` is asked of facilitators alone."""

    staff_id: int
    name: str
    email: str
    area: str
    is_near: bool
    role: ActingRole
    experienced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Days of a group that somebody no longer acts on: as its supervisor, or as a facilitator of a kind.

    `needs_experience` says that too few of the facilitators who stay have the experience that a session needs.
    """

    key: str
    group: Group
    staff_id: int
    name: str
    days: Span
    kind: AssignmentKind | None
    sessions: int
    needs_experience: bool = False
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_supervision(self) -> bool:
        """True if it is the supervisor who is missing."""
        return self.kind is None


@dataclass(frozen=True, kw_only=True, slots=True)
class StandIn:
    """Who shall take over the days of a gap."""

    gap: Gap
    who: Candidate


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

    Near people come first; before them, where the team would be left without experience, those who have it.

    `touched` is what `session_days` says of the plan.
    """
    bare = [*_of_supervision(plan, groups, touched), *_of_team(plan, groups)]
    if not bare:
        return ()
    found = _near(bare, plan, by)
    stay = {number: _who_stay(gap) for number, gap in enumerate(bare)}
    likely_ids = {row.staff_id for rows in found.values() for row in rows}
    people = gather.people(likely_ids.union(*stay.values()))
    return tuple(
        _with_candidates(gap, found.get(number, []), [people[one] for one in stay[number]], people)
        for number, gap in enumerate(bare)
    )


def _who_stay(gap: Gap) -> set[int]:
    """Return who else facilitates the group on each day of a facilitator's gap."""
    spells = gap.group.assignments if not gap.is_supervision else ()
    others = {spell.facilitator_id for spell in spells} - {gap.staff_id}
    return {
        staff_id
        for staff_id in others
        if first_gap([loading.days_of(spell) for spell in spells if spell.facilitator_id == staff_id], gap.days) is None
    }


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


Near = dict[int, list[Candidate]]


def _near(bare: Sequence[Gap], plan: Plan, by: Actor) -> Near:
    """Return, by the gap's number, the nearest people who are likely to be able; one query for all the gaps."""
    found: Near = {}
    leaving = {right.staff_id for right in plan.authorisations}
    asked = [
        _nearest(number, gap, role, leaving, by)
        for number, gap in enumerate(bare)
        for role in (sorted(SUPERVISING, reverse=True) if gap.is_supervision else (ActingRole.FACILITATOR,))
    ]
    for number, staff_id, name, email, area, is_near, role in db.session.execute(union_all(*asked)).all():
        known = found.setdefault(number, [])
        if all(staff_id != one.staff_id for one in known):
            known.append(
                Candidate(
                    staff_id=staff_id,
                    name=name,
                    email=email,
                    area=area,
                    is_near=bool(is_near),
                    role=ActingRole(role),
                    experienced=False,
                )
            )
    return found


def _nearest(
    number: int, gap: Gap, role: ActingRole, leaving: set[int], by: Actor
) -> Select[int, int, str, str, str, int, str]:
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
            Staff.email.label("email"),
            Area.name.label("area"),
            near.label("near"),
            literal(str(role)).label("role"),
        )
        .join(Area, Area.id == Staff.area_id)
        .where(and_(within(Staff.area_id, wish.reach), likely(wish)))
        .order_by(near.desc(), _is_old_hand(gap).desc(), Staff.sort_name, Staff.id)
        .limit(LOOKED_AT)
        .subquery()
    )
    return select(*query.c)


def _is_old_hand(gap: Gap) -> ColumnElement[bool]:
    """Return the condition that somebody has been on such groups about as long as experience takes; rules judge it."""
    since = add_months(gap.days.first, -gap.group.edition.experience_months)
    return exists().where(
        Assignment.facilitator_id == Staff.id,
        Assignment.programme_id == gap.group.programme_id,
        Assignment.starts_on <= since,
    )


def _with_candidates(gap: Gap, rows: Sequence[Candidate], stay: Sequence[Person], people: Mapping[int, Person]) -> Gap:
    edition, first = gap.group.edition, gap.days.first

    def has_it(person: Person) -> bool:
        return has_experience(person, gap.group.programme_id, first, months=edition.experience_months)

    needs = not gap.is_supervision and sum(has_it(person) for person in stay) < edition.experienced_needed
    able = [
        replace(one, experienced=not gap.is_supervision and has_it(people[one.staff_id]))
        for one in rows
        if _can(gap, people[one.staff_id], one.role)
    ]
    able.sort(key=lambda one: (needs and not one.experienced, not one.is_near, one.name))
    return replace(gap, needs_experience=needs, candidates=tuple(able[:SHOWN]))


def _can(gap: Gap, person: Person, role: ActingRole) -> bool:
    facts = loading.facts(gap.group)
    if gap.is_supervision:
        return not reasons_against_supervising(person, role, facts, gap.days)
    most = gap.group.edition.groups_at_once
    return not reasons_against_person(person, facts, gap.days) and not reasons_against_another_group(
        person, gap.group.id, gap.days, most=most
    )
