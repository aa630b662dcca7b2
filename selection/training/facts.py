"""Rows of training → facts that the rules judge."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.standards import Standard
from selection.models.training import Course, CourseVersion, Event
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
        prerequisites=tuple(Prerequisite(course_id=one.id, title=one.title) for one in prerequisites),
    )


WITH_TERMS = (
    joinedload(Event.course).options(joinedload(Course.programme), joinedload(Course.from_programme)),
    joinedload(Event.terms),
)
"""What a query of events loads so that `course_facts` needs no more."""


def span(event: Event) -> Span:
    """Return the event's time, from its first day to its last."""
    return Span(first=event.starts_on, last=event.ends_on)


def pass_months(staff_ids: Iterable[int]) -> dict[int, int]:
    """Return, by certificate of selection, for how many months the standard of its decision lets it serve to book."""
    query = (
        select(Certificate.id, Standard.pass_valid_months)
        .join(Decision, Decision.id == Certificate.decision_id)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Standard, Standard.id == Centre.standard_id)
        .where(Certificate.staff_id.in_(list(staff_ids)))
    )
    return {row.id: row.pass_valid_months for row in db.session.execute(query)}
