"""Reads of editions, as groups need them."""

from sqlalchemy import select

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.programmes import Edition


def newest_edition(programme_id: int) -> Edition:
    """Return the edition that new groups of the programme are planned under; raises NotHere for no programme."""
    query = select(Edition).where(Edition.programme_id == programme_id, Edition.published_at.is_not(None))
    found = db.session.scalars(query.order_by(Edition.number.desc()).limit(1)).one_or_none()
    if found is None:
        raise NotHere
    return found
