"""Who can be booked on an event, wait for a place on it, and cancel; judged on the event's first day, not today."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from selection.rules.calendar import add_months, last_day_valid
from selection.rules.eligibility import Person, Step, StopKind
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.training import CourseFacts, CourseKind
from selection.rules.validity import Span
from selection.rules.words import day_in_words

NOTHING: Mapping[int, Iterable[date]] = MappingProxyType({})
STEP_BEFORE = {Stage.FUNDAMENTAL: Stage.SELECTION, Stage.PROGRAMME: Stage.FUNDAMENTAL}


def reasons_against_booking(
    person: Person,
    course: CourseFacts,
    event: Span,
    *,
    pass_months: Mapping[int, int],
    passed: Mapping[int, Iterable[date]] = NOTHING,
    today: date,
) -> tuple[Reason, ...]:
    """Return every reason why the person cannot be booked, judged on the event's first day, not today.

    `pass_months` says, by certificate of selection, for how many months that pass serves to book: the period of the
    standard under which it was decided. A certificate that is not in it rests on a recognition, for which the course
    has the service's own number. The course's own, shorter period since the step before applies as well. `passed` are
    the days on which the person passed courses, by course, as far as the course asks for any.
    """
    return tuple(_booking(person, course, event, pass_months, passed, today))


def _booking(
    person: Person,
    course: CourseFacts,
    event: Span,
    pass_months: Mapping[int, int],
    passed: Mapping[int, Iterable[date]],
    today: date,
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
    yield from _steps_asked_for(person, course, event, pass_months)
    for one in course.prerequisites:
        if not any(day <= event.first for day in passed.get(one.course_id, ())):
            yield Reason(
                code="prerequisite.missing",
                message=f"{person.name} has not passed the course “{one.title}” by {day_in_words(event.first)}.",
                remedy="The course asks for that one first.",
            )


def _steps_asked_for(
    person: Person, course: CourseFacts, event: Span, pass_months: Mapping[int, int]
) -> Iterator[Reason]:
    match course.kind:
        case CourseKind.TRAINING:
            yield from _step_before(person, course, event, pass_months)
        case CourseKind.REFRESHER:
            yield from _what_is_refreshed(person, course, event)
        case CourseKind.CONVERSION:
            yield from _held_on(person, Stage.FUNDAMENTAL, None, "", event.first)
            yield from _held_on(person, Stage.PROGRAMME, course.from_programme_id, course.from_programme, event.first)


def _what_is_refreshed(person: Person, course: CourseFacts, event: Span) -> Iterator[Reason]:
    """Yield why there is nothing to refresh: no certificate of the step, or one that ended too long ago."""
    name = STAGE_NAMES[course.stage]
    held = [
        step.days
        for step in person.steps
        if (step.stage, step.programme_id) == (course.stage, course.programme_id) and not step.days.is_empty
    ]
    if not held:
        yield Reason(
            code=f"{course.stage}.missing",
            message=f"{person.name} has not passed {name}, so there is nothing to refresh.",
            remedy="They take the training itself.",
        )
        return
    first, last = min(span.first for span in held), max(span.last for span in held)
    until = add_months(last, course.months_after_step_before)
    if not first <= event.first <= until:
        yield Reason(
            code=f"{course.stage}.not_valid",
            message=f"{person.name}'s certificate of {name} can be refreshed from {day_in_words(first)}"
            f" to {day_in_words(until)}, and the event begins on {day_in_words(event.first)}.",
            remedy="Choose an event that begins within that time, or the training itself.",
            earliest=first if event.first < first else None,
        )


def _held_on(person: Person, stage: Stage, programme_id: int | None, programme: str, day: date) -> Iterator[Reason]:
    """Yield why a conversion has nothing to build on: the certificate is not there, or not valid on the day."""
    name = f"{STAGE_NAMES[stage]} of {programme}" if programme else STAGE_NAMES[stage]
    held = [
        step.days
        for step in person.steps
        if (step.stage, step.programme_id) == (stage, programme_id) and not step.days.is_empty
    ]
    if not held:
        message = f"{person.name} has not passed {name}."
        yield Reason(code=f"{stage}.missing", message=message, remedy="A conversion builds on it.")
    elif not any(day in span for span in held):
        coming = [span.first for span in held if span.first > day]
        yield Reason(
            code=f"{stage}.not_valid",
            message=f"{person.name}'s certificate of {name} is not valid on {day_in_words(day)}.",
            remedy="Renew it first, or choose an event while it is valid.",
            earliest=min(coming, default=None),
        )


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
        months = min(months, pass_months.get(step.id, course.recognised_pass_months))
    return Span(first=step.days.first, last=min(step.days.last, last_day_valid(step.days.first, months)))


def reasons_against_cancelling(
    event: Span, *, has_result: bool, today: date, oneself: bool = False
) -> tuple[Reason, ...]:
    """Return every reason why a booking cannot be cancelled any more; `oneself` says that the person booked would."""
    reasons = []
    if oneself and event.first <= today <= event.last:
        reasons.append(
            Reason(
                code="event.begun",
                message="The event has begun, so you cannot cancel it yourself any more.",
                remedy="Tell the training lead.",
            )
        )
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


def reasons_against_waiting(name: str, *, free: int, waits: bool) -> tuple[Reason, ...]:
    """Return why somebody who could be booked is not put on the waiting list."""
    if waits:
        return (Reason(code="waiting.already", message=f"{name} is on the waiting list already."),)
    if free > 0:
        message = f"{free} {'place is' if free == 1 else 'places are'} free, so nobody needs to wait."
        return (Reason(code="waiting.needless", message=message, remedy="Book them."),)
    return ()
