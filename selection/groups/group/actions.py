"""Verbs on groups: plan, change, close."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete, func, or_, select

from selection.authorisation import gather
from selection.authorisation.places import coming, wall_clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.core.storing import refused_with
from selection.groups import loading
from selection.groups.editions.queries import newest_edition
from selection.groups.sessions.outside import take_back_outside
from selection.groups.supervision.chain import Wanted, new_links, within_days
from selection.groups.supervision.rewriting import rewrite
from selection.models.groups import Group, Supervision
from selection.models.programmes import Edition
from selection.models.sessions import GroupSession, Trainee
from selection.rules.eligibility import ActingRole
from selection.rules.groups import (
    Run,
    Sizes,
    reasons_against_change,
    reasons_against_closing,
    reasons_against_cutting,
    reasons_against_planning,
)
from selection.rules.handover import cut_by_rights, reasons_against_supervising
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.supervision import GroupState
from selection.rules.validity import Span, day_after, day_before
from selection.trail.record import changed, record

KEPT = (
    "reference",
    "programme_id",
    "edition_id",
    "area_id",
    "venue",
    "size",
    "starts_on",
    "ends_on",
    "state",
    "supervised_to",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Particulars:
    """What a manager says of a group and may change later."""

    reference: str
    venue: str
    size: int
    days: Span


def plan(particulars: Particulars, *, programme_id: int, area_id: int, today: date, by: Actor) -> Group:
    """Plan a group in an area of the actor's, under the programme's newest edition; raises Refused.

    The same plan sent twice is one group.
    """
    if not by.reach(Permission.GROUPS_WRITE).takes_in(area_id):
        raise NotHere
    edition = newest_edition(programme_id)
    group = Group(
        reference=particulars.reference,
        programme_id=programme_id,
        edition_id=edition.id,
        area_id=area_id,
        venue=particulars.venue,
        size=particulars.size,
        starts_on=particulars.days.first,
        ends_on=particulars.days.last,
        state=GroupState.PLANNED,
    )
    other = _of_reference(particulars.reference)
    if other is not None and _values(other) == _values(group):
        return other
    reasons = [
        *reasons_against_planning(particulars.days, size=particulars.size, sizes=_sizes(edition), today=today),
        *_taken_by_another(particulars.reference, None),
    ]
    if reasons:
        raise Refused(*reasons)
    with refused_with(lambda: _taken_by_another(particulars.reference, None)):
        db.session.add(group)
    record("group.planned", by=by, subject_id=group.id, after=_values(group))
    return group


def change(group: Group, particulars: Particulars, *, today: date, by: Actor, without_sessions: bool = False) -> None:
    """Change a group; added days stay under whoever supervises next to them, lost days end what stood on them.

    `without_sessions` takes back the sessions to come that would lie outside the days. The group is one that
    `loading.to_change` returned. Raises Refused with every reason against it.
    """
    days, size, sizes = particulars.days, particulars.size, _sizes(group.edition)
    group_id = group.id
    reasons = [
        *reasons_against_change(_run(group), days, size=size, sizes=sizes, today=today),
        *_taken_by_another(particulars.reference, group_id),
        *(() if without_sessions else _sessions_outside(group_id, days)),
    ]
    if reasons:
        raise Refused(*reasons)
    more = _links_for_added_days(group, days)
    if without_sessions:
        take_back_outside(group, days, by=by)
    before = _values(group)
    with refused_with(
        lambda: (*_taken_by_another(particulars.reference, group_id), *_sessions_outside(group_id, days))
    ):
        group.reference, group.venue, group.size = particulars.reference, particulars.venue, size
        if days != loading.days_of(group):
            rewrite(group, within_days(group, days, more), days=days, reason="The group's days were changed.", by=by)
    was, now = changed(before, _values(group))
    if now:
        record("group.changed", by=by, subject_id=group.id, before=was, after=now)


def close(group: Group, *, today: date, by: Actor) -> None:
    """Close a group that is over, or that was only planned; raises Refused."""
    if reasons := reasons_against_closing(_run(group), today=today):
        raise Refused(*reasons)
    before = _values(group)
    if group.state == GroupState.PLANNED:
        rewrite(group, [], days=loading.days_of(group), reason="The group was closed before it opened.", by=by)
    _drop_coming_sessions(group.id)
    group.state = GroupState.CLOSED
    db.session.flush()
    was, now = changed(before, _values(group))
    record("group.closed", by=by, subject_id=group.id, before=was, after=now)


def _drop_coming_sessions(group_id: int) -> None:
    """Take back what a group that never opened, or was halted, would still have delivered, with who was to sit in."""
    still = select(GroupSession.id).where(GroupSession.group_id == group_id, coming(wall_clock()))
    db.session.execute(delete(Trainee).where(Trainee.session_id.in_(still)))
    db.session.execute(delete(GroupSession).where(GroupSession.id.in_(still)))


def _links_for_added_days(group: Group, days: Span) -> list[Wanted]:
    """Return who supervises the days that the group gains, or raise Refused if one of them may not."""
    added: list[tuple[Supervision, Span, str]] = []
    if group.supervisions and days.first < group.starts_on:
        earlier = Span(first=days.first, last=day_before(group.starts_on))
        added.append((group.supervisions[0], earlier, "starts_on"))
    if group.state == GroupState.OPEN and days.last > group.ends_on:
        later = Span(first=day_after(group.ends_on), last=days.last)
        added.append((group.supervisions[-1], later, "ends_on"))
    people = gather.people({row.supervisor_id for row, _, _ in added})
    facts = loading.facts(group)
    links: list[Wanted] = []
    reasons: list[Reason] = []
    for row, span, field in added:
        person, role = people[row.supervisor_id], ActingRole(row.role)
        against = reasons_against_supervising(person, role, facts, span)
        reasons += [replace(reason, field=field) for reason in against]
        cut = cut_by_rights(span, person.rights_as(role, group.programme_id))
        links += new_links(cut, supervisor_id=row.supervisor_id)
    if reasons:
        raise Refused(*reasons)
    return links


def _run(group: Group) -> Run:
    return Run(state=GroupState(group.state), days=loading.days_of(group), supervised_to=group.supervised_to)


def _sizes(edition: Edition) -> Sizes:
    return Sizes(least=edition.group_min, most=edition.group_max)


def _of_reference(reference: str) -> Group | None:
    return db.session.scalars(select(Group).where(Group.reference == reference)).one_or_none()


def _taken_by_another(reference: str, group_id: int | None) -> Iterator[Reason]:
    other = _of_reference(reference)
    if other is not None and other.id != group_id:
        yield Reason(
            code="group.reference_taken",
            message=f"There is a group with the reference {reference} already.",
            remedy="Choose another reference.",
            field="reference",
        )


def _sessions_outside(group_id: int, days: Span) -> tuple[Reason, ...]:
    outside = or_(GroupSession.day < days.first, GroupSession.day > days.last)
    query = select(func.count(), func.min(GroupSession.day), func.max(GroupSession.day))
    number, first, last = db.session.execute(query.where(GroupSession.group_id == group_id, outside)).one()
    return reasons_against_cutting(number, first, last, days)


def _values(group: Group) -> dict[str, object]:
    return {key: getattr(group, key) for key in KEPT}
