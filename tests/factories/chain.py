"""The chain of proof: certificates, appointments and authorisations, resting on recognitions."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.authorisation.delivered import as_fact, put_lapse
from selection.core import clock
from selection.models.authorisations import Appointment, Authorisation, Certificate
from selection.models.people import Account, Staff
from selection.models.practice import Practice
from selection.models.programmes import Programme
from selection.models.recognitions import Recognition
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole
from selection.rules.practice import lapse
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.factories import people

FROM = date(2026, 1, 1)
TO = date(2028, 12, 31)

_numbers = count(1)


def certificate(
    session: Session,
    of: Staff,
    stage: Stage,
    *,
    programme: Programme | None = None,
    first: date = FROM,
    last: date = TO,
    by: Account,
) -> Certificate:
    """Return a certificate that rests on a recognition; `by` issues it and approves the recognition."""
    asked = people.staff(session)
    recognition = Recognition(
        staff_id=of.id,
        stage=stage,
        programme_id=programme.id if programme else None,
        evidence="A certificate of another service.",
        reason="Worked there before.",
        requested_by_id=asked.id,
        approved_by_id=by.staff_id,
        approved_on=first,
        approved_at=clock.now(),
    )
    session.add(recognition)
    session.flush()
    made = Certificate(
        number=f"T-{next(_numbers):08}",
        staff_id=of.id,
        stage=stage,
        programme_id=recognition.programme_id,
        valid_from=first,
        valid_to=last,
        issued_at=clock.now(),
        issued_by_id=by.id,
        recognition_id=recognition.id,
    )
    session.add(made)
    session.flush()
    if programme is not None:
        practice = Practice(certificate_id=made.id, staff_id=of.id, programme_id=programme.id, begins_on=first)
        put_lapse(practice, lapse(first, None, [as_fact(one) for one in programme.lapse_settings]))
        session.add(practice)
        session.flush()
    return made


def within_practice(session: Session, right: Authorisation) -> dict[str, Any]:
    """Return what an assignment on the authorisation copies of the practice that its training began."""
    practice = session.scalars(select(Practice).where(Practice.certificate_id == right.training_id)).one()
    return {
        "practice_id": practice.id,
        "practice_from": practice.begins_on,
        "practice_to": practice.lapses_on,
    }


def appointment(
    session: Session,
    of: Staff,
    programme: Programme,
    role: ActingRole = ActingRole.TREATMENT_MANAGER,
    *,
    first: date = FROM,
    last: date = NO_END,
    by: Account,
) -> Appointment:
    """Return an appointment to supervise the programme."""
    made = Appointment(
        staff_id=of.id,
        programme_id=programme.id,
        role=role,
        valid_from=first,
        valid_to=last,
        approved_by_id=by.id,
        approver_staff_id=by.staff_id,
        approved_at=clock.now(),
        reason="Leads the team.",
    )
    session.add(made)
    session.flush()
    return made


def authorised(
    session: Session,
    of: Staff,
    programme: Programme,
    role: ActingRole = ActingRole.FACILITATOR,
    *,
    first: date = FROM,
    last: date = TO,
    by: Account | None = None,
) -> Authorisation:
    """Return an authorisation for the days, with three certificates (and an appointment) of the same days under it."""
    by = by or people.account(session, Role.TRAINING_LEAD)
    steps = [
        certificate(
            session, of, stage, programme=programme if stage == Stage.PROGRAMME else None, first=first, last=last, by=by
        )
        for stage in Stage
    ]
    selection, fundamental, training = steps
    made = Authorisation(
        staff_id=of.id,
        programme_id=programme.id,
        role=role,
        valid_from=first,
        valid_to=last,
        selection_id=selection.id,
        selection_from=first,
        selection_to=last,
        fundamental_id=fundamental.id,
        fundamental_from=first,
        fundamental_to=last,
        training_id=training.id,
        training_from=first,
        training_to=last,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    if role != ActingRole.FACILITATOR:
        named = appointment(session, of, programme, role, first=first, last=last, by=by)
        made.appointment_id, made.appointment_from, made.appointment_to = named.id, first, last
    session.add(made)
    session.flush()
    return made
