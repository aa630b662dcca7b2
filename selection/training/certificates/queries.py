"""Reads of one certificate with the fact that it stands on."""

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from selection.authorisation import grounds
from selection.authorisation.grounds import Ground
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.rules.roles import Actor, Permission


def one(certificate_id: int, *, by: Actor) -> Ground:
    """Return a certificate of a person within reach, or of one's own, with what it stands on; raises NotHere."""
    whose = or_(within(Staff.area_id, by.reach(Permission.TRAINING_READ)), Staff.id == by.staff_id)
    query = (
        select(Certificate)
        .join(Certificate.staff)
        .where(Certificate.id == certificate_id, whose)
        .options(contains_eager(Certificate.staff), joinedload(Certificate.programme))
    )
    if db.session.scalars(query).one_or_none() is None:
        raise NotHere
    return grounds.of_certificates([certificate_id])[certificate_id]
