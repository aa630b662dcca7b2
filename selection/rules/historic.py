"""Training of earlier years, handed in as a file: when a row of it can stand for a certificate, and who approves.

A row says that somebody passed a step on a day. The path holds for those days as it does today: nothing is skipped.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from selection.rules.booking import STEP_BEFORE
from selection.rules.calendar import NO_END, last_day_valid
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.renewal import with_days_left
from selection.rules.requests import RequestState
from selection.rules.training import CourseKind
from selection.rules.validity import Span
from selection.rules.words import day_in_words

FIRST_YEAR = 1950
"""A day before this year is a slip of the pen."""

_ORDER = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """A row of the file: which step was passed on which day, and until when it was valid if the file says so.

    `valid_months` are those of the course, None for a selection, which has no end. `from_programme_id` is the
    programme that a conversion builds on, `course` its title.
    """

    row: int
    course: str
    stage: Stage
    programme_id: int | None
    kind: CourseKind
    from_programme_id: int | None
    passed_on: date
    valid_months: int | None
    valid_until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Had:
    """A certificate that the person has, or would have by an earlier row."""

    stage: Stage
    programme_id: int | None
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A row, the days on which its certificate would be valid, and every reason against it; each names its column."""

    passed: Passed
    days: Span
    reasons: tuple[Reason, ...]


def judged(rows: Iterable[Passed], had: Iterable[Had], *, today: date, renewal_months: int) -> tuple[Judged, ...]:
    """Return each of a person's rows judged by the days on which they lie, the earliest first.

    A row without a last day of its own is valid for the months of its course, and joins an earlier certificate of the
    step as any renewal does. A row with reasons against it is no step for those after it.
    """
    held, result = list(had), []
    for passed in sorted(rows, key=lambda one: (one.passed_on, _ORDER[one.stage], one.row)):
        days = _days(passed, held, renewal_months)
        reasons = (*_on_its_own(passed, today), *_double(passed, held), *_path(passed, held))
        result.append(Judged(passed=passed, days=days, reasons=reasons))
        if not reasons:
            held.append(Had(stage=passed.stage, programme_id=passed.programme_id, days=days))
    return tuple(result)


def reasons_against_importing(importer_id: int | None, reason: str) -> tuple[Reason, ...]:
    """Return why this person (a staff id) cannot hand a file in."""
    reasons = []
    if importer_id is None:
        reasons.append(
            Reason(
                code="import.nobody",
                message="Your login belongs to no staff member, so it cannot answer for a file.",
                remedy="Ask a training lead who is on the staff register.",
            )
        )
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say where the file comes from.", field="reason"))
    return tuple(reasons)


def reasons_against_deciding(
    state: RequestState, reason: str, *, importer_id: int, decider_id: int | None, decider_in_file: bool = False
) -> tuple[Reason, ...]:
    """Return every reason why this person (a staff id) cannot decide on a file; the form's field is `reason`."""
    return tuple(_deciding(state, reason, importer_id, decider_id, decider_in_file))


def _deciding(
    state: RequestState, reason: str, importer_id: int, decider_id: int | None, decider_in_file: bool
) -> Iterator[Reason]:
    if state != RequestState.OPEN:
        yield Reason(code="import.decided", message="This import is not open any more.")
    if decider_id is None:
        yield Reason(
            code="import.nobody",
            message="Your login belongs to no staff member, so it cannot decide.",
            remedy="Ask a training lead who is on the staff register.",
        )
    if decider_id == importer_id:
        yield Reason(
            code="import.importer",
            message="Whoever hands a file in does not decide on it.",
            remedy="Ask another training lead.",
        )
    if decider_in_file:
        yield Reason(
            code="import.own",
            message="The file has training of your own, and nobody recognises a step of their own.",
            remedy="Ask another training lead.",
        )
    if not reason.strip():
        yield Reason(code="reason.missing", message="Say why you decide so.", field="reason")


