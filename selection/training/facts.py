"""Rows of training → facts that the rules judge."""

from collections.abc import Iterable

from flask import current_app
from sqlalchemy.orm import joinedload

from selection.models.courses import Course, CourseVersion
from selection.models.training import Event
from selection.rules.programmes import Stage
from selection.rules.training import CourseFacts, CourseKind, Prerequisite
from selection.rules.validity import Span


def course_facts(terms: CourseVersion, prerequisites: Iterable[Course] = ()) -> CourseFacts:
    """Return what the rules need to know of a version of a course; only booking asks for its prerequisites."""
    course = terms.course
    return CourseFacts(
        stage=Stage(course.stage),
        programme_id=course.programme_id,
        attendance_percent=terms.attendance_percent,
        valid_months=terms.valid_months,
        months_after_step_before=terms.months_after_step_before,
        reassess_months=terms.reassess_months,
        attempts=terms.attempts,
        kind=CourseKind(course.kind),
        from_programme_id=course.from_programme_id,
        from_programme=course.from_programme.code if course.from_programme else "",
        recognised_pass_months=current_app.config["RECOGNISED_PASS_MONTHS"],
        prerequisites=tuple(Prerequisite(course_id=one.id, title=one.title) for one in prerequisites),
    )


WITH_TERMS = (
    joinedload(Event.course).options(joinedload(Course.programme), joinedload(Course.from_programme)),
    joinedload(Event.terms),
)
"""What a query of events loads so that `course_facts` needs no more."""

FOR_BOOKING = (
    joinedload(Event.course).options(joinedload(Course.programme), joinedload(Course.from_programme)),
    joinedload(Event.terms).joinedload(CourseVersion.prerequisites),
    joinedload(Event.days),
)
"""What a query of events loads, in one go, so that booking can be judged; its rows must be made unique."""


def span(event: Event) -> Span:
    """Return the event's time, from its first day to its last."""
    return Span(first=event.starts_on, last=event.ends_on)
