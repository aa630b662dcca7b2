"""What a certificate stands on, in words: a decision, a result or a recognition, on which day and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.courses import Course
from selection.models.imports import ImportedStep, TrainingImport, TrainingImportRow
from selection.models.people import Account, Staff
from selection.models.recognitions import Recognition
from selection.models.stops import Breach
from selection.models.training import Booking, CourseResult, Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """The file of earlier training that a recognition stands on: its key, name and hash, the row, who handed it in."""

    import_id: int
    file: str
    sha256: str
    row: int
    handed_in_by: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A certificate and the one fact that it stands on; `by` answers for the fact, `issued_by` for the certificate.

    A recognition is told apart from what was assessed here, one on a row of a file from one on its own evidence, and a
    certificate found false says so.
    """

    certificate: Certificate
    says: str
    on_day: date
    by: str
    issued_by: str
    recognition: Recognition | None
    imported: Imported | None
    found_false_on: date | None

    @property
    def kind(self) -> str:
        """Whether the step was assessed here, recognised on evidence, or imported with a file of earlier training."""
        if self.recognition is None:
            return "Assessed"
        return "Recognised" if self.imported is None else "Imported"


def of_certificates(certificate_ids: Iterable[int]) -> dict[int, Ground]:
    """Return, by id, what each certificate stands on; one query however many there are."""
    query = with_grounds().where(Certificate.id.in_(set(certificate_ids)))
    return {row[0].id: ground(row) for row in db.session.execute(query)}


def with_grounds() -> Select[*tuple[Any, ...]]:
    """Return the query of certificates with what each stands on; what is added to it follows the columns of these."""
    issuer, recorder = aliased(Account), aliased(Account)
    approver, chair, importer, passed = aliased(Staff), aliased(Staff), aliased(Staff), aliased(Course)
    said, file = TrainingImportRow, TrainingImport
    return (
        select(
            *(Certificate, issuer.name, Course.title, Event.title, CourseResult.recorded_on, recorder.name),
            *(Recognition, approver.name, Centre.title, Decision.decided_on, chair.name, Breach.found_on),
            *(file.id, file.file, file.sha256, said.number, importer.name, file.reason, said.passed_on, passed.title),
        )
        .join(issuer, issuer.id == Certificate.issued_by_id)
        .outerjoin(CourseResult, CourseResult.id == Certificate.result_id)
        .outerjoin(recorder, recorder.id == CourseResult.recorded_by_id)
        .outerjoin(Booking, Booking.id == CourseResult.booking_id)
        .outerjoin(Event, Event.id == Booking.event_id)
        .outerjoin(Course, Course.id == Event.course_id)
        .outerjoin(Recognition, Recognition.id == Certificate.recognition_id)
        .outerjoin(approver, approver.id == Recognition.approved_by_id)
        .outerjoin(ImportedStep, ImportedStep.recognition_id == Recognition.id)
        .outerjoin(said, said.id == ImportedStep.row_id)
        .outerjoin(passed, passed.id == said.course_id)
        .outerjoin(file, file.id == ImportedStep.import_id)
        .outerjoin(importer, importer.id == file.imported_by_id)
        .outerjoin(Decision, Decision.id == Certificate.decision_id)
        .outerjoin(Candidacy, Candidacy.id == Decision.candidacy_id)
        .outerjoin(Centre, Centre.id == Candidacy.centre_id)
        .outerjoin(chair, chair.id == Decision.chair_id)
        .outerjoin(Breach, Breach.certificate_id == Certificate.id)
    )


COLUMNS = 20
"""How many columns of a row of that query are a ground's."""


def ground(row: Row[*tuple[Any, ...]]) -> Ground:
    """Return what the certificate of a row stands on."""
    certificate, issued_by, course, event, recorded_on, recorder, *others = row[:COLUMNS]
    recognition, approver, centre, decided_on, chair, found_false_on, *of_file, passed_on, passed = others
    imported = _imported(*of_file) if of_file[0] is not None else None
    if imported is not None:
        what = f"passed the course “{passed}”" if passed else "was selected at an assessment centre"
        says, on_day, by = f"{what}, as row {imported.row} of the file {imported.file} says", passed_on, approver
    elif recognition is not None:
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
        imported=imported,
        found_false_on=found_false_on,
    )


def _imported(import_id: int, file: str, sha256: str, row: int, handed_in_by: str, why: str) -> Imported:
    return Imported(import_id=import_id, file=file, sha256=sha256, row=row, handed_in_by=handed_in_by, why=why)
