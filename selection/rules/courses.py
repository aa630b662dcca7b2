"""What a course and its events must be, and whether an event has a place for somebody."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.training import CourseKind
from selection.rules.validity import Span, day_after
from selection.rules.words import day_in_words

MOST_DAYS = 60
"""Days that one event can have: more is a slip of the pen."""

SATURDAY = 5


BEGINS, ENDS = time(9, 30), time(16, 30)
"""From when to when a day of training lasts unless somebody says otherwise [local default]."""

METHODS = {
    "understanding": "Written questions",
    "competencies": "Observed exercises",
    "abilities": "Practice session with feedback",
}
"""How each part is assessed unless somebody says otherwise [local default]."""


class WaitEnd(StrEnum):
    """How a wait for a place ended: with a booking, given up, or with the event itself."""

    BOOKED = "booked"
    LEFT = "left"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Serves:
    """What a course is for: a step, the programme where the step is of one, and how it leads there."""

    stage: Stage
    programme_id: int | None
    kind: CourseKind = CourseKind.TRAINING
    from_programme_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Hours:
    """From when to when a day of an event lasts, by the clock in London."""

    begins: time
    ends: time


@dataclass(frozen=True, kw_only=True, slots=True)
class EventPlan:
    """What somebody wants an event to be; trainers are staff ids."""

    days: tuple[date, ...]
    places: int
    trainers: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class EventSoFar:
    """What has become of the event already: its days, who is booked (name by staff id), the days of its roll."""

    days: tuple[date, ...] = ()
    places: int = 0
    booked: Mapping[int, str]
    trainers: frozenset[int] = frozenset()
    cancelled: bool = False
    roll_taken: frozenset[date] = frozenset()


def weekdays(span: Span, days_off: Container[date] = ()) -> tuple[date, ...]:
    """Return the days of the span from Monday to Friday that are not off, and never more than a few beyond MOST_DAYS.

    Days off are bank holidays: which they are is a fact that the rules are given.
    """
    return tuple(_weekdays(span, days_off))


def _weekdays(span: Span, days_off: Container[date]) -> Iterator[date]:
    day, found = span.first, 0
    while day <= span.last and found <= MOST_DAYS:
        if day.weekday() < SATURDAY and day not in days_off:
            found += 1
            yield day
        day = day_after(day)


def reasons_against_course(
    wanted: Serves, *, now: Serves | None = None, has_events: bool = False
) -> tuple[Reason, ...]:
    """Return what is wrong with what a course shall be for; `now` is what it is for, if it is there already."""
    return tuple(_course(wanted, now, has_events))


def _course(wanted: Serves, now: Serves | None, has_events: bool) -> Iterator[Reason]:
    if wanted.stage == Stage.PROGRAMME and wanted.programme_id is None:
        yield Reason(
            code="course.programme_missing",
            message="Choose the programme that the course trains for.",
            field="programme",
        )
    if wanted.stage == Stage.FUNDAMENTAL and wanted.programme_id is not None:
        yield Reason(
            code="course.programme_needless",
            message="Fundamental training serves every programme.",
            remedy="Choose no programme, or the stage programme training.",
            field="programme",
        )
    yield from _conversion(wanted)
    if has_events and now is not None and wanted != now:
        yield Reason(
            code="course.has_events",
            message="The course has events, so its stage and its programme stay as they are.",
            remedy="Make another course.",
            field="stage" if wanted.stage != now.stage else "programme" if wanted.kind == now.kind else "kind",
        )


def _conversion(wanted: Serves) -> Iterator[Reason]:
    if wanted.kind != CourseKind.CONVERSION:
        if wanted.from_programme_id is not None:
            yield Reason(
                code="course.from_programme_needless",
                message="Only a conversion builds on another programme's training.",
                remedy="Choose no programme here, or make it a conversion.",
                field="from_programme",
            )
        return
    if wanted.stage != Stage.PROGRAMME:
        yield Reason(
            code="course.conversion_stage",
            message="A conversion leads to the training of a programme; fundamental training serves every one.",
            field="stage",
        )
    if wanted.from_programme_id is None:
        yield Reason(
            code="course.from_programme_missing",
            message="Choose the programme whose training the conversion builds on.",
            field="from_programme",
        )
    elif wanted.from_programme_id == wanted.programme_id:
        yield Reason(
            code="course.from_programme_same",
            message="A conversion builds on the training of another programme.",
            remedy="Choose another programme, or make it a refresher.",
            field="from_programme",
        )


def reasons_against_prerequisites(course_id: int | None, chosen: Iterable[int]) -> tuple[Reason, ...]:
    """Return why these courses cannot be asked for before this one; `course_id` is None for one that is new."""
    if course_id is not None and course_id in set(chosen):
        message = "A course is not asked for before itself."
        return (Reason(code="course.before_itself", message=message, field="prerequisites"),)
    return ()


def reasons_against_event(plan: EventPlan, *, course_days: int, so_far: EventSoFar, today: date) -> tuple[Reason, ...]:
    """Return what is wrong with what an event shall be; each reason names its form field."""
    return (*_days(plan, course_days, so_far, today), *_people(plan, so_far))


def _days(plan: EventPlan, course_days: int, so_far: EventSoFar, today: date) -> Iterator[Reason]:
    if so_far.cancelled:
        yield Reason(code="event.cancelled", message="The event was cancelled.", remedy="Open another event.")
    if not plan.days:
        message = "No day from Monday to Friday lies in that time, but for bank holidays."
        yield Reason(code="days.none", message=message, field="first")
        return
    if len(plan.days) > MOST_DAYS:
        yield Reason(code="days.too_many", message=f"An event has at most {MOST_DAYS} days.", field="last")
    if len(plan.days) < course_days:
        yield Reason(
            code="days.too_few",
            message=f"The course takes {course_days} days, and these are {len(plan.days)}.",
            remedy="Add days, or change the course.",
            field="last",
        )
    if plan.days != so_far.days and max(plan.days) < today:
        yield Reason(
            code="days.past", message="The last day is in the past.", remedy="Choose coming days.", field="last"
        )
    if lost := sorted(so_far.roll_taken - set(plan.days)):
        yield Reason(
            code="days.roll_taken",
            message=f"Attendance was recorded for {day_in_words(lost[0])}, so that day stays.",
            field="days",
        )


def _people(plan: EventPlan, so_far: EventSoFar) -> Iterator[Reason]:
    if plan.places < len(so_far.booked):
        yield Reason(
            code="places.too_few",
            message=f"{len(so_far.booked)} people are booked already.",
            remedy="Cancel bookings first.",
            field="places",
        )
    for staff_id in sorted(plan.trainers & so_far.booked.keys()):
        yield Reason(
            code="trainer.booked",
            message=f"{so_far.booked[staff_id]} is booked on the event and cannot train it.",
            field="trainers",
        )


def reasons_against_cancelling_event(
    so_far: EventSoFar, *, results: int, today: date, reason: str
) -> tuple[Reason, ...]:
    """Return every reason why the event cannot be cancelled; `results` is how many bookings have one."""
    reasons = []
    if so_far.cancelled:
        reasons.append(Reason(code="event.cancelled", message="The event is cancelled already."))
    if so_far.days and max(so_far.days) < today:
        reasons.append(Reason(code="event.over", message="The event is over, so it took place."))
    if results:
        reasons.append(
            Reason(
                code="event.has_results",
                message=f"{results} {'result is' if results == 1 else 'results are'} recorded, so the event stays.",
                remedy="Whoever is not assessed can be recorded as withdrawn or absent.",
            )
        )
    if not reason.strip():
        message = "Say why it is cancelled: everybody concerned is told."
        reasons.append(Reason(code="reason.missing", message=message, field="reason"))
    return tuple(reasons)


def reasons_against_place(staff_id: int, name: str, event: EventSoFar) -> tuple[Reason, ...]:
    """Return why the event has no place for this person, however many are free."""
    reasons = []
    if event.cancelled:
        reasons.append(
            Reason(code="event.cancelled", message="The event was cancelled.", remedy="Choose another event.")
        )
    if staff_id in event.booked:
        reasons.append(Reason(code="booking.already", message=f"{name} is already booked on this event."))
    if staff_id in event.trainers:
        reasons.append(
            Reason(
                code="booking.trainer",
                message=f"{name} trains this event, and nobody assesses themselves.",
                remedy="Choose another event.",
            )
        )
    return tuple(reasons)


def reasons_against_number(wanted: int, *, places: int, booked: int) -> tuple[Reason, ...]:
    """Return the reason why that many more people have no place."""
    free = places - booked
    if wanted <= free:
        return ()
    left = {0: "No place is", 1: "1 place is"}.get(free, f"{free} places are")
    return (
        Reason(
            code="event.full",
            message=f"{left} free, and {wanted} {'is' if wanted == 1 else 'are'} wanted.",
            remedy="Choose fewer people, add places, or put them on the waiting list.",
        ),
    )


def reasons_against_roll(
    taken: Iterable[date], held: Iterable[date], *, booked: int, today: date
) -> tuple[Reason, ...]:
    """Return every reason why the roll of these days cannot be taken; `held` are the days of the event."""
    return tuple(_roll(sorted(taken), set(held), booked, today))


def _roll(taken: list[date], held: set[date], booked: int, today: date) -> Iterator[Reason]:
    if not booked:
        yield Reason(code="roll.nobody", message="Nobody is booked.", remedy="Book people first.")
    if not taken:
        yield Reason(code="roll.no_day", message="Choose at least one day to save.", field="days")
    for day in taken:
        if day not in held:
            message = f"{day_in_words(day)} is not a day of the event."
            yield Reason(code="roll.other_day", message=message, field="days")
        elif day > today:
            message = f"{day_in_words(day)} is still to come."
            yield Reason(code="roll.coming_day", message=message, earliest=day, field="days")
