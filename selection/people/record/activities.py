"""What a person does, did or is to do, read in one query: groups, bookings, centres; and whom they know."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, String, case, cast, literal, null, select, union_all

from selection.core.db import db
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Acquaintance, Staff
from selection.models.training import Booking, Course, Event
from selection.people.record.lines import Activity, Deed, phase
from selection.rules.validity import Span

NO_WORD = cast(null(), String)
NO_PROGRAMME = cast(null(), Integer)
OPEN, CLOSED = "open", "closed"

_Query = Select[*tuple[Any, ...]]


def activities(staff_id: int, today: date) -> tuple[Activity, ...]:
    """Return what the person does, did or is to do, the latest first; of bookings, only what is not over.

    Of a centre there is the state alone (open, closed, or the decision), never a rating.
    """
    queries = (
        _assignments(staff_id),
        _supervisions(staff_id),
        _bookings(staff_id, today),
        _centres(staff_id),
        *_acquaintances(staff_id),
    )
    rows = sorted(db.session.execute(union_all(*queries)), key=lambda row: (row[6], row[1]), reverse=True)
    return tuple(_read(rows, today))


def _read(rows: list[Any], today: date) -> Iterator[Activity]:
    for deed, key, title, detail, state, programme_id, first, last in rows:
        days = Span(first=first, last=last)
        yield Activity(
            deed=Deed(deed),
            id=key,
            title=title,
            detail=detail or "",
            state=state or "",
            programme_id=programme_id,
            days=days,
            phase=phase(days, today),
        )


def _assignments(staff_id: int) -> _Query:
    row = Assignment
    deed = literal(Deed.ASSIGNMENT.value)
    what = (row.group_id, Group.reference, Staff.name, row.kind, row.programme_id)
    query = select(deed, *what, row.starts_on, row.ends_on).join(row.group).join(row.supervisor)
    return query.where(row.facilitator_id == staff_id)


def _supervisions(staff_id: int) -> _Query:
    row = Supervision
    deed = literal(Deed.SUPERVISION.value)
    what = (row.group_id, Group.reference, NO_WORD, row.role, row.programme_id)
    return select(deed, *what, row.starts_on, row.ends_on).join(row.group).where(row.supervisor_id == staff_id)


def _bookings(staff_id: int, today: date) -> _Query:
    row = Event
    deed = literal(Deed.BOOKING.value)
    what = (row.id, row.title, row.venue, Course.stage, Course.programme_id)
    query = select(deed, *what, row.starts_on, row.ends_on).join(row.course).join(row.bookings)
    return query.where(Booking.staff_id == staff_id, Booking.cancelled_at.is_(None), row.ends_on >= today)


def _centres(staff_id: int) -> _Query:
    row = Centre
    undecided = case((row.closed_at.is_(None), OPEN), else_=CLOSED)
    state = case((Decision.result.is_not(None), Decision.result), else_=undecided)
    what = (row.id, row.title, NO_WORD, state, NO_PROGRAMME)
    query = select(literal(Deed.CENTRE.value), *what, row.held_on, row.held_on).join(row.candidacies)
    decided = query.outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
    return decided.where(Candidacy.staff_id == staff_id)


def _acquaintances(staff_id: int) -> Iterator[_Query]:
    row = Acquaintance
    for own, other in ((row.staff_id, row.other_id), (row.other_id, row.staff_id)):
        what = (Staff.id, Staff.name, row.note, NO_WORD, NO_PROGRAMME)
        query = select(literal(Deed.ACQUAINTANCE.value), *what, row.declared_on, row.declared_on)
        yield query.select_from(row).join(Staff, Staff.id == other).where(own == staff_id)