def _days(passed: Passed, held: Sequence[Had], renewal_months: int) -> Span:
    if passed.valid_until is not None:
        return Span(first=passed.passed_on, last=passed.valid_until)
    if passed.valid_months is None:
        return Span(first=passed.passed_on, last=NO_END)
    own = Span(first=passed.passed_on, last=last_day_valid(passed.passed_on, passed.valid_months))
    return with_days_left(own, _of(held, passed.stage, passed.programme_id), months=renewal_months)


def _on_its_own(passed: Passed, today: date) -> Iterator[Reason]:
    if passed.passed_on > today:
        yield Reason(
            code="passed.to_come",
            message=f"{day_in_words(passed.passed_on)} is still to come.",
            remedy="Only what was passed is imported.",
            field="passed_on",
        )
    if passed.passed_on.year < FIRST_YEAR:
        message = f"{day_in_words(passed.passed_on)} is too long ago."
        yield Reason(code="passed.too_early", message=message, remedy="Check the year.", field="passed_on")
    if passed.valid_until is not None and passed.valid_until < passed.passed_on:
        yield Reason(
            code="days.order",
            message=f"It would end on {day_in_words(passed.valid_until)}, before it was passed.",
            remedy="Check both days.",
            field="valid_until",
        )


def _double(passed: Passed, held: Sequence[Had]) -> Iterator[Reason]:
    if any(days.first == passed.passed_on for days in _of(held, passed.stage, passed.programme_id)):
        yield Reason(
            code="passed.there",
            message=f"They have a certificate of {STAGE_NAMES[passed.stage]} from {day_in_words(passed.passed_on)} on.",
            remedy="Take the row away.",
            field="passed_on",
        )


def _path(passed: Passed, held: Sequence[Had]) -> Iterator[Reason]:
    match passed.kind:
        case CourseKind.TRAINING:
            before = STEP_BEFORE.get(passed.stage)
            if before is not None:
                yield from _valid_then(passed, held, before, None)
        case CourseKind.REFRESHER:
            earlier = _of(held, passed.stage, passed.programme_id)
            if not any(days.first < passed.passed_on for days in earlier):
                name = STAGE_NAMES[passed.stage]
                yield Reason(
                    code=f"{passed.stage}.missing",
                    message=f"They had not passed {name} before {day_in_words(passed.passed_on)}, so there was nothing"
                    " to refresh.",
                    remedy=f"Add the row that says when they passed {name}.",
                    field="course",
                )
        case CourseKind.CONVERSION:
            yield from _valid_then(passed, held, Stage.FUNDAMENTAL, None)
            yield from _valid_then(passed, held, Stage.PROGRAMME, passed.from_programme_id)


def _valid_then(passed: Passed, held: Sequence[Had], stage: Stage, programme_id: int | None) -> Iterator[Reason]:
    """Yield why the step before does not carry this one: it was not passed, or not valid on that day."""
    spans = [days for days in _of(held, stage, programme_id) if not days.is_empty]
    if any(passed.passed_on in days for days in spans):
        return
    name = STAGE_NAMES[stage] if programme_id is None else f"{STAGE_NAMES[stage]} of the programme converted from"
    remedy = "Nothing is skipped: add the row of that step, or have it recognised first."
    if any(days.first < passed.passed_on for days in spans):
        message = f"Their certificate of {name} was not valid on {day_in_words(passed.passed_on)}."
        yield Reason(code=f"{stage}.not_valid", message=message, remedy=remedy, field="course")
    else:
        message = f"They had not passed {name} by {day_in_words(passed.passed_on)}."
        yield Reason(code=f"{stage}.missing", message=message, remedy=remedy, field="course")


def _of(held: Iterable[Had], stage: Stage, programme_id: int | None) -> list[Span]:
    return [one.days for one in held if (one.stage, one.programme_id) == (stage, programme_id)]
