"""Certificates extended extraordinarily: later days for a set of them, with the reason and who approved, on record.

Only the end moves. An authorisation that ended with its certificates is lengthened as far as the rules would authorise
anew from the day after, so that nobody's spell on a group is cut; what else is due is authorised as always.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from selection.authorisation import gather, tell
from selection.authorisation.authorise import authorise_where_due
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.scope import within
from selection.models.authorisations import Authorisation, Certificate
from selection.models.extensions import CertificateExtension
from selection.models.people import Staff
from selection.rules.due import Due, authorisations_due
from selection.rules.eligibility import ActingRole
from selection.rules.extension import Extended, reasons_against_approver, reasons_against_extension
from selection.rules.roles import Actor, Permission
from selection.rules.validity import Span, day_before
from selection.trail.record import record


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """Until when certificates shall be valid, why, and who (a staff id) asked for it."""

    until: date
    reason: str
    requested_by_id: int


def chosen(ids: Sequence[int], *, by: Actor) -> list[Certificate]:
    """Return the certificates within the actor's reach, with their holders; others who would write wait."""
    query = (
        select(Certificate)
        .join(Certificate.staff)
        .where(Certificate.id.in_(ids), within(Staff.area_id, by.reach(Permission.TRAINING_CERTIFY)))
        .options(joinedload(Certificate.staff))
        .order_by(Certificate.id)
        .with_for_update(of=Certificate)
    )
    return list(db.session.scalars(query))


def facts(certificate: Certificate) -> Extended:
    """Return a certificate as the rule sees it; its holder must be loaded."""
    return Extended(
        staff_id=certificate.staff_id,
        name=certificate.staff.name,
        number=certificate.number,
        days=Span(first=certificate.valid_from, last=certificate.valid_to),
        withdrawn=certificate.withdrawn_on is not None,
    )


def extend(certificates: Sequence[Certificate], wanted: Extension, *, by: Actor) -> None:
    """Extend all of the certificates and tell their holders, or raise Refused with every reason and extend none."""
    against = [
        *reasons_against_approver(by.staff_id, requested_by_id=wanted.requested_by_id, reason=wanted.reason),
        *(
            reason
            for one in certificates
            for reason in reasons_against_extension(
                facts(one),
                until=wanted.until,
                approver_id=by.staff_id,
                today=clock.today(),
                most_months=current_app.config["EXTENSION_MONTHS"],
            )
        ),
    ]
    if against:
        raise Refused(*against)
    for row in certificates:
        _extend(row, wanted, by)
    tell.of_extensions(certificates, wanted.until)
    staff_ids = sorted({row.staff_id for row in certificates})
    db.session.flush()
    db.session.expire_all()  # the copies of the window followed by their keys, which the session did not see
    _lengthen(staff_ids, by)
    authorise_where_due(*staff_ids, by=by)


def _extend(row: Certificate, wanted: Extension, by: Actor) -> None:
    before, reason = row.valid_to, wanted.reason.strip()
    row.valid_to = wanted.until
    db.session.add(
        CertificateExtension(
            certificate_id=row.id,
            staff_id=row.staff_id,
            stage=row.stage,
            from_day=before,
            to_day=wanted.until,
            reason=reason,
            requested_by_id=wanted.requested_by_id,
            approved_by_id=by.staff_id,
            approved_at=clock.now(),
        )
    )
    record(
        "certificate.extended",
        by=by,
        subject_id=row.id,
        staff_id=row.staff_id,
        before={"valid_to": before},
        after={"number": row.number, "valid_to": wanted.until, "requested_by_id": wanted.requested_by_id},
        reason=reason,
    )


def _lengthen(staff_ids: Sequence[int], by: Actor) -> None:
    """Lengthen authorisations after whose last day the same certificates justify more."""
    rights = db.session.scalars(
        select(Authorisation).where(Authorisation.staff_id.in_(staff_ids)).order_by(Authorisation.id)
    ).all()
    people = gather.people(staff_ids)
    for right in rights:
        person, role = people[right.staff_id], ActingRole(right.role)
        for due in authorisations_due(person, role, right.programme_id):
            if _continues(right, due):
                _to(right, due.days.last, by)
    db.session.flush()


def _continues(right: Authorisation, due: Due) -> bool:
    """True if what is due begins the day after the authorisation ends, on the very same grounds."""
    grounds = (due.selection.id, due.fundamental.id, due.programme.id, due.appointment.id if due.appointment else None)
    own = (right.selection_id, right.fundamental_id, right.training_id, right.appointment_id)
    return grounds == own and right.valid_to == day_before(due.days.first) and right.valid_from <= right.valid_to


def _to(right: Authorisation, last: date, by: Actor) -> None:
    before, right.valid_to = right.valid_to, last
    record(
        "authorisation.lengthened",
        by=by,
        subject_id=right.id,
        staff_id=right.staff_id,
        before={"role": right.role, "programme_id": right.programme_id, "valid_to": before},
        after={"valid_to": last},
    )
