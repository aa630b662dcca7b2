"""The two courses of the path: fundamental training for all programmes, and the training of one; all local settings."""

from selection.core import clock
from selection.models.courses import Course, CourseVersion
from selection.models.programmes import Programme
from selection.rules.programmes import Stage


def new_fundamental_course() -> Course:
    """Return the course in fundamental skills, not yet stored."""
    course = Course(title="Fundamental skills of groupwork", stage=Stage.FUNDAMENTAL, programme_id=None)
    return _with_terms(course, days=5)


def new_programme_course(programme: Programme) -> Course:
    """Return the course in the programme, not yet stored."""
    course = Course(title=f"{programme.code} programme training", stage=Stage.PROGRAMME, programme_id=programme.id)
    return _with_terms(course, days=10)


def _with_terms(course: Course, *, days: int) -> Course:
    terms = CourseVersion(
        number=1,
        days=days,
        attendance_percent=90,
        valid_months=36,
        months_after_step_before=12,
        reassess_months=3,
        made_at=clock.now(),
    )
    course.versions.append(terms)
    return course
