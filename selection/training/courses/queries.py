"""Reads of courses; they belong to the whole service, so no area bounds them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.courses import Course, CourseVersion
from selection.models.training import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A course with its newest version, and how many events of it there are or were."""

    course: Course
    terms: CourseVersion
    events: int


_WITH_PROGRAMMES = (joinedload(Course.programme), joinedload(Course.from_programme))


def every() -> list[Listed]:
    """Return every course, fundamental training first, then by title."""
    events = select(func.count()).where(Event.course_id == Course.id).correlate(Course).scalar_subquery()
    newer = aliased(CourseVersion)
    query = (
        select(Course, CourseVersion, events)
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(~exists().where(newer.course_id == Course.id, newer.number > CourseVersion.number))
        .options(*_WITH_PROGRAMMES)
        .order_by(Course.stage, Course.title)
    )
    return [Listed(course=row[0], terms=row[1], events=row[2]) for row in db.session.execute(query)]


def one(course_id: int, *, writing: bool = False, prerequisites: bool = True) -> Course:
    """Return a course with its versions, or raise NotHere; for writing, others who would write with it wait.

    To open an event takes no prerequisites: whom the event takes is judged when people are booked.
    """
    with_versions = selectinload(Course.versions)
    if prerequisites:
        with_versions = with_versions.selectinload(CourseVersion.prerequisites)
    query = select(Course).where(Course.id == course_id).options(*_WITH_PROGRAMMES, with_versions)
    course = db.session.scalars(query.with_for_update(of=Course) if writing else query).one_or_none()
    if course is None:
        raise NotHere
    return course


def has_events(course_id: int) -> bool:
    """True if an event of the course is or was there."""
    return bool(db.session.scalar(select(exists().where(Event.course_id == course_id))))


def is_taken(title: str, *, by_other_than: int | None) -> bool:
    """True if another course has the title."""
    query = select(exists().where(Course.title == title, Course.id.is_distinct_from(by_other_than)))
    return bool(db.session.scalar(query))


def courses(ids: Collection[int] | None = None) -> list[Course]:
    """Return the courses with these ids, or every course, by title."""
    query = select(Course).order_by(Course.title)
    if ids is not None:
        if not ids:
            return []
        query = query.where(Course.id.in_(ids))
    return list(db.session.scalars(query))
