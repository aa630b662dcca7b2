"""Reads of certificates that could be extended."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.rules.roles import Actor, Permission
from selection.training.extensions.forms import MOST_AT_ONCE


def ending(first: date, last: date, *, by: Actor) -> Sequence[Certificate]:
    """Return the certificates within reach that end on one of the days, the first to end on top; not more than fit."""
    query = (
        select(Certificate)
        .join(Certificate.staff)
        .where(
            within(Staff.area_id, by.reach(Permission.TRAINING_CERTIFY)),
            Certificate.valid_to.between(first, last),
            Certificate.valid_from <= Certificate.valid_to,
            Certificate.withdrawn_on.is_(None),
        )
        .options(contains_eager(Certificate.staff), joinedload(Certificate.programme))
        .order_by(Certificate.valid_to, Staff.sort_name, Certificate.id)
        .limit(MOST_AT_ONCE)
    )
    return db.session.scalars(query).all()
