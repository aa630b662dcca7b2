"""Appointments as treatment manager or designated supervisor of a programme."""

from selection.authorisation.authorise import authorise_where_due
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Appointment
from selection.rules.eligibility import SUPERVISING, ActingRole
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.validity import Span
from selection.trail.record import record


def appoint(staff_id: int, *, programme_id: int, role: ActingRole, days: Span, reason: str, by: Actor) -> Appointment:
    """Appoint a person to supervise a programme, and authorise them if their certificates justify it already."""
    if reasons := _reasons_against(staff_id, role, days, reason, by):
        raise Refused(*reasons)
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
