"""What a file of earlier training touches: the catalogue, and people by number with what they have, in chunks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select

from selection.authorisation import gather
from selection.core.db import db
from selection.core.scope import within
from selection.models.courses import Course, CourseVersion
from selection.models.imports import TrainingImport, TrainingImportRow
from selection.models.people import Staff
from selection.rules.historic import Had
from selection.rules.names import folded
from selection.rules.programmes import Stage
from selection.rules.requests import RequestState
from selection.rules.roles import Reach
from selection.rules.training import CourseKind
from selection.training.imports.checking import A_SELECTION, Line, Taught

CHUNK = 1_000

Key = tuple[int, str, int | None, date]
"""A person, a step with its programme, and the day on which it was passed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person whom a file names: id, name, and the certificates that they have."""

    id: int
    name: str
    had: tuple[Had, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """People by number, and until when the same steps of theirs, passed on the same days, stand on files already."""

    people: dict[str, Known]
    on_file: dict[Key, date]


def catalogue() -> dict[str, Taught]:
    """Return what can be passed by folded title: every course, by its newest version, and the selection."""
    newest = select(CourseVersion.course_id, CourseVersion.valid_months).order_by(CourseVersion.number)
    months = {row.course_id: row.valid_months for row in db.session.execute(newest)}
    found = {folded(A_SELECTION.title): A_SELECTION}
    for course in db.session.scalars(select(Course)):
        found[folded(course.title)] = taught(course, months[course.id])
    return found


def taught(course: Course, valid_months: int) -> Taught:
    """Return a course as a row of a file names it."""
    return Taught(
        course.id,
        course.title,
        Stage(course.stage),
        course.programme_id,
        CourseKind(course.kind),
        course.from_programme_id,
        valid_months,
    )


def by_person(lines: Iterable[Line]) -> Iterator[list[list[Line]]]:
    """Yield the lines of each person together, in chunks that a query can take."""
    chunk: list[list[Line]] = []
    held = 0
    for _, theirs in groupby(sorted(lines, key=lambda line: line.number), key=lambda line: line.number):
        chunk.append(list(theirs))
        held += len(chunk[-1])
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def gathered(chunk: Sequence[Sequence[Line]], reach: Reach) -> Facts:
    """Return what the lines of these people touch, in three queries."""
    numbers = [lines[0].number for lines in chunk]
    query = select(Staff.number, Staff.id).where(Staff.number.in_(numbers), within(Staff.area_id, reach))
    ids = {row.number: row.id for row in db.session.execute(query)}
    had = held_by(ids.values())
    return Facts(
        people={number: Known(key, *had[key]) for number, key in ids.items()},
        on_file=_on_file(list(ids.values())),
    )


def held_by(staff_ids: Iterable[int]) -> dict[int, tuple[str, tuple[Had, ...]]]:
    """Return the name and the certificates of each of the people, by id; one query however many they are."""
    return {
        key: (
            person.name,
            tuple(Had(stage=step.stage, programme_id=step.programme_id, days=step.days) for step in person.steps),
        )
        for key, person in gather.people(staff_ids).items()
    }


def _on_file(staff_ids: list[int]) -> dict[Key, date]:
    row = TrainingImportRow
    query = (
        select(row.staff_id, row.stage, row.programme_id, row.passed_on, row.valid_to)
        .join(TrainingImport, TrainingImport.id == row.import_id)
        .where(row.staff_id.in_(staff_ids))
        .where(TrainingImport.state.in_((RequestState.OPEN, RequestState.APPROVED)))
    )
    return {(who, stage, of, passed_on): last for who, stage, of, passed_on, last in db.session.execute(query)}
