"""Rows of training → facts that the rules judge."""

from collections.abc import Iterable

from sqlalchemy import select

from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.standards import Standard
from selection.models.training import Course, Event
from selection.rules.programmes import Stage
from selection.rules.training import CourseFacts
from selection.rules.validity import Span


def course_facts(course: Course) -> CourseFacts:
    """Return what the rules need to know of a course."""
    return CourseFacts(
        stage=Stage(course.stage),
        programme_id=course.programme_id,
        attendance_percent=course.attendance_percent,
        valid_months=course.valid_months,
        months_after_step_before=course.months_after_step_before,
        reassess_months=course.reassess_months,
    )


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
