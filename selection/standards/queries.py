"""Reads of selection standards."""

from collections.abc import Sequence

from sqlalchemy import select

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.standards import Standard
from selection.prescribed.facts import WHOLE


def every() -> Sequence[Standard]:
    """Return every version of every standard, the newest version of each first."""
    return db.session.scalars(select(Standard).order_by(Standard.title, Standard.number.desc())).all()


def one(standard_id: int) -> Standard:
    """Return one version with all that hangs on it, or raise NotHere."""
    query = select(Standard).where(Standard.id == standard_id).options(*WHOLE)
    standard = db.session.scalars(query).one_or_none()
    if standard is None:
        raise NotHere
    return standard
