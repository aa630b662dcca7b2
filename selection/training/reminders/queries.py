"""Reads of what is about to end: the certificates, the groups that would lose somebody, and who must hear of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from selection.authorisation.explain import explain_each
from selection.core import clock
from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.courses import Course
from selection.models.groups import Assignment, Group, Supervision
from selection.models.notices import Reminder
from selection.models.people import Account, Area, Grant, Staff
from selection.models.programmes import Programme
from selection.models.training import Booking, Event
from selection.rules.eligibility import ActingRole
from selection.rules.explanation import Question
from selection.rules.programmes import Stage
from selection.rules.reminders import is_renewed
from selection.rules.roles import Reach, Role
from selection.rules.supervision import GroupState
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """A certificate that ends and that nothing renews, and whose it is; `programme` is its code, empty for none."""

    certificate_id: int
    staff_id: int
    name: str
    email: str
    area_id: int
    area: str
    stage: Stage
    programme_id: int | None
    programme: str
    days: Span
    recognised: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A group that a person acts on, as what, and until when it counts on them.

    It counts on them to its own end if their spell lasts as long as their authorisation did when it was made; a spell
    that is shorter, such as that of somebody who covers for a while, ends as it was meant to.
    """

    reference: str
    area_id: int
    programme_id: int
    until: date
    role: ActingRole

    def is_touched_by(self, ending: Ending) -> bool:
        """True if it counts on them after a certificate has ended that acting on it rests on."""
        return ending.programme_id in (None, self.programme_id) and self.until > ending.days.last

    def to_its_end(self, today: date) -> Question:
        """Ask whether one may act on it from today for as long as it counts on them."""
        return Question(role=self.role, programme_id=self.programme_id, days=Span(first=today, last=self.until))


def endings(today: date, until: date, reach: Reach) -> list[Ending]:
    """Return the certificates whose last day lies from today to `until`, soonest first, of people within reach.

    Left out are those that a later one of the same step renews without a gap, and those of people who have left by
    their last day.
    """
    later = aliased(Certificate)
    renews = and_(
        later.staff_id == Certificate.staff_id,
        later.stage == Certificate.stage,
        func.coalesce(later.programme_id, 0) == func.coalesce(Certificate.programme_id, 0),
        later.valid_to > Certificate.valid_to,
    )
    query = (
        select(*_ENDING, later.valid_from, later.valid_to)
        .join(Staff, Staff.id == Certificate.staff_id)
        .join(Area, Area.id == Staff.area_id)
        .outerjoin(Programme, Programme.id == Certificate.programme_id)
        .outerjoin(later, renews)
        .where(_ends_between(today, until), within(Staff.area_id, reach))
        .order_by(Certificate.valid_to, Staff.sort_name, Certificate.id)
    )
    found: dict[int, Ending] = {}
    others: defaultdict[int, list[Span]] = defaultdict(list)
    for *ending, later_from, later_to in db.session.execute(query):
        found[ending[0]] = _ending(ending)
        if later_from is not None:
            others[ending[0]].append(Span(first=later_from, last=later_to))
    return [one for one in found.values() if not is_renewed(one.days, others[one.certificate_id])]


_ENDING = (
    Certificate.id,
    Certificate.staff_id,
    Staff.name,
    Staff.email,
    Staff.area_id,
    Area.name,
    Certificate.stage,
    Certificate.programme_id,
    Programme.code,
    Certificate.valid_from,
    Certificate.valid_to,
    Certificate.recognition_id.is_not(None),
)


def _ends_between(today: date, until: date) -> ColumnElement[bool]:
    return and_(
        Certificate.valid_to.between(today, until),
        Certificate.valid_from <= Certificate.valid_to,
        Certificate.withdrawn_on.is_(None),
        or_(Staff.left_on.is_(None), Staff.left_on > Certificate.valid_to),
    )


def _ending(row: Sequence[Any]) -> Ending:
    certificate_id, staff_id, name, email, area_id, area, stage, programme_id, programme, first, last, recognised = row
    return Ending(
        certificate_id=certificate_id,
        staff_id=staff_id,
        name=name,
        email=email,
        area_id=area_id,
        area=area,
        stage=Stage(stage),
        programme_id=programme_id,
        programme=programme or "",
        days=Span(first=first, last=last),
        recognised=recognised,
    )


