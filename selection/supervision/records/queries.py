"""Reads of records: who may read which, and how much of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.groups import Group, Supervision
from selection.models.record_forms import RecordForm
from selection.models.supervision import ActionDone, RecordAction, RecordAnswer, RecordSubject, SupervisorRecord
from selection.rules.records import Points, mean
from selection.rules.roles import Actor, Permission

_WHOLE = (
    joinedload(SupervisorRecord.group, innerjoin=True).joinedload(Group.programme, innerjoin=True),
    joinedload(SupervisorRecord.supervisor, innerjoin=True),
    joinedload(SupervisorRecord.subjects).joinedload(RecordSubject.facilitator, innerjoin=True),
    selectinload(SupervisorRecord.answers),
    selectinload(SupervisorRecord.actions).options(
        joinedload(RecordAction.who, innerjoin=True), joinedload(RecordAction.done).joinedload(ActionDone.said_by)
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A record as somebody may read it: all of it, or (`only`, a facilitator on it) without how others were rated.

    `leads` is whoever may say of each thing that was agreed on that it was done.
    """

    record: SupervisorRecord
    form: RecordForm
    own: bool
    leads: bool
    only: int | None
    correction_id: int | None
    correction_signed: bool

    @property
    def people(self) -> Sequence[RecordSubject]:
        """Whose ratings can be read."""
        return [one for one in self.record.subjects if self.only in {None, one.facilitator_id}]

    def words(self, question_id: int) -> str:
        """Return what was written under a heading."""
        return next(
            (one.words for one in self.record.answers if one.question_id == question_id and one.facilitator_id is None),
            "",
        )

    def rating(self, question_id: int, staff_id: int) -> RecordAnswer | None:
        """Return how somebody was rated on a question, if they were."""
        return next(
            (one for one in self.record.answers if (one.question_id, one.facilitator_id) == (question_id, staff_id)),
            None,
        )

    def label(self, points: int) -> str:
        """Return what the points mean."""
        return next((one.label for one in self.form.points if one.point == points), "")

    def mean(self, staff_id: int) -> Fraction | None:
        """Return the mean of somebody's ratings; what does not apply is left out."""
        own = (one for one in self.record.answers if one.facilitator_id == staff_id)
        return mean(Points(points=one.points, not_applicable=one.not_applicable) for one in own)


def may_read(by: Actor, today: date) -> ColumnElement[bool]:
    """Return the condition that a record may be read.

    That is one's own; and of signed ones those on oneself, of a group that one supervises today, or in one's areas.
    """
    on_it = aliased(RecordSubject)
    about = exists().where(on_it.record_id == SupervisorRecord.id, on_it.facilitator_id == by.staff_id)
    in_area = SupervisorRecord.group_id.in_(
        select(Group.id).where(within(Group.area_id, by.reach(Permission.SUPERVISION_READ)))
    )
    signed = SupervisorRecord.signed_at.is_not(None)
    if by.staff_id is None:
        return signed & in_area
    answers_for = supervises_now(by.staff_id, today)
    return or_(SupervisorRecord.supervisor_id == by.staff_id, signed & or_(about, answers_for, in_area))


def supervises_now(staff_id: int | None, today: date) -> ColumnElement[bool]:
    """Return the condition that somebody is the named supervisor of the record's group today."""
    return exists().where(
        Supervision.group_id == SupervisorRecord.group_id,
        Supervision.supervisor_id == staff_id,
        Supervision.starts_on <= today,
        Supervision.ends_on >= today,
    )


def standing() -> ColumnElement[bool]:
    """Return the condition that a record is signed and no signed one has put it right."""
    later = aliased(SupervisorRecord)
    corrected = exists().where(later.corrects_id == SupervisorRecord.id, later.signed_at.is_not(None))
    return SupervisorRecord.signed_at.is_not(None) & ~corrected


def one(record_id: int, today: date, *, by: Actor) -> Read:
    """Return a record within the reader's reach; raises NotHere."""
    later = aliased(SupervisorRecord)
    query = (
        select(SupervisorRecord, later.id, later.signed_at, supervises_now(by.staff_id, today))
        .outerjoin(later, later.corrects_id == SupervisorRecord.id)
        .where(SupervisorRecord.id == record_id, may_read(by, today))
        .options(*_WHOLE)
    )
    found = db.session.execute(query).unique().one_or_none()
    if found is None:
        raise NotHere
    row: SupervisorRecord = found[0]
    form = db.session.scalars(
        select(RecordForm)
        .where(RecordForm.id == row.form_id)
        .options(joinedload(RecordForm.points), joinedload(RecordForm.questions))
    ).unique()
    own = row.supervisor_id == by.staff_id
    about = any(subject.facilitator_id == by.staff_id for subject in row.subjects)
    oversees = by.reach(Permission.SUPERVISION_READ).takes_in(row.group.area_id)
    only = by.staff_id if about and not own and not oversees else None
    return Read(
        record=row,
        form=form.one(),
        own=own,
        leads=own or found[3],
        only=only,
        correction_id=found[1],
        correction_signed=bool(found[2]),
    )


def to_write(record_id: int, *, by: Actor) -> SupervisorRecord:
    """Return a record of the writer's own, with what stands on it, after waiting for whoever changes it; or NotHere."""
    mine = (SupervisorRecord.id == record_id) & (SupervisorRecord.supervisor_id == by.staff_id)
    if by.staff_id is None or not db.session.scalars(select(SupervisorRecord.id).where(mine).with_for_update()).all():
        raise NotHere
    query = (
        select(SupervisorRecord)
        .where(mine)
        .options(
            joinedload(SupervisorRecord.subjects),
            selectinload(SupervisorRecord.answers),
            selectinload(SupervisorRecord.actions),
        )
    )
    return db.session.scalars(query).unique().one()
