"""Reads of one certificate with the fact that it stands on, and of its extensions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from selection.authorisation import grounds
from selection.authorisation.grounds import Ground
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.extensions import CertificateExtension
from selection.models.people import Staff
from selection.rules.roles import Actor, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Extended:
    """An extraordinary extension of a certificate, with the names of who asked for it and who approved it."""

    extension: CertificateExtension
    asked_by: str
    approved_by: str


def extensions_of(certificate_id: int) -> Sequence[Extended]:
    """Return the extensions of a certificate, the first to be approved on top."""
    asked, approved, row = aliased(Staff), aliased(Staff), CertificateExtension
    query = (
        select(row, asked.name, approved.name)
        .join(asked, asked.id == row.requested_by_id)
        .join(approved, approved.id == row.approved_by_id)
        .where(row.certificate_id == certificate_id)
        .order_by(row.id)
    )
    return [
        Extended(extension=extension, asked_by=asked_by, approved_by=approved_by)
        for extension, asked_by, approved_by in db.session.execute(query)
    ]


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
