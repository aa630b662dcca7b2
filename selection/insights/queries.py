"""Reads that every picture shares: what can be chosen."""

from sqlalchemy import select

from selection.core.db import db
from selection.core.scope import within
from selection.models.people import Area
from selection.models.programmes import Programme
from selection.rules.roles import Reach


def areas_within(reach: Reach) -> dict[int, str]:
    """Return the names of the areas within reach by id, in the order of the names."""
    return dict(db.session.execute(select(Area.id, Area.name).where(within(Area.id, reach)).order_by(Area.name)).all())


def programmes() -> dict[int, str]:
    """Return the codes of the programmes by id, in the order of the codes."""
    return dict(db.session.execute(select(Programme.id, Programme.code).order_by(Programme.code)).all())
