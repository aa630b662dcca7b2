"""Booking, attendance and the three-part result: attending is not passing [seed]."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.calendar import add_months, last_day_valid
from selection.rules.eligibility import Person
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words


class PartResult(StrEnum):
    """What one part of a result came to; not assessed is not a fail, and no pass either."""

    PASSED = "passed"
    NOT_YET = "not_yet"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFacts:
    """What the rules need to know of the course; periods are whole months, all of them local settings."""

    stage: Stage
    programme_id: int | None
    attendance_percent: int
    valid_months: int
    months_after_step_before: int
    reassess_months: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The three parts [seed: understanding, competencies and abilities are assessed], and the attendance in days."""

    understanding: PartResult
    competencies: PartResult
    abilities: PartResult
    days_present: int
    days_held: int


STEP_BEFORE = {Stage.FUNDAMENTAL: Stage.SELECTION, Stage.PROGRAMME: Stage.FUNDAMENTAL}


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
    person: Person, course: CourseFacts, event: Span, *, pass_valid_months: int, today: date
) -> tuple[Reason, ...]:
    """Return every reason why the person cannot be booked, judged on the event's first day, not today.

    `pass_valid_months` is the standard's period in which a pass serves to book; the course's own, shorter period
    since the step before applies as well.
    """
    return tuple(_booking(person, course, event, pass_valid_months, today))


def _booking(person: Person, course: CourseFacts, event: Span, pass_valid_months: int, today: date) -> Iterator[Reason]:
    if event.last < today:
        yield Reason(code="event.over", message="The event is over.", remedy="Choose a coming event.")
    if event.first < person.employed.first or event.last > person.employed.last:
        yield Reason(code="person.not_here", message=f"{person.name} is not in the service on those days.")
    for stop in person.stops:
        if stop.programme_id in (None, course.programme_id) and stop.days.meets(event):
            yield Reason(
                code=f"person.{stop.kind}",
                message=f"{person.name} is under a {stop.kind} on those days.",
                remedy="It must be lifted first.",
            )
    yield from _step_before(person, course, event, pass_valid_months)


def _step_before(person: Person, course: CourseFacts, event: Span, pass_valid_months: int) -> Iterator[Reason]:
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
    months = course.months_after_step_before
    if before == Stage.SELECTION:
        months = min(months, pass_valid_months)
    spans = [_serves(step.days, months) for step in held]
    if not any(event.first in span for span in spans):
        last = max(spans, key=lambda span: span.last)
        yield Reason(
            code=f"{before}.not_valid",
            message=f"{person.name}'s pass of {name} serves to book from {day_in_words(last.first)}"
            f" to {day_in_words(last.last)}, and the event begins on {day_in_words(event.first)}.",
            remedy="Choose an event that begins within that time, or renew the step before.",
            earliest=last.first if event.first < last.first else None,
        )


def _serves(days: Span, months: int) -> Span:
    return Span(first=days.first, last=min(days.last, last_day_valid(days.first, months)))
