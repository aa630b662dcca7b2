"""What waits for a person among the groups."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload

from selection.core.db import db
from selection.core.scope import within
from selection.groups.group.queries import RUNNING, Entry, entries, with_team
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.rules.roles import Actor, Permission, Reach
from selection.rules.supervision import GroupState
from selection.rules.validity import day_after
from selection.rules.words import day_in_words
from selection.web.waiting import Waiting

STARTS_SOON = timedelta(weeks=8)
ENDS_SOON = timedelta(days=60)
MOST = 50


def waiting_for(by: Actor, today: date) -> tuple[Waiting, ...]:
    """Return what groups ask of the person: as a manager of areas, and as who supervises or facilitates."""
    return tuple(_waiting(by, today))


def _waiting(by: Actor, today: date) -> Iterator[Waiting]:
    managed = by.reach(Permission.GROUPS_WRITE)
    if managed:
        yield from _groups(managed, today)
        yield from _handovers(managed, today)
    if by.staff_id is not None:
        yield from _own(by, by.staff_id, today)


def _groups(managed: Reach, today: date) -> Iterator[Waiting]:
    """Yield the groups that start soon or run and lack a supervisor or facilitators, and those to be closed."""
    query = with_team(today).where(
        within(Group.area_id, managed), Group.state.in_(RUNNING), Group.starts_on <= today + STARTS_SOON
    )
    for entry in entries(query.order_by(Group.starts_on, Group.id)):
        if what := _lacks(entry, today):
            yield what


def _lacks(entry: Entry, today: date) -> Waiting | None:
    group = entry.group
    supervise, assign = (url_for(f"groups.{view}", group_id=group.id) for view in ("supervise", "assign"))
    begins = max(today, group.starts_on)
    days = f"{day_in_words(group.starts_on)} to {day_in_words(group.ends_on)}"
    if group.ends_on < today:
        ended = f"Its last day was {day_in_words(group.ends_on)}."
        close = url_for("groups.close", group_id=group.id)
        return Waiting(title=f"Close {group.reference}", detail=ended, url=close, due=today)
    if group.state == GroupState.PLANNED:
        title = f"Name a supervisor for {group.reference}"
        return Waiting(title=title, detail=f"Planned from {days}.", url=supervise, due=begins)
    if group.state == GroupState.HALTED:
        first = group.starts_on if group.supervised_to is None else day_after(group.supervised_to)
        detail = f"Halted: nobody supervises it from {day_in_words(first)}."
        return Waiting(title=f"Name a supervisor for {group.reference}", detail=detail, url=supervise, due=first)
    if entry.is_short:
        detail = f"{entry.team} of {group.edition.team_size} regular facilitators; it runs from {days}."
        return Waiting(title=f"{group.reference} is short of facilitators", detail=detail, url=assign, due=begins)
    return None


def _handovers(managed: Reach, today: date) -> Iterator[Waiting]:
    """Yield the supervisions that end soon while their group goes on under somebody else."""
    later = aliased(Supervision)
    after = aliased(Staff)
    query = (
        select(Supervision, after.name)
        .join(Supervision.group)
        .join(later, (later.group_id == Supervision.group_id) & (later.follows_on == Supervision.ends_on))
        .join(after, after.id == later.supervisor_id)
        .where(
            within(Group.area_id, managed),
            Group.state == GroupState.OPEN,
            Supervision.ends_on.between(today, today + ENDS_SOON),
            later.supervisor_id != Supervision.supervisor_id,
        )
        .order_by(Supervision.ends_on, Supervision.id)
        .limit(MOST)
        .options(contains_eager(Supervision.group), joinedload(Supervision.supervisor))
    )
    for link, name in db.session.execute(query):
        yield Waiting(
            title=f"Supervision of {link.group.reference} passes to {name}",
            detail=f"{link.supervisor.name} supervises until {day_in_words(link.ends_on)}.",
            url=url_for("groups.show", group_id=link.group_id),
            due=link.ends_on,
        )


def _own(by: Actor, staff_id: int, today: date) -> Iterator[Waiting]:
    """Yield the groups that the person supervises or facilitates, now or later."""
    supervises = (
        select(
            literal("supervise"), Group.id, Group.reference, Group.area_id, Supervision.starts_on, Supervision.ends_on
        )
        .join(Supervision.group)
        .where(Supervision.supervisor_id == staff_id, Supervision.ends_on >= today)
    )
    delivers = (
        select(literal("deliver"), Group.id, Group.reference, Group.area_id, Assignment.starts_on, Assignment.ends_on)
        .join(Assignment.group)
        .where(Assignment.facilitator_id == staff_id, Assignment.ends_on >= today)
    )
    readable = by.reach(Permission.GROUPS_READ)
    for verb, group_id, reference, area_id, first, last in db.session.execute(union_all(supervises, delivers)):
        own = "supervision.group" if verb == "supervise" else "delivery.group"
        yield Waiting(
            title=f"You {verb} {reference}",
            detail=f"From {day_in_words(first)} to {day_in_words(last)}.",
            url=url_for("groups.show" if readable.takes_in(area_id) else own, group_id=group_id),
            due=first if first > today else None,
        )
