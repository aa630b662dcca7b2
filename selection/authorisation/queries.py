"""Reads for the pages of authorisation; a row out of the reader's reach is not found."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Appointment, Certificate, Stop
from selection.models.people import Staff
from selection.rules.roles import Actor, Permission

Row = TypeVar("Row")


def certificate(certificate_id: int, *, by: Actor) -> Certificate:
    """Return a certificate that the actor may withdraw, with its holder and programme."""
    query = (
        select(Certificate)
        .join(Staff, Staff.id == Certificate.staff_id)
        .where(Certificate.id == certificate_id, within(Staff.area_id, by.reach(Permission.AUTHORISATIONS_WITHDRAW)))
        .options(joinedload(Certificate.staff), joinedload(Certificate.programme))
    )
    return _found(db.session.scalars(query).one_or_none())


def staff(staff_id: int, permission: Permission, *, by: Actor) -> Staff:
    """Return a staff member within the actor's reach for the permission."""
    query = select(Staff).where(Staff.id == staff_id, within(Staff.area_id, by.reach(permission)))
    return _found(db.session.scalars(query).one_or_none())


def stop(stop_id: int, *, by: Actor) -> tuple[Stop, Staff]:
    """Return a suspension or deselection that the actor may lift, and whose it is."""
    row = db.session.get(Stop, stop_id)
    if row is None:
        raise NotHere
    return row, staff(row.staff_id, Permission.AUTHORISATIONS_WITHDRAW, by=by)


def appointment(appointment_id: int, *, by: Actor) -> tuple[Appointment, Staff]:
    """Return an appointment that the actor may end, and whose it is."""
    row = db.session.get(Appointment, appointment_id)
    if row is None:
        raise NotHere
    return row, staff(row.staff_id, Permission.AUTHORISATIONS_APPOINT, by=by)


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotHere
    return row
