"""Handing in a file of earlier training, taking it back, refusing it, and approving it: all of it or nothing."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import PurePath
from typing import Any

from flask import current_app
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from selection.authorisation.certify import Recognised, issue_for_recognitions
from selection.core import clock
from selection.core.db import add_rows, db
from selection.core.errors import Refused
from selection.models.imports import ImportedStep, TrainingImport, TrainingImportRow
from selection.models.people import Staff
from selection.models.recognitions import Recognition
from selection.notices.queue import body_of, queue
from selection.rules.historic import judged, reasons_against_deciding, reasons_against_importing
from selection.rules.names import kept
from selection.rules.reasons import Reason
from selection.rules.requests import RequestState
from selection.rules.roles import Actor
from selection.rules.validity import Span
from selection.rules.words import day_in_words
from selection.spreadsheets.cells import Faults
from selection.spreadsheets.reading import read
from selection.trail.record import entry, record, record_many
from selection.training.imports import queries
from selection.training.imports.checking import Checked, checked
from selection.training.imports.facts import CHUNK, catalogue, held_by
from selection.training.imports.plan import Plan, Step, plan

FAULTY = Reason(code="import.faulty", message="The file has faults.", remedy="Put them right, then import it again.")
OVERTAKEN = Reason(
    code="import.overtaken",
    message="Since the file was handed in, something changed that it rests on.",
    remedy="What no longer holds is listed below. Refuse the file, and have it handed in again without that.",
)
NOTHING_NEW = Reason(
    code="import.nothing_new", message="All that the file says stands on earlier files already. Nothing was changed."
)
APART = ("staff_id", "evidence")
"""What tells the recognitions of a file apart: their evidence names the row."""


class Faulty(Refused):
    """The file is refused for what stands in some of its cells, which `faults` names by row and column."""

    def __init__(self, reason: Reason, faults: Faults) -> None:
        super().__init__(reason)
        self.faults = faults


def check(content: bytes) -> tuple[Checked, str]:
    """Return what is in a file and what is wrong with it as such, and in words how it was read.

    Raises Unreadable if the file as a whole cannot be taken.
    """
    courses = catalogue()
    db.session.rollback()  # nothing was changed; a long file takes a while to read, and others may write meanwhile
    source = read(content)
    return checked(source.rows, courses), source.read_as


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a file, by which it is known again."""
    return sha256(content).hexdigest()


def hand_in(done: Checked, *, file: str, file_hash: str, reason: str, by: Actor) -> tuple[TrainingImport, bool]:
    """Keep what the checked file says until somebody else approves it; return it, and whether it is new.

    The same file twice is there once. Keeps nothing and raises Faulty if cells are wrong, Refused if the file adds
    nothing or nobody answers for it.
    """
    if done.faults:
        raise Faulty(FAULTY, done.faults)
    made = plan(done, by=by)
    if (there := queries.same_file(file_hash)) is not None:  # asked last: it may be handed in while it is looked at
        return there, False
    if against := reasons_against_importing(by.staff_id, reason):
        raise Refused(*against)
    if made.faults:
        raise Faulty(FAULTY, made.faults)
    if not made.steps:
        raise Refused(NOTHING_NEW)
    kept_file = TrainingImport(
        file=kept(PurePath(file).name)[:200] or "file",
        sha256=file_hash,
        rows=len(made.steps),
        reason=reason.strip(),
        imported_by_id=by.staff_id,
        imported_at=clock.now(),
    )
    db.session.add(kept_file)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        there = queries.same_file(file_hash)
        if there is None:
            raise
        return there, False
    _keep_rows(kept_file, made)
    after = {"file": kept_file.file, "sha256": file_hash, "rows": kept_file.rows, "there": made.there}
    record("training_import.handed_in", by=by, subject_id=kept_file.id, after=after, reason=kept_file.reason)
    return kept_file, True


def take_back(file: TrainingImport, *, by: Actor) -> None:
    """Let whoever handed a file in take it back while it is open; it stays on record."""
    if file.state != RequestState.OPEN:
        raise Refused(Reason(code="import.decided", message="This import is not open any more."))
    if by.staff_id != file.imported_by_id:
        raise Refused(Reason(code="import.others", message="Only whoever handed the file in takes it back."))
    file.state = RequestState.TAKEN_BACK
    db.session.flush()
    record("training_import.taken_back", by=by, subject_id=file.id)


def refuse(file: TrainingImport, *, reason: str, by: Actor) -> None:
    """Refuse a file with a reason; raises Refused."""
    if against := _against_deciding(file, reason, by):
        raise Refused(*against)
    _decide(file, RequestState.REFUSED, reason, by)


def approve(file: TrainingImport, *, reason: str, by: Actor) -> int:
    """Recognise each row of a file as a step and issue its certificate, or raise Refused and issue none; how many.

    Everything is judged again as things stand now, since certificates may have come or gone since it was handed in.
    """
    if against := _against_deciding(file, reason, by):
        raise Refused(*against)
    if faults := _overtaken(file):
        raise Faulty(OVERTAKEN, faults)
    _decide(file, RequestState.APPROVED, reason, by)
    for chunk in queries.rows_by_person(file.id, most=CHUNK):
        _recognise(file, chunk, by)
    return file.rows


