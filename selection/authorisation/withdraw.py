"""Withdrawal: what `plan` lists ends together, in one transaction with the decision, or nothing does."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from flask import current_app
from sqlalchemy import select

from selection.authorisation import tell
from selection.authorisation.authorise import authorise_where_due
from selection.authorisation.delivered import reckon_practice
from selection.authorisation.ending import end_all, said_of
from selection.authorisation.plan import Plan
from selection.authorisation.sitting_in import take_off_where_due
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Appointment, Certificate, Stop
from selection.models.people import Staff
from selection.models.stops import StopRole
from selection.rules.calendar import NO_END
from selection.rules.eligibility import StopKind
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.stops import StopPart, reasons_against_panel, reasons_against_stop_days
from selection.rules.validity import Span, day_before
from selection.rules.words import day_in_words
from selection.trail.record import record


def withdraw_certificate(certificate: Certificate, plan: Plan, *, reason: str, by: Actor) -> None:
    """End a certificate and, in the same transaction, all that leans on it, or raise Refused; twice the same, once.

    One that was withdrawn from a day to come on can still be withdrawn from an earlier day on.
    """
    _insist_on_reason(reason, plan)
    if certificate.withdrawn_on is not None and certificate.withdrawn_on <= plan.from_day:
        if (certificate.withdrawn_on, certificate.withdrawn_reason) == (plan.from_day, reason.strip()):
            return
        raise Refused(_withdrawn_already(certificate.withdrawn_on))
    before = certificate.valid_to
    end_all(plan, reason, by)
    certificate.valid_to = min(before, plan.last)
    certificate.withdrawn_on = plan.from_day
    certificate.withdrawn_reason = reason.strip()
    db.session.flush()
    reckon_practice([certificate.staff_id])
    record(
        "certificate.withdrawn",
        by=by,
        subject_id=certificate.id,
        staff_id=certificate.staff_id,
        before={"valid_to": before},
        after={"number": certificate.number, "valid_to": certificate.valid_to, "withdrawn_on": plan.from_day},
        reason=reason,
    )
    person = _person(certificate.staff_id)
    tell.of_certificate(certificate, person, _let_sit_in_no_more(person, plan, by))
    db.session.expire_all()
    authorise_where_due(certificate.staff_id, by=by)


def stop(
    staff_id: int,
    plan: Plan,
    *,
    kind: StopKind,
    programme_id: int | None,
    until: date | None,
    reason: str,
    by: Actor,
    panel: Collection[int] = (),
) -> Stop:
    """Suspend or deselect a person from the plan's day on, and end what leans on their authorisations.

    `panel` are the staff ids of those who decided; a deselection takes as many as the service asks for. Raises Refused;
    decided twice the same, it is there once.
    """
    needed, days = current_app.config["DESELECTION_PANEL"], Span(first=plan.from_day, last=until or NO_END)
    against = (
        *reasons_against_panel(kind, panel, person_id=staff_id, decider_id=by.staff_id, needed=needed),
        *reasons_against_stop_days(days),
    )
    if against:
        raise Refused(*against)
    _insist_on_reason(reason, plan)
    row = Stop(
        staff_id=staff_id,
        programme_id=programme_id,
        kind=kind,
        from_day=days.first,
        to_day=days.last,
        reason=reason.strip(),
        decided_by_id=by.account_id,
        decided_at=clock.now(),
    )
    if (twin := _twin(row)) is not None:
        return twin
    end_all(plan, reason, by)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        StopRole(stop_id=row.id, staff_id=one, stopped_id=staff_id, part=StopPart.PANEL) for one in sorted(panel)
    )
    record(
        "stop.decided",
        by=by,
        subject_id=row.id,
        staff_id=staff_id,
        after={"kind": kind, "programme_id": programme_id, "from_day": row.from_day, "to_day": row.to_day},
        reason=reason,
    )
    person, days = _person(staff_id), current_app.config["STOP_APPEAL_DAYS"]
    tell.of_stop(row, person, _let_sit_in_no_more(person, plan, by), appeal_days=days)
    db.session.expire_all()
    authorise_where_due(staff_id, by=by)
    return row


def end_appointment(appointment: Appointment, plan: Plan, *, reason: str, by: Actor) -> None:
    """End an appointment to supervise and, in the same transaction, all that leans on it."""
    _insist_on_reason(reason, plan)
    end_all(plan, reason, by)
    before = appointment.valid_to
    appointment.valid_to = min(before, plan.last)
    db.session.flush()
    record(
        "appointment.ended",
        by=by,
        subject_id=appointment.id,
        staff_id=appointment.staff_id,
        before={"valid_to": before},
        after={"programme_id": appointment.programme_id, "role": appointment.role, "valid_to": appointment.valid_to},
        reason=reason,
    )
    tell.of_appointment(appointment, _person(appointment.staff_id), plan)
    db.session.expire_all()


def leave(person: Staff, plan: Plan, *, reason: str, by: Actor) -> None:
    """Let somebody leave the service on the eve of the plan's day, and end what lies beyond in the same transaction."""
    _insist_on_reason(reason, plan)
    if plan.last == plan.from_day:
        raise Refused(_was_there(plan.from_day))
    end_all(plan, reason, by)
    before, person.left_on = person.left_on, day_before(plan.from_day)
    db.session.flush()
    record(
        "staff.changed",
        by=by,
        subject_id=person.id,
        staff_id=person.id,
        before={"left_on": before},
        after={"left_on": person.left_on},
        reason=reason,
    )
    tell.of_leaving(person, _let_sit_in_no_more(person, plan, by))
    db.session.expire_all()


def _person(staff_id: int) -> Staff:
    return db.session.get_one(Staff, staff_id)


def _let_sit_in_no_more(person: Staff, plan: Plan, by: Actor) -> Plan:
    """Take the person off sessions at which they may sit in no more; return the plan with the groups of these."""
    said = said_of(person.name, plan.from_day)
    return replace(plan, sat_in=tuple(take_off_where_due(person.id, reason=said, by=by)))


def _twin(row: Stop) -> Stop | None:
    """Return the stop that is there already if the same is decided twice; who decides of the same person waits."""
    db.session.execute(select(Staff.id).where(Staff.id == row.staff_id).with_for_update(key_share=True))
    same = [
        getattr(Stop, column).is_not_distinct_from(getattr(row, column))
        for column in ("staff_id", "programme_id", "kind", "from_day", "to_day", "reason", "decided_by_id")
    ]
    return db.session.scalars(select(Stop).where(*same).limit(1)).one_or_none()


def _was_there(day: date) -> Reason:
    """Return why somebody cannot have left the day before: of the day itself, something has taken place with them."""
    return Reason(
        code="days.begun",
        message=f"They were at a session of {day_in_words(day)} already, or are on a record of it.",
        remedy="Choose that day as their last one.",
        earliest=day,
        field="last_day",
    )


def _withdrawn_already(from_day: date) -> Reason:
    return Reason(
        code="certificate.withdrawn",
        message=f"This certificate is withdrawn from {day_in_words(from_day)} already.",
        remedy="That stays on record. If it was false, record it as false.",
        field="from_day",
    )


def _insist_on_reason(reason: str, plan: Plan) -> None:
    reasons = []
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why.", field="reason"))
    if plan.from_day < clock.today():
        reasons.append(
            Reason(
                code="days.past",
                message="The first day cannot be in the past.",
                remedy="Days that are over stay as they were; a certificate found false is recorded as a breach.",
                earliest=clock.today(),
                field="from_day",
            )
        )
    if reasons:
        raise Refused(*reasons)
