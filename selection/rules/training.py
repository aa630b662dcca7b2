"""Booking, attendance and the three-part result: attending is not passing [seed]."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.calendar import add_months, last_day_valid
from selection.rules.eligibility import Person, Step, StopKind
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Prerequisite:
    """A course that must have been passed before another is taken."""

    course_id: int
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFacts:
    """What the rules need to know of a version of a course; periods are whole months, all of them local settings.

    `attempts` is how often a part can be assessed; `from_programme` names the one that a conversion builds on.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The three parts [seed: understanding, competencies and abilities are assessed], and the attendance in days."""

    understanding: PartResult
    competencies: PartResult
    abilities: PartResult
    days_present: int
    days_held: int


STEP_BEFORE = {Stage.FUNDAMENTAL: Stage.SELECTION, Stage.PROGRAMME: Stage.FUNDAMENTAL}

RECOGNISED_PASS_MONTHS = 24
"""How long a recognised selection serves to book, as no standard says [default: what the shipped standard says]."""


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


def reasons_against_booking(
    person: Person, course: CourseFacts, event: Span, *, pass_months: Mapping[int, int], today: date
) -> tuple[Reason, ...]:
    """Return every reason why the person cannot be booked, judged on the event's first day, not today.

    `pass_months` says, by certificate of selection, for how many months that pass serves to book: the period of the
    standard under which it was decided. A certificate that is not in it rests on a recognition, for which
    RECOGNISED_PASS_MONTHS hold. The course's own, shorter period since the step before applies as well.
    """
    return tuple(_booking(person, course, event, pass_months, today))


def _booking(
    person: Person, course: CourseFacts, event: Span, pass_months: Mapping[int, int], today: date
) -> Iterator[Reason]:
    if event.last < today:
        yield Reason(code="event.over", message="The event is over.", remedy="Choose a coming event.")
    if not person.employed.covers(event):
        yield Reason(
            code="person.not_here",
            message=f"{person.name} is not in the service on all of those days.",
            remedy="Choose an event while they are.",
            earliest=person.employed.first if event.first < person.employed.first else None,
        )
    for stop in person.stops:
        if stop.programme_id in (None, course.programme_id) and stop.days.meets(event):
            yield Reason(
                code=f"person.{stop.kind}",
                message=f"{person.name} {STOPPED[stop.kind]} on those days.",
                remedy="It must be lifted first." if stop.kind == StopKind.SUSPENSION else "It takes a reinstatement.",
            )
    yield from _step_before(person, course, event, pass_months)


STOPPED = {StopKind.SUSPENSION: "is suspended", StopKind.DESELECTION: "is deselected"}


def _step_before(person: Person, course: CourseFacts, event: Span, pass_months: Mapping[int, int]) -> Iterator[Reason]:
    before = STEP_BEFORE[course.stage]
    name = STAGE_NAMES[before]
    held = [step for step in person.steps if step.stage == before and not step.days.is_empty]
    if not held:
        yield Reason(
            code=f"{before}.missing",
            message=f"{person.name} has not passed {name}.",
            remedy="That step comes first; nothing is skipped. Earlier or outside learning can be recognised.",
        )
        return
    spans = [_serves(step, course, pass_months) for step in held]
    if not any(event.first in span for span in spans):
        last = max(spans, key=lambda span: span.last)
        yield Reason(
            code=f"{before}.not_valid",
            message=f"{person.name}'s pass of {name} serves to book from {day_in_words(last.first)}"
            f" to {day_in_words(last.last)}, and the event begins on {day_in_words(event.first)}.",
            remedy="Choose an event that begins within that time, or renew the step before.",
            earliest=last.first if event.first < last.first else None,
        )


def _serves(step: Step, course: CourseFacts, pass_months: Mapping[int, int]) -> Span:
    """Return the days on which the step serves to book: while valid, and within both periods since it was passed."""
    months = course.months_after_step_before
    if step.stage == Stage.SELECTION:
        months = min(months, pass_months.get(step.id, RECOGNISED_PASS_MONTHS))
    return Span(first=step.days.first, last=min(step.days.last, last_day_valid(step.days.first, months)))


def reasons_against_cancelling(event: Span, *, has_result: bool, today: date) -> tuple[Reason, ...]:
    """Return every reason why a booking cannot be cancelled any more."""
    reasons = []
    if has_result:
        reasons.append(
            Reason(
                code="booking.has_result",
                message="A result is recorded for this booking, so it stays.",
                remedy="An error in the result is put right by recording it again.",
            )
        )
    if event.last < today:
        reasons.append(
            Reason(
                code="event.over",
                message="The event is over.",
                remedy="Whoever did not come is absent on the roll.",
            )
        )
    return tuple(reasons)
