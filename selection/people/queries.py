"""Reads that several pages of the slice share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from selection.core.db import db, rows
from selection.core.errors import NotHere
from selection.core.scope import given, within, within_given
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Acquaintance, Area, Staff
from selection.rules.register import Entry
from selection.rules.roles import Reach


def person(staff_id: int, reach: Reach) -> Staff:
    """Return the staff member with area and line manager, or raise NotHere if there is none within reach."""
    query = (
        select(Staff)
        .where(Staff.id == staff_id, within(Staff.area_id, reach))
        .options(joinedload(Staff.area), joinedload(Staff.line_manager))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotHere
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What the register holds of a person, for reading; the area and the line manager by name."""

    id: int
    number: str
    name: str
    email: str
    job_title: str
    area_id: int
    area: str
    line_manager: str | None
    joined_on: date
    left_on: date | None


_MANAGER = aliased(Staff)
_DETAILS = (
    select(
        *(Staff.id, Staff.number, Staff.name, Staff.email, Staff.job_title, Staff.area_id, Area.name.label("area")),
        *(_MANAGER.name.label("line_manager"), Staff.joined_on, Staff.left_on),
    )
    .join(Staff.area)
    .outerjoin(_MANAGER, _MANAGER.id == Staff.line_manager_id)
    .where(Staff.id == bindparam("staff_id"), within_given(Staff.area_id))
)


def details(staff_id: int, reach: Reach) -> Details:
    """Return what the register holds of a person, or raise NotHere if there is none within reach."""
    for row in rows(_DETAILS, staff_id=staff_id, **given(reach)):
        return Details(**row._mapping)  # noqa: SLF001 - its public name
    raise NotHere


def by_number(number: str, reach: Reach) -> Staff | None:
    """Return the staff member with the number, or None if there is none within reach."""
    query = select(Staff).where(Staff.number == number, within(Staff.area_id, reach))
    return db.session.scalars(query).one_or_none()


def entry_of(person: Staff) -> Entry:
    """Return what the register holds of a person."""
    return Entry(
        number=person.number,
        name=person.name,
        email=person.email,
        job_title=person.job_title,
        area_id=person.area_id,
        joined_on=person.joined_on,
        left_on=person.left_on,
        line_manager=person.line_manager.number if person.line_manager else "",
    )


def fields_of(person: Staff) -> dict[str, Any]:
    """Return what the register holds of a person, and its version, by the names of the form's fields."""
    return asdict(entry_of(person)) | {"version": person.version}


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """Whom an entry meets on the register: by its number, its address, and its line manager's number."""

    number_of: int | None = None
    email_of: int | None = None
    manager_id: int | None = None
    manager_area: int | None = None


def met_by(entry: Entry) -> Met:
    """Return whom the entry meets; one query."""
    numbers = {entry.number, entry.line_manager} - {""}
    query = select(Staff.id, Staff.number, Staff.email, Staff.area_id)
    rows = db.session.execute(query.where(or_(Staff.number.in_(numbers), Staff.email == entry.email))).all()
    by_number = {row.number: row for row in rows}
    manager = by_number.get(entry.line_manager)
    return Met(
        number_of=by_number[entry.number].id if entry.number in by_number else None,
        email_of=next((row.id for row in rows if row.email == entry.email), None),
        manager_id=manager.id if manager else None,
        manager_area=manager.area_id if manager else None,
    )


def are_acquainted(one: int, another: int) -> bool:
    """True if the two are declared acquaintances, in either direction."""
    either = or_(
        and_(Acquaintance.staff_id == one, Acquaintance.other_id == another),
        and_(Acquaintance.staff_id == another, Acquaintance.other_id == one),
    )
    return db.session.scalars(select(Acquaintance.staff_id).where(either).limit(1)).one_or_none() is not None


def at_work_after(leaving: Iterable[tuple[int, date]]) -> dict[int, list[tuple[str, date]]]:
    """Return, by staff id, the groups on which people are beyond the day on which they leave, and until when."""
    days = dict(leaving)
    assigned = select(Assignment.facilitator_id, Group.reference, Assignment.ends_on).join(Assignment.group)
    supervising = select(Supervision.supervisor_id, Group.reference, Supervision.ends_on).join(Supervision.group)
    query = union_all(
        assigned.where(Assignment.facilitator_id.in_(days)), supervising.where(Supervision.supervisor_id.in_(days))
    )
    found: defaultdict[int, set[tuple[str, date]]] = defaultdict(set)
    for staff_id, reference, ends_on in db.session.execute(query):
        if ends_on > days[staff_id]:
            found[staff_id].add((reference, ends_on))
    return {staff_id: sorted(spells) for staff_id, spells in found.items()}
