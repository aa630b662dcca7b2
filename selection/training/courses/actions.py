"""What changes courses: what a course is for, and, version by version, what it asks for."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy.exc import IntegrityError

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.courses import Course, CourseVersion
from selection.rules.courses import Serves, reasons_against_course, reasons_against_prerequisites
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.training import CourseKind
from selection.trail.record import changed, record
from selection.training.courses import queries


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What a version of a course asks for and gives; `prerequisites` are the ids of courses, in their order."""

    days: int
    attendance_percent: int
    valid_months: int
    months_after_step_before: int
    reassess_months: int
    attempts: int
    understanding_method: str
    understanding_mark: int | None
    competencies_method: str
    competencies_mark: int | None
    abilities_method: str
    abilities_mark: int | None
    trainers_authorised: bool
    trainers_years: int
    prerequisites: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseSettings:
    """Everything that is set on a course: its title, what it is for, and its terms."""

    title: str
    serves: Serves
    terms: Terms

    def identity(self) -> dict[str, Any]:
        """Return the columns of the course itself."""
        return {"title": self.title} | asdict(self.serves)


def make(settings: CourseSettings, *, by: Actor) -> Course:
    """Make a course with its first version, or raise Refused with every reason."""
    _insist((*reasons_against_course(settings.serves),), settings.title, None)
    course = Course(**settings.identity())
    course.versions.append(_version(1, settings.terms, "", by))
    db.session.add(course)
    _flush(TITLE_TAKEN)
    after = settings.identity() | asdict(settings.terms)
    record("course.created", by=by, subject_id=course.id, after=after)
    return course


def change(course: Course, settings: CourseSettings, *, reason: str, by: Actor) -> CourseVersion | None:
    """Change a course whose versions are loaded, or raise Refused; returns the new version if the terms changed.

    Events that are open keep the version that they were opened under, and with it their results.
    """
    now = Serves(
        stage=Stage(course.stage),
        programme_id=course.programme_id,
        kind=CourseKind(course.kind),
        from_programme_id=course.from_programme_id,
    )
    against = reasons_against_course(settings.serves, now=now, has_events=queries.has_events(course.id))
    against += reasons_against_prerequisites(course.id, settings.terms.prerequisites)
    _insist(against, settings.title, course.id)
    was, becomes = changed({"title": course.title} | asdict(now), settings.identity())
    before, after = changed(asdict(terms_of(course.newest)), asdict(settings.terms))
    for key, value in becomes.items():
        setattr(course, key, value)
    version = None
    if after:
        version = _version(course.newest.number + 1, settings.terms, reason.strip(), by)
        course.versions.append(version)
        before, after = before | {"number": version.number - 1}, after | {"number": version.number}
    if becomes or after:
        _flush(TITLE_TAKEN if becomes else VERSION_TAKEN)
        record("course.changed", by=by, subject_id=course.id, before=was | before, after=becomes | after, reason=reason)
    return version


def _version(number: int, terms: Terms, reason: str, by: Actor) -> CourseVersion:
    values = asdict(terms)
    before = queries.courses(values.pop("prerequisites"))
    return CourseVersion(
        **values, number=number, reason=reason, prerequisites=before, made_at=clock.now(), made_by_id=by.account_id
    )


def terms_of(version: CourseVersion) -> Terms:
    """Return a stored version as the terms that it was made from."""
    columns = {each.name: getattr(version, each.name) for each in fields(Terms) if each.name != "prerequisites"}
    return Terms(**columns, prerequisites=tuple(course.id for course in version.prerequisites))


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
VERSION_TAKEN = Reason(
    code="course.version_taken",
    message="Somebody made a version of this course at the same moment.",
    remedy="Look at it first.",
)


def _flush(clash: Reason) -> None:
    """Write, and let the constraint decide where somebody did the same at the same moment."""
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(clash) from error
