"""Reads of files of earlier training: those whose people are all within reach, and those that one handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.courses import Course
from selection.models.imports import ImportedStep, TrainingImport, TrainingImportRow
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.rules.historic import Passed
from selection.rules.programmes import Stage
from selection.rules.requests import RequestState
from selection.rules.roles import Actor, Permission
from selection.rules.training import CourseKind
from selection.web.pages import PER_PAGE, Pages

PEOPLE = (joinedload(TrainingImport.imported_by, innerjoin=True), joinedload(TrainingImport.decided_by))


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A row of a file as it is shown: whose, what they passed, and the certificate that stands on it, if any."""

    row: TrainingImportRow
    number: str
    name: str
    title: str
    programme: str | None
    certificate_id: int | None
    certificate: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """How many people a file names, how many rows are of each step, and of how many the file gave the last day."""

    people: int
    by_stage: dict[Stage, int]
    given: int


def same_file(file_hash: str) -> TrainingImport | None:
    """Return the import of this very file that stands, open or approved."""
    standing = TrainingImport.state.in_((RequestState.OPEN, RequestState.APPROVED))
    return db.session.scalar(select(TrainingImport).where(TrainingImport.sha256 == file_hash, standing))


def one(import_id: int, *, by: Actor) -> TrainingImport:
    """Return a file with whoever handed it in and decided; raises NotHere."""
    query = select(TrainingImport).where(TrainingImport.id == import_id, seen_by(by, Permission.TRAINING_READ))
    found = db.session.scalars(query.options(*PEOPLE)).one_or_none()
    if found is None:
        raise NotHere
    return found


def to_decide(import_id: int, *, by: Actor) -> TrainingImport:
    """Return a file of people whom the actor may certify, after waiting for whoever decides it now; raises NotHere."""
    query = select(TrainingImport.id).where(TrainingImport.id == import_id, seen_by(by, Permission.TRAINING_CERTIFY))
    if db.session.scalar(query.with_for_update(of=TrainingImport)) is None:
        raise NotHere
    return one(import_id, by=by)


def listed(*, page: int, by: Actor) -> tuple[Sequence[TrainingImport], Pages]:
    """Return a page of the files that the actor may see: the open ones first, then the newest."""
    query = select(TrainingImport).where(seen_by(by, Permission.TRAINING_READ))
    counted = select(func.count()).select_from(query.with_only_columns(TrainingImport.id).subquery())
    pages = Pages.at(page, db.session.scalars(counted).one())
    order = ((TrainingImport.state != RequestState.OPEN), TrainingImport.id.desc())
    return db.session.scalars(query.options(*PEOPLE).order_by(*order).offset(pages.before).limit(PER_PAGE)).all(), pages


def rows_of(file: TrainingImport, *, page: int) -> tuple[list[Said], Pages]:
    """Return a page of the rows of a file in their order, each with its certificate."""
    pages = Pages.at(page, file.rows)
    row = TrainingImportRow
    query = (
        select(row, Staff.number, Staff.name, Course.title, Programme.code, Certificate.id, Certificate.number)
        .join(Staff, Staff.id == row.staff_id)
        .outerjoin(Course, Course.id == row.course_id)
        .outerjoin(Programme, Programme.id == row.programme_id)
        .outerjoin(ImportedStep, ImportedStep.row_id == row.id)
        .outerjoin(Certificate, Certificate.recognition_id == ImportedStep.recognition_id)
        .where(row.import_id == file.id)
        .order_by(row.number)
    )
    return [
        Said(
            row=said,
            number=number,
            name=name,
            title=title or "Selection",
            programme=programme,
            certificate_id=certificate_id,
            certificate=certificate,
        )
        for said, number, name, title, programme, certificate_id, certificate in db.session.execute(
            query.offset(pages.before).limit(PER_PAGE)
        )
    ], pages


def sums(file: TrainingImport) -> Sums:
    """Return how much of what is in a file; one query."""
    row = TrainingImportRow
    query = select(
        func.count(row.staff_id.distinct()),
        *(func.count().filter(row.stage == stage) for stage in Stage),
        func.count().filter(row.valid_given),
    ).where(row.import_id == file.id)
    people, *by_stage, given = db.session.execute(query).one()
    return Sums(people=people, by_stage=dict(zip(Stage, by_stage, strict=True)), given=given)


def rows_by_person(import_id: int, *, most: int) -> Iterator[Sequence[TrainingImportRow]]:
    """Yield the rows of a file with their courses, a person's together, about `most` at a time."""
    after = 0
    while True:
        row = TrainingImportRow
        of_file = and_(row.import_id == import_id, row.staff_id > after)
        until = db.session.scalar(
            select(func.max(select(row.staff_id).where(of_file).order_by(row.staff_id).limit(most).subquery().c[0]))
        )
        if until is None:
            return
        query = select(row).where(of_file, row.staff_id <= until).order_by(row.staff_id, row.number)
        yield db.session.scalars(query.options(joinedload(row.course))).all()
        after = until


def passed(row: TrainingImportRow) -> Passed:
    """Return a stored row as the rules see it: until when it is valid is said."""
    course = row.course
    return Passed(
        row=row.number,
        course=course.title if course else "",
        stage=Stage(row.stage),
        programme_id=row.programme_id,
        kind=CourseKind(course.kind) if course else CourseKind.TRAINING,
        from_programme_id=course.from_programme_id if course else None,
        passed_on=row.passed_on,
        valid_months=None,
        valid_until=row.valid_to,
    )


def names(import_id: int, staff_id: int | None) -> bool:
    """True if the file names this person."""
    row = TrainingImportRow
    return bool(db.session.scalar(select(exists().where(row.import_id == import_id, row.staff_id == staff_id))))


def open_for(by: Actor) -> ColumnElement[int]:
    """Return, as part of a query, how many files wait for a decision that the actor may take: not their own."""
    waiting = (TrainingImport.state == RequestState.OPEN, TrainingImport.imported_by_id != by.staff_id)
    query = select(func.count(TrainingImport.id)).where(*waiting, seen_by(by, Permission.TRAINING_CERTIFY))
    return query.scalar_subquery()


def seen_by(by: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return the condition that everybody whom a file names is within reach, or that the actor handed it in."""
    reach = by.reach(permission)
    mine = TrainingImport.imported_by_id == by.staff_id
    if reach.everywhere:
        return true()
    beyond = (
        select(TrainingImportRow.id)
        .join(Staff, Staff.id == TrainingImportRow.staff_id)
        .where(TrainingImportRow.import_id == TrainingImport.id, not_(within(Staff.area_id, reach)))
    )
    return or_(mine, not_(beyond.exists()))
