"""Reads of what was agreed on: what is open, what is overdue, and who may say that it is done.

What was agreed on in a group goes with the group: once it is closed, or whoever was to do it has left, it stands on its
record as not done and is asked for no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.groups import Group
from selection.models.people import Staff
from selection.models.supervision import ActionDone, RecordAction, SupervisorRecord
from selection.rules.roles import Actor
from selection.rules.supervision import GroupState
from selection.supervision.records.queries import may_read, standing, supervises_now
from selection.web.pages import PER_PAGE, Pages

COUNTED = 1_000
SHOWN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """Something that was agreed on and is not said to be done: what, who does it, by when, and on which record."""

    id: int
    what: str
    who_id: int
    who: str
    due_on: date | None
    record_id: int
    held_on: date
    reference: str
    supervisor: str

    def is_overdue(self, today: date) -> bool:
        """True from the day after it was due on."""
        return self.due_on is not None and self.due_on < today


def overdue_page(by: Actor, today: date, page: int) -> tuple[Sequence[Agreed], Pages]:
    """Return a page of what is overdue on the records that the reader may read, the longest first; two queries."""
    query = _open(by, today).where(RecordAction.due_on < today)
    counted = db.session.scalars(select(func.count()).select_from(query.limit(COUNTED).subquery())).one()
    pages = Pages.at(page, counted, capped=counted == COUNTED)
    rows = query.order_by(RecordAction.due_on, RecordAction.id).offset(pages.before).limit(PER_PAGE)
    return _found(rows), pages


def how_many_overdue(by: Actor, today: date) -> int:
    """Return how many are overdue on the records that the reader may read, at most as many as are counted."""
    query = _open(by, today).where(RecordAction.due_on < today).limit(COUNTED)
    return db.session.scalars(select(func.count()).select_from(query.subquery())).one()


def open_of(staff_id: int, today: date, *, by: Actor) -> Sequence[Agreed]:
    """Return what somebody has still to do, or agreed on as supervisor, on records that the reader may read."""
    theirs = or_(RecordAction.who_id == staff_id, SupervisorRecord.supervisor_id == staff_id)
    query = _open(by, today).where(theirs).order_by(RecordAction.due_on.is_(None), RecordAction.due_on, RecordAction.id)
    return _found(query.limit(SHOWN))


def to_say(action_id: int, today: date, *, by: Actor) -> RecordAction:
    """Return what the actor may say is done: their own task, or one of a group that they supervise; raises NotHere.

    What was put right since is said of the correction.
    """
    theirs = or_(RecordAction.who_id == by.staff_id, SupervisorRecord.supervisor_id == by.staff_id)
    may = or_(theirs, supervises_now(by.staff_id, today))
    query = (
        select(RecordAction)
        .join(SupervisorRecord, SupervisorRecord.id == RecordAction.record_id)
        .where(RecordAction.id == action_id, standing(), may)
    )
    found = db.session.scalars(query).one_or_none() if by.staff_id is not None else None
    if found is None:
        raise NotHere
    return found


def record_of(action: RecordAction) -> SupervisorRecord:
    """Return the record on which it was agreed."""
    return db.session.get_one(SupervisorRecord, action.record_id)


def _open(by: Actor, today: date) -> Select[Any]:
    supervisor = aliased(Staff)
    query: Select[Any] = (
        select(  # type: ignore[assignment]
            *(RecordAction.id, RecordAction.what, RecordAction.who_id, Staff.name.label("who"), RecordAction.due_on),
            *(SupervisorRecord.id.label("record_id"), SupervisorRecord.held_on, Group.reference),
            supervisor.name.label("supervisor"),
        )
        .join(SupervisorRecord, SupervisorRecord.id == RecordAction.record_id)
        .join(Staff, Staff.id == RecordAction.who_id)
        .join(supervisor, supervisor.id == SupervisorRecord.supervisor_id)
        .join(Group, Group.id == SupervisorRecord.group_id)
        .where(
            _not_done(),
            standing(),
            may_read(by, today),
            Group.state != GroupState.CLOSED,
            or_(Staff.left_on.is_(None), Staff.left_on >= today),
        )
    )
    return query


def _not_done() -> ColumnElement[bool]:
    return ~exists().where(ActionDone.action_id == RecordAction.id)


def _found(query: Select[Any]) -> Sequence[Agreed]:
    return [Agreed(**row._asdict()) for row in db.session.execute(query)]
