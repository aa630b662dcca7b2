"""Reads of courses; they belong to the whole service, so no area bounds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.programmes import Programme
from selection.models.training import Course, Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A course, and how many events of it there are or were."""

    course: Course
    events: int


def every() -> list[Listed]:
    """Return every course, fundamental training first, then by title."""
    events = select(func.count()).where(Event.course_id == Course.id).correlate(Course).scalar_subquery()
    query = select(Course, events).options(joinedload(Course.programme)).order_by(Course.stage, Course.title)
    return [Listed(course=course, events=number) for course, number in db.session.execute(query)]


def one(course_id: int, *, writing: bool = False) -> Course:
    """Return a course, or raise NotHere; for writing, others who would write with it wait."""
    query = select(Course).where(Course.id == course_id).options(joinedload(Course.programme))
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


def programmes() -> Sequence[Programme]:
    """Return every programme, by code."""
    return db.session.scalars(select(Programme).order_by(Programme.code)).all()
