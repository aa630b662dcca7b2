"""Appointments as treatment manager or designated supervisor of a programme."""

from sqlalchemy import select

from selection.authorisation.authorise import authorise_where_due
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Appointment
from selection.models.people import Staff
from selection.rules.eligibility import SUPERVISING, ActingRole
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.validity import Span
from selection.trail.record import record


def appoint(staff_id: int, *, programme_id: int, role: ActingRole, days: Span, reason: str, by: Actor) -> Appointment:
    """Appoint a person to supervise a programme, and authorise them if their certificates justify it already.

    Appointed twice for the same days, it is there once. Raises Refused.
    """
    if reasons := _reasons_against(staff_id, role, days, reason, by):
        raise Refused(*reasons)
    if (there := _twin(staff_id, programme_id, role, days)) is not None:
        return there
    appointment = Appointment(
        staff_id=staff_id,
        programme_id=programme_id,
        role=role,
        valid_from=days.first,
        valid_to=days.last,
        approved_by_id=by.account_id,
        approver_staff_id=by.staff_id,
        approved_at=clock.now(),
        reason=reason.strip(),
    )
    db.session.add(appointment)
    db.session.flush()
    record(
        "appointment.made",
        by=by,
        subject_id=appointment.id,
        staff_id=staff_id,
        after={"programme_id": programme_id, "role": role, "valid_from": days.first, "valid_to": days.last},
        reason=appointment.reason,
    )
    authorise_where_due(staff_id, by=by)
    return appointment


def _twin(staff_id: int, programme_id: int, role: ActingRole, days: Span) -> Appointment | None:
    """Return the appointment that is there already for just that; whoever else appoints the same person waits."""
    db.session.execute(select(Staff.id).where(Staff.id == staff_id).with_for_update(key_share=True))
    row = Appointment
    same = (row.staff_id == staff_id, row.programme_id == programme_id, row.role == role)
    query = select(row).where(*same, row.valid_from == days.first, row.valid_to == days.last)
    return db.session.scalars(query.limit(1)).one_or_none()


def _reasons_against(staff_id: int, role: ActingRole, days: Span, reason: str, by: Actor) -> list[Reason]:
    reasons = []
    if role not in SUPERVISING:
        reasons.append(Reason(code="appointment.role", message="Nobody is appointed as a facilitator.", field="role"))
    if days.is_empty:
        reasons.append(Reason(code="days.order", message="The last day is before the first day.", field="valid_to"))
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why they are appointed.", field="reason"))
    if by.staff_id == staff_id:
        reasons.append(
            Reason(
                code="appointment.own",
                message="Nobody appoints themselves.",
                remedy="Ask another programme manager.",
            )
        )
    return reasons
