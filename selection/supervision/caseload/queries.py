"""Everybody who is on an open group today, under whom, and when their next supervision falls due; found in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, case, func, select, type_coerce
from sqlalchemy.orm import aliased, joinedload

from selection.core.days import days_later
from selection.core.db import db
from selection.core.scope import within
from selection.models.groups import Assignment, Group
from selection.models.people import Staff
from selection.models.programmes import Edition
from selection.models.supervision import RecordSubject, SupervisorRecord
from selection.rules.records import RecordKind
from selection.rules.roles import Reach
from selection.rules.supervising import Due, due_on, standing
from selection.rules.supervision import GroupState
from selection.supervision.records.queries import standing as stands
from selection.web.pages import PER_PAGE, Pages

COUNTED = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """Somebody on a group today: since when, under whom, last supervised when, and the next appointment agreed on."""

    staff_id: int
    name: str
    group_id: int
    reference: str
    supervisor_id: int
    supervisor: str
    supervisor_email: str
    first_day: date
    last: date | None
    next_on: date | None
    weeks: int
    soon_days: int

    @property
    def due_on(self) -> date:
        """The last day on which the next supervision is in time."""
        return due_on(self.first_day, self.last, self.weeks)

    def standing(self, today: date) -> Due:
        """Return how the next supervision stands today."""
        return standing(self.due_on, today, soon_days=self.soon_days)


def overdue_page(reach: Reach, *, today: date, overdue: bool, words: str, page: int) -> tuple[list[Charge], Pages]:
    """Return a page of who is on a group of one's areas, whose supervision falls due first on top."""
    conditions = [within(Group.area_id, reach)]
    if words:
        who = Staff.name.icontains(words, autoescape=True)
        conditions.append(who | Group.reference.istartswith(words, autoescape=True))
    query = _charges(today, *conditions, overdue=overdue)
    counted = db.session.scalars(select(func.count()).select_from(query.limit(COUNTED).subquery())).one()
    pages = Pages.at(page, counted, capped=counted == COUNTED)
    return _found(_soonest_first(query).offset(pages.before).limit(PER_PAGE)), pages


def supervised_by(staff_id: int, today: date) -> list[Charge]:
    """Return everybody whom the person supervises today, whose supervision falls due first on top."""
    query = _charges(today, Assignment.supervisor_id == staff_id)
    return _found(_soonest_first(query))


def of_or_under(staff_id: int, today: date) -> list[Charge]:
    """Return the person's own places on groups today, and those of everybody whom they supervise."""
    theirs = (Assignment.supervisor_id == staff_id) | (Assignment.facilitator_id == staff_id)
    return _found(_soonest_first(_charges(today, theirs)))


def how_many_overdue(reach: Reach, today: date) -> int:
    """Return how many are overdue in the areas, at most as many as are counted."""
    query = _charges(today, within(Group.area_id, reach), overdue=True).limit(COUNTED)
    return db.session.scalars(select(func.count()).select_from(query.subquery())).one()


def overdue(today: date) -> list[Charge]:
    """Return everybody whose supervision is overdue, in the whole service, by supervisor."""
    query = _charges(today, overdue=True)
    return _found(query.order_by(Assignment.supervisor_id, Staff.sort_name, Group.id))


def of_person(staff_id: int, today: date) -> list[Charge]:
    """Return the person's places on groups today, and what falls due."""
    return _found(_charges(today, Assignment.facilitator_id == staff_id))


def _charges(today: date, *conditions: ColumnElement[bool], overdue: bool = False) -> Select[Any]:
    supervisor = aliased(Staff)
    query = (
        select(
            Staff.id.label("staff_id"),
            Staff.name.label("name"),
            Group.id.label("group_id"),
            Group.reference.label("reference"),
            supervisor.id.label("supervisor_id"),
            supervisor.name.label("supervisor"),
            supervisor.email.label("supervisor_email"),
            _first_day().label("first_day"),
            _last().label("last"),
            _next(today).label("next_on"),
            Edition.weeks_between_supervision.label("weeks"),
            Edition.due_soon_days.label("soon_days"),
        )
        .select_from(Assignment)
        .join(Staff, Staff.id == Assignment.facilitator_id)
        .join(Group, Group.id == Assignment.group_id)
        .join(Edition, Edition.id == Group.edition_id)
        .join(supervisor, supervisor.id == Assignment.supervisor_id)
        .where(
            Assignment.starts_on <= today,
            Assignment.ends_on >= today,
            Group.state != GroupState.CLOSED,
            *conditions,
        )
    )
    return query.where(_due() < today) if overdue else query


def _soonest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(_due(), Staff.sort_name, Assignment.id)


def _due() -> ColumnElement[Any]:
    """Return the day by which the next supervision is due, as `rules.supervising.due_on` has it."""
    days = Edition.weeks_between_supervision * 7
    still_held = case((days_later(_last(), days) >= _first_day(), _last()), else_=_first_day())
    return days_later(still_held, days)


def _first_day() -> ColumnElement[Any]:
    """Return the person's first day on the group."""
    spell = aliased(Assignment)
    first = select(func.min(spell.starts_on)).where(
        spell.group_id == Assignment.group_id, spell.facilitator_id == Assignment.facilitator_id
    )
    return type_coerce(first.correlate(Assignment).scalar_subquery(), Date)


def _last() -> ColumnElement[Any]:
    """Return the day of the person's last supervision on any group of the programme."""
    return type_coerce(_supervisions(func.max(SupervisorRecord.held_on)).scalar_subquery(), Date)


def _next(today: date) -> ColumnElement[Any]:
    """Return the next appointment with the person, if one is to come; what was agreed on last is what holds."""
    agreed = _supervisions(case((SupervisorRecord.next_on >= today, SupervisorRecord.next_on)))
    last = agreed.where(SupervisorRecord.group_id == Assignment.group_id)
    last = last.order_by(SupervisorRecord.held_on.desc(), SupervisorRecord.id.desc()).limit(1)
    return type_coerce(last.scalar_subquery(), Date)


def _supervisions(what: ColumnElement[Any]) -> Select[Any]:
    of_group = aliased(Group)
    return (
        select(what)
        .select_from(RecordSubject)
        .join(SupervisorRecord, SupervisorRecord.id == RecordSubject.record_id)
        .join(of_group, of_group.id == SupervisorRecord.group_id)
        .where(
            RecordSubject.facilitator_id == Assignment.facilitator_id,
            RecordSubject.kind == RecordKind.SUPERVISION,
            RecordSubject.present,
            of_group.programme_id == Assignment.programme_id,
            stands(),
        )
        .correlate(Assignment)
    )


def _found(query: Select[Any]) -> list[Charge]:
    return [Charge(**row._asdict()) for row in db.session.execute(query)]


def drafts_of(staff_id: int) -> Sequence[SupervisorRecord]:
    """Return the records that the person has begun and not signed, the oldest first."""
    query = (
        select(SupervisorRecord)
        .where(SupervisorRecord.supervisor_id == staff_id, SupervisorRecord.signed_at.is_(None))
        .order_by(SupervisorRecord.made_at)
        .options(joinedload(SupervisorRecord.group, innerjoin=True))
    )
    return db.session.scalars(query).all()