def _overtaken(file: TrainingImport) -> Faults:
    """Return what of an open file no longer holds, by row and column, as it is now."""
    faults, months = Faults(), current_app.config["RENEWAL_MONTHS"]
    for chunk in queries.rows_by_person(file.id, most=CHUNK):
        staff_ids = {row.staff_id for row in chunk}
        db.session.execute(select(Staff.id).where(Staff.id.in_(staff_ids)).order_by(Staff.id).with_for_update())
        known = held_by(staff_ids)
        for staff_id, theirs in groupby(chunk, key=lambda row: row.staff_id):
            rows = map(queries.passed, theirs)
            for one in judged(rows, known[staff_id][1], today=clock.today(), renewal_months=months):
                for reason in one.reasons:
                    faults.add(one.passed.row, reason.field or "", f"{reason.message} {reason.remedy}".strip())
    return faults


def _keep_rows(file: TrainingImport, made: Plan) -> None:
    values = [_columns(step, file.id) for step in made.steps]
    for start in range(0, len(values), CHUNK):
        db.session.connection().execute(insert(TrainingImportRow), values[start : start + CHUNK])


def _columns(step: Step, import_id: int) -> dict[str, object]:
    line = step.line
    return {
        "import_id": import_id,
        "number": line.row,
        "staff_id": step.staff_id,
        "stage": line.taught.stage,
        "programme_id": line.taught.programme_id,
        "course_id": line.taught.id,
        "passed_on": line.passed_on,
        "valid_to": step.days.last,
        "valid_given": line.valid_until is not None,
        "evidence": line.evidence,
    }


def _against_deciding(file: TrainingImport, reason: str, by: Actor) -> tuple[Reason, ...]:
    return reasons_against_deciding(
        RequestState(file.state),
        reason,
        importer_id=file.imported_by_id,
        decider_id=by.staff_id,
        decider_in_file=queries.names(file.id, by.staff_id),
    )


def _decide(file: TrainingImport, state: RequestState, reason: str, by: Actor) -> None:
    file.state, file.decision_reason = state, reason.strip()
    file.decided_by_id, file.decided_at = by.staff_id, clock.now()
    db.session.flush()
    after = {"state": state, "rows": file.rows}
    record("training_import.decided", by=by, subject_id=file.id, after=after, reason=file.decision_reason)
    importer = file.imported_by
    queue(
        f"training_import:{file.id}:{state}",
        to=importer.email,
        staff_id=importer.id,
        subject=f"Earlier training in {file.file}: {state}",
        body=body_of("training_import", name=importer.name, file=file, by=by.name),
    )


def _recognise(file: TrainingImport, chunk: Sequence[TrainingImportRow], by: Actor) -> None:
    """Recognise the rows of a chunk, tie each to its row, and issue the certificates."""
    recognitions = [_recognition(file, row, by) for row in chunk]
    made = list(zip(add_rows(Recognition, recognitions, by=APART), recognitions, chunk, strict=True))
    db.session.connection().execute(
        insert(ImportedStep),
        [
            {
                "recognition_id": key,
                "row_id": row.id,
                "import_id": file.id,
                "import_state": RequestState.APPROVED,
                "staff_id": row.staff_id,
                "stage": row.stage,
                "programme_id": row.programme_id,
                "imported_by_id": file.imported_by_id,
                "approved_by_id": by.staff_id,
            }
            for key, _, row in made
        ],
    )
    told = ("stage", "programme_id", "evidence", "requested_by_id", "approved_by_id")
    record_many(
        [
            entry(
                "recognition.approved",
                by=by,
                subject_id=key,
                staff_id=row.staff_id,
                after={column: recognition[column] for column in told},
                reason=file.decision_reason,
            )
            for key, recognition, row in made
        ]
    )
    issue_for_recognitions(
        (
            Recognised(
                recognition_id=key,
                staff_id=row.staff_id,
                stage=row.stage,
                programme_id=row.programme_id,
                days=Span(first=row.passed_on, last=row.valid_to),
            )
            for key, _, row in made
        ),
        by=by,
    )


def _recognition(file: TrainingImport, row: TrainingImportRow, by: Actor) -> dict[str, Any]:
    what = f"passed “{row.course.title}”" if row.course else "was selected"
    shown = f" Evidence named there: {row.evidence}" if row.evidence else ""
    return {
        "staff_id": row.staff_id,
        "stage": row.stage,
        "programme_id": row.programme_id,
        "evidence": f"Row {row.number} of the file {file.file}: {what} on {day_in_words(row.passed_on)}.{shown}",
        "reason": file.decision_reason,
        "requested_by_id": file.imported_by_id,
        "approved_by_id": by.staff_id,
        "approved_on": clock.today(),
        "approved_at": clock.now(),
    }
