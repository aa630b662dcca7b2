"""Courses, attendance and the three-part result: attending is not passing [seed]."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.calendar import add_months, last_day_valid
from selection.rules.programmes import Stage
from selection.rules.validity import Span


class Part(StrEnum):
    """What is assessed in training [seed]."""

    UNDERSTANDING = "understanding"
    COMPETENCIES = "competencies"
    ABILITIES = "abilities"


class EndedAs(StrEnum):
    """How a booking ended for good without a pass: failed, taken back by the person on the way, or never there."""

    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"


class PartResult(StrEnum):
    """What one part of a result came to; not assessed is not a fail, and no pass either."""

    PASSED = "passed"
    NOT_YET = "not_yet"
    NOT_ASSESSED = "not_assessed"


class CourseKind(StrEnum):
    """Whether a course trains for its stage, refreshes it, or converts from another programme's training to it."""

    TRAINING = "training"
    REFRESHER = "refresher"
    CONVERSION = "conversion"


RECOGNISED_PASS_MONTHS = 24
"""How long a recognised selection serves to book, as no standard says [default: what the shipped standard says]."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prerequisite:
    """A course that must have been passed before another is taken."""

    course_id: int
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFacts:
    """What the rules need to know of a version of a course; periods are whole months, all of them local settings.

    `attempts` is how often a part can be assessed; `from_programme` names the one that a conversion builds on;
    `recognised_pass_months` is for how long a selection that was recognised serves to book.
    """

    stage: Stage
    programme_id: int | None
    attendance_percent: int
    valid_months: int
    months_after_step_before: int
    reassess_months: int
    attempts: int = 2
    kind: CourseKind = CourseKind.TRAINING
    from_programme_id: int | None = None
    from_programme: str = ""
    prerequisites: tuple[Prerequisite, ...] = ()
    recognised_pass_months: int = RECOGNISED_PASS_MONTHS


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The three parts [seed: understanding, competencies and abilities are assessed], and the attendance in days."""

    understanding: PartResult
    competencies: PartResult
    abilities: PartResult
    days_present: int
    days_held: int


def attended_enough(result: Result, course: CourseFacts) -> bool:
    """True if the share of days present reaches what the course asks for, exactly."""
    return result.days_held > 0 and result.days_present * 100 >= course.attendance_percent * result.days_held


def is_passed(result: Result, course: CourseFacts) -> bool:
    """True if each of the three parts is passed and the attendance is enough."""
    parts = (result.understanding, result.competencies, result.abilities)
    return attended_enough(result, course) and all(part == PartResult.PASSED for part in parts)


def certificate_days(course: CourseFacts, *, passed_on: date) -> Span:
    """Return the days on which a certificate from this course is valid; the last is the eve of the anniversary."""
    return Span(first=passed_on, last=last_day_valid(passed_on, course.valid_months))


def reassess_by(course: CourseFacts, *, recorded_on: date) -> date:
    """Return the last day on which a part not yet passed can be assessed again."""
    return add_months(recorded_on, course.reassess_months)
