"""What a person does, did or is to do, read in one query: groups, bookings, centres; and whom they know."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from selection.core.db import rows
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.courses import Course
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Acquaintance, Staff
from selection.models.training import Booking, Event
from selection.people.record.lines import Activity, Deed, phase
from selection.rules.validity import Span

NO_WORD = cast(null(), String)
NO_PROGRAMME = cast(null(), Integer)
OPEN, CLOSED = "open", "closed"

_Query = Select[*tuple[Any, ...]]

_STAFF_ID = bindparam("staff_id", type_=Integer)
_TODAY = bindparam("today", type_=Date)


def activities(staff_id: int, today: date) -> tuple[Activity, ...]:
    """Return what the person does, did or is to do, the latest first; of bookings, only what is not over.

    Of a centre there is the state alone (open, closed, or the decision), never a rating.
    """
    found = rows(_ACTIVITIES, staff_id=staff_id, today=today)
    return tuple(_read(sorted(found, key=lambda row: (row[6], row[1]), reverse=True), today))


def _read(found: list[Any], today: date) -> Iterator[Activity]:
    for deed, key, title, detail, state, programme_id, first, last in found:
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


def _assignments() -> _Query:
    row = Assignment
    deed = _word(Deed.ASSIGNMENT)
    what = (row.group_id, Group.reference, Staff.name, row.kind, row.programme_id)
    query = select(deed, *what, row.starts_on, row.ends_on).join(row.group).join(row.supervisor)
    return query.where(row.facilitator_id == _STAFF_ID)


def _supervisions() -> _Query:
    row = Supervision
    deed = _word(Deed.SUPERVISION)
    what = (row.group_id, Group.reference, NO_WORD, row.role, row.programme_id)
    return select(deed, *what, row.starts_on, row.ends_on).join(row.group).where(row.supervisor_id == _STAFF_ID)


def _bookings() -> _Query:
    row = Event
    deed = _word(Deed.BOOKING)
    what = (row.id, row.title, row.venue, Course.stage, Course.programme_id)
    query = select(deed, *what, row.starts_on, row.ends_on).join(row.course).join(row.bookings)
    return query.where(Booking.staff_id == _STAFF_ID, Booking.cancelled_at.is_(None), row.ends_on >= _TODAY)


def _centres() -> _Query:
    row = Centre
    undecided = case((row.closed_at.is_(None), _word(OPEN)), else_=_word(CLOSED))
    state = case((Decision.result.is_not(None), Decision.result), else_=undecided)
    what = (row.id, row.title, NO_WORD, state, NO_PROGRAMME)
    query = select(_word(Deed.CENTRE), *what, row.held_on, row.held_on).join(row.candidacies)
    decided = query.outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
    return decided.where(Candidacy.staff_id == _STAFF_ID)


def _acquaintances() -> Iterator[_Query]:
    row = Acquaintance
    for own, other in ((row.staff_id, row.other_id), (row.other_id, row.staff_id)):
        what = (Staff.id, Staff.name, row.note, NO_WORD, NO_PROGRAMME)
        query = select(_word(Deed.ACQUAINTANCE), *what, row.declared_on, row.declared_on)
        yield query.select_from(row).join(Staff, Staff.id == other).where(own == _STAFF_ID)


def _word(of: str) -> ColumnElement[str]:
    return literal_column(f"'{of}'", String)


_ACTIVITIES = union_all(_assignments(), _supervisions(), _bookings(), _centres(), *_acquaintances())
