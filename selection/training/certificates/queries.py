"""Reads of one certificate with the fact that it stands on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.people import Account, Staff
from selection.models.training import Booking, CourseResult, Event, Recognition
from selection.rules.roles import Actor, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A certificate, who issued it, and in words what it stands on."""

    certificate: Certificate
    issued_by: str
    grounds: str
    on_day: date
    recognition: Recognition | None


def one(certificate_id: int, *, by: Actor) -> Shown:
    """Return a certificate of a person within reach, or of one's own."""
    whose = or_(within(Staff.area_id, by.reach(Permission.TRAINING_READ)), Staff.id == by.staff_id)
    query = (
        select(Certificate, Account.name, CourseResult, Event, Recognition, Decision, Centre)
        .join(Certificate.staff)
        .join(Account, Account.id == Certificate.issued_by_id)
        .outerjoin(CourseResult, CourseResult.id == Certificate.result_id)
        .outerjoin(Booking, Booking.id == CourseResult.booking_id)
        .outerjoin(Event, Event.id == Booking.event_id)
        .outerjoin(Recognition, Recognition.id == Certificate.recognition_id)
        .outerjoin(Decision, Decision.id == Certificate.decision_id)
        .outerjoin(Candidacy, Candidacy.id == Decision.candidacy_id)
        .outerjoin(Centre, Centre.id == Candidacy.centre_id)
        .where(Certificate.id == certificate_id, whose)
        .options(contains_eager(Certificate.staff), joinedload(Certificate.programme), joinedload(Event.course))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    return _shown(row)


def _shown(row: Any) -> Shown:
    certificate, issued_by, result, event, recognition, decision, centre = row
    if result is not None:
        grounds, on_day = f"passed the course “{event.course.title}” ({event.title})", result.recorded_on
    elif recognition is not None:
        grounds, on_day = "recognised on evidence of earlier or outside learning", recognition.approved_on
    else:
        grounds, on_day = f"was selected at the assessment centre “{centre.title}”", decision.decided_on
    return Shown(certificate=certificate, issued_by=issued_by, grounds=grounds, on_day=on_day, recognition=recognition)