def groups_at_risk(found: Iterable[Ending], today: date) -> dict[int, tuple[Post, ...]]:
    """Return, by certificate, the groups that would lose the person because it ends, by reference; in two queries.

    Whether somebody may act to the end of a group is not judged here: it is asked where every page asks it.
    """
    endings = list(found)
    acting: defaultdict[int, dict[tuple[str, str], Post]] = defaultdict(dict)
    if endings:
        rows = db.session.execute(union_all(*_acting({one.staff_id for one in endings}, today)).order_by("until"))
        for staff_id, reference, area_id, programme_id, until, role in rows:  # whose until is the latest comes last
            acting[staff_id][reference, role] = Post(
                reference=reference, area_id=area_id, programme_id=programme_id, until=until, role=ActingRole(role)
            )
    touched = [(one, post) for one in endings for post in acting[one.staff_id].values() if post.is_touched_by(one)]
    answers = explain_each((one.staff_id, post.to_its_end(today)) for one, post in touched)
    lost: defaultdict[int, list[Post]] = defaultdict(list)
    for one, post in touched:
        if not answers[one.staff_id, post.to_its_end(today)].is_yes:
            lost[one.certificate_id].append(post)
    return {one.certificate_id: tuple(sorted(lost[one.certificate_id], key=_reference)) for one in endings}


def _reference(post: Post) -> str:
    return post.reference


def _acting(staff_ids: set[int], today: date) -> Iterable[Select[*tuple[Any, ...]]]:
    """Return who acts on which group as what, from today on: the facilitators, and the supervisors."""
    facilitator = literal(ActingRole.FACILITATOR.value)
    for row, person, role in (
        (Assignment, Assignment.facilitator_id, facilitator),
        (Supervision, Supervision.supervisor_id, Supervision.role),
    ):
        until = case((row.ends_on >= row.authorisation_to, Group.ends_on), else_=row.ends_on).label("until")
        query = select(person, Group.reference, Group.area_id, Group.programme_id, until, role).join(
            Group, Group.id == row.group_id
        )
        yield query.where(person.in_(staff_ids), row.ends_on >= today, Group.state != GroupState.CLOSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """Somebody who holds a role over an area, or (None) over all."""

    email: str
    name: str
    role: Role
    area_id: int | None


def offices() -> list[Office]:
    """Return every training lead and programme manager, by area; those whose login is closed are left out."""
    query = (
        select(Account.email, Account.name, Grant.role, Grant.area_id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Account.active, Grant.role.in_((Role.TRAINING_LEAD, Role.PROGRAMME_MANAGER)))
        .order_by(Account.email)
    )
    return [
        Office(email=email, name=name, role=Role(role), area_id=area_id)
        for email, name, role, area_id in db.session.execute(query)
    ]


def told(certificate_ids: Iterable[int]) -> Mapping[int, tuple[date, int]]:
    """Return, by certificate, on which day a reminder last went out, and to how many addresses in all."""
    row = Reminder
    query = select(row.certificate_id, func.max(row.made_at), func.count(row.to_address.distinct()))
    query = query.where(row.certificate_id.in_(list(certificate_ids))).group_by(row.certificate_id)
    return {key: (clock.london(last).date(), count) for key, last, count in db.session.execute(query)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Booked:
    """A coming event on which a certificate can be renewed, and on which its holder is booked."""

    event_id: int
    title: str
    starts_on: date


def booked(found: Iterable[Ending], today: date) -> dict[int, Booked]:
    """Return, by certificate, the first event that is not over, could renew it, and has its holder booked."""
    held = {(one.staff_id, one.stage, one.programme_id): one.certificate_id for one in found}
    query = (
        select(Booking.staff_id, Course.stage, Course.programme_id, Event.id, Event.title, Event.starts_on)
        .join(Event, Event.id == Booking.event_id)
        .join(Course, Course.id == Event.course_id)
        .where(Booking.staff_id.in_({staff_id for staff_id, *_ in held}), Booking.cancelled_at.is_(None))
        .where(Event.cancelled_at.is_(None), Event.ends_on >= today)
        .order_by(Event.starts_on.desc(), Event.id.desc())
    )
    return {
        held[staff_id, Stage(stage), programme_id]: Booked(event_id=event_id, title=title, starts_on=starts_on)
        for staff_id, stage, programme_id, event_id, title, starts_on in db.session.execute(query)
        if (staff_id, Stage(stage), programme_id) in held
    }
