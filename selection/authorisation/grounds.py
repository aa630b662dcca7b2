"""What a certificate stands on, in words: a decision, a result or a recognition, on which day and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.people import Account, Staff
from selection.models.stops import Breach
from selection.models.training import Booking, Course, CourseResult, Event, Recognition


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A certificate and the one fact that it stands on; `by` answers for the fact, `issued_by` for the certificate.

    A recognition is told apart from what was assessed here, and a certificate found false says so.
    """

    certificate: Certificate
    says: str
    on_day: date
    by: str
    issued_by: str
    recognition: Recognition | None
    found_false_on: date | None

    @property
    def kind(self) -> str:
        """Whether the step was assessed here or recognised on evidence."""
        return "Assessed" if self.recognition is None else "Recognised"


def of_certificates(certificate_ids: Iterable[int]) -> dict[int, Ground]:
    """Return, by id, what each certificate stands on; one query however many there are."""
    issuer, recorder, approver, chair = aliased(Account), aliased(Account), aliased(Staff), aliased(Staff)
    query = (
        select(
            *(Certificate, issuer.name, Course.title, Event.title, CourseResult.recorded_on, recorder.name),
            *(Recognition, approver.name, Centre.title, Decision.decided_on, chair.name, Breach.found_on),
        )
        .join(issuer, issuer.id == Certificate.issued_by_id)
        .outerjoin(CourseResult, CourseResult.id == Certificate.result_id)
        .outerjoin(recorder, recorder.id == CourseResult.recorded_by_id)
        .outerjoin(Booking, Booking.id == CourseResult.booking_id)
        .outerjoin(Event, Event.id == Booking.event_id)
        .outerjoin(Course, Course.id == Event.course_id)
        .outerjoin(Recognition, Recognition.id == Certificate.recognition_id)
        .outerjoin(approver, approver.id == Recognition.approved_by_id)
        .outerjoin(Decision, Decision.id == Certificate.decision_id)
        .outerjoin(Candidacy, Candidacy.id == Decision.candidacy_id)
        .outerjoin(Centre, Centre.id == Candidacy.centre_id)
        .outerjoin(chair, chair.id == Decision.chair_id)
        .outerjoin(Breach, Breach.certificate_id == Certificate.id)
        .where(Certificate.id.in_(set(certificate_ids)))
    )
    return {row[0].id: _ground(row) for row in db.session.execute(query)}


def _ground(row: Row[*tuple[Any, ...]]) -> Ground:
    certificate, issued_by, course, event, recorded_on, recorder, *others = row
    recognition, approver, centre, decided_on, chair, found_false_on = others
    if recognition is not None:
        says, on_day, by = "recognised on evidence of earlier or outside learning", recognition.approved_on, approver
    elif course is not None:
        says, on_day, by = f"passed the course “{course}” ({event})", recorded_on, recorder
    else:
        says, on_day, by = f"was selected at the assessment centre “{centre}”", decided_on, chair
    return Ground(
        certificate=certificate,
        says=says,
        on_day=on_day,
        by=by,
        issued_by=issued_by,
        recognition=recognition,
        found_false_on=found_false_on,
    )
