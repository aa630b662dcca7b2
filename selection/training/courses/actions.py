"""What changes courses."""

from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import Course
from selection.rules.courses import Serves, reasons_against_course
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import changed, record
from selection.training.courses import queries


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseSettings:
    """Everything that is set on a course; periods are whole months."""

    title: str
    stage: Stage
    programme_id: int | None
    days: int
    attendance_percent: int
    valid_months: int
    months_after_step_before: int
    reassess_months: int

    @property
    def serves(self) -> Serves:
        """What the course is for."""
        return Serves(stage=self.stage, programme_id=self.programme_id)


def make(settings: CourseSettings, *, by: Actor) -> Course:
    """Make a course, or raise Refused with every reason."""
    _insist(reasons_against_course(settings.serves), settings.title, None)
    course = Course(**asdict(settings))
    db.session.add(course)
    _flush()
    record("course.created", by=by, subject_id=course.id, after=asdict(settings))
    return course


def change(course: Course, settings: CourseSettings, *, by: Actor) -> None:
    """Change a course, or raise Refused with every reason; results that are recorded stay as they are."""
    now = Serves(stage=Stage(course.stage), programme_id=course.programme_id)
    against = reasons_against_course(settings.serves, now=now, has_events=queries.has_events(course.id))
    _insist(against, settings.title, course.id)
    before, after = changed({key: getattr(course, key) for key in asdict(settings)}, asdict(settings))
    if not after:
        return
    for key, value in after.items():
        setattr(course, key, value)
    _flush()
    record("course.changed", by=by, subject_id=course.id, before=before, after=after)


def _insist(reasons: tuple[Reason, ...], title: str, course_id: int | None) -> None:
    if queries.is_taken(title, by_other_than=course_id):
        reasons = (*reasons, TITLE_TAKEN)
    if reasons:
        raise Refused(*reasons)


TITLE_TAKEN = Reason(
    code="course.title_taken",
    message="There is already a course of this title.",
    remedy="Choose another title, so that people can tell them apart.",
    field="title",
)


def _flush() -> None:
    """Write, and let the constraint decide where somebody took the title at the same moment."""
    try:
        db.session.flush()
    except IntegrityError as clash:
        db.session.rollback()
        raise Refused(TITLE_TAKEN) from clash
