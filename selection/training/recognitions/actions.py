"""Recognising a step."""

from sqlalchemy import select, true

from selection.authorisation.certify import Recognised, issue_for_recognitions
from selection.authorisation.find import meant
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.models.recognitions import Recognition
from selection.rules.recognition import RecognitionPlan, reasons_against_recognition
from selection.rules.roles import Actor, Permission
from selection.trail.record import record
from selection.training.recognitions import queries


def whose(text: str, field: str, *, by: Actor, within_reach: bool) -> Staff:
    """Return the one staff member whom a number or a whole name means, or raise Refused at the field."""
    if not within_reach:
        return meant(text, true(), field=field)
    return meant(
        text, within(Staff.area_id, by.reach(Permission.TRAINING_CERTIFY)), field=field, where=" within your area"
    )


def recognise(plan: RecognitionPlan, *, by: Actor) -> Certificate:
    """Recognise a step and issue its certificate, or raise Refused with every reason; twice the same, it is there once.

    The person who is signed in approves, and is neither the one it is about nor the one who asked.
    """
    against = reasons_against_recognition(plan, approver_id=by.staff_id, today=clock.today())
    if against:
        raise Refused(*against)
    db.session.execute(select(Staff.id).where(Staff.id == plan.staff_id).with_for_update())
    if (there := queries.twin(plan, by.staff_id)) is not None:
        return there
    recognition = Recognition(
        staff_id=plan.staff_id,
        stage=plan.stage,
        programme_id=plan.programme_id,
        evidence=plan.evidence.strip(),
        reason=plan.reason.strip(),
        requested_by_id=plan.requested_by_id,
        approved_by_id=by.staff_id,
        approved_on=clock.today(),
        approved_at=clock.now(),
    )
    db.session.add(recognition)
    db.session.flush()
    columns = ("stage", "programme_id", "evidence", "requested_by_id", "approved_by_id")
    record(
        "recognition.approved",
        by=by,
        subject_id=recognition.id,
        staff_id=plan.staff_id,
        after={key: getattr(recognition, key) for key in columns},
        reason=recognition.reason,
    )
    recognised = Recognised(
        recognition_id=recognition.id,
        staff_id=plan.staff_id,
        stage=plan.stage,
        programme_id=plan.programme_id,
        days=plan.days,
    )
    (certificate_id,) = issue_for_recognitions([recognised], by=by)
    return db.session.get_one(Certificate, certificate_id)
