"""Reads of forms."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.record_forms import RecordForm
from selection.rules.records import RecordKind

_WHOLE = (joinedload(RecordForm.points), joinedload(RecordForm.questions))


def versions() -> Sequence[RecordForm]:
    """Return every version of every form, the newest of each kind first."""
    query = select(RecordForm).order_by(RecordForm.kind.desc(), RecordForm.number.desc())
    return db.session.scalars(query).all()


def one(form_id: int, *, writing: bool = False) -> RecordForm:
    """Return a version with its questions and scale; when writing, after waiting for others. Raises NotHere."""
    query = select(RecordForm).where(RecordForm.id == form_id)
    if writing:
        db.session.scalars(query.with_for_update()).one_or_none()
    found = db.session.scalars(query.options(*_WHOLE)).unique().one_or_none()
    if found is None:
        raise NotHere
    return found


def newest(kind: RecordKind) -> RecordForm | None:
    """Return the newest version of a kind of form, be it a draft or published."""
    number = select(func.max(RecordForm.number)).where(RecordForm.kind == kind).scalar_subquery()
    query = select(RecordForm).where(RecordForm.kind == kind, RecordForm.number == number).options(*_WHOLE)
    return db.session.scalars(query).unique().one_or_none()
