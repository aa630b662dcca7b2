"""Recording results part by part; nobody can say that somebody passed, the rules do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import CourseResult, PartAssessment
from selection.rules.assessing import (
    Given,
    New,
    Now,
    What,
    additions,
    has_failed,
    reasons_against_day,
    reasons_against_parts,
)
from selection.rules.results import (
    PARTS,
    Parts,
    reasons_against_result,
    reassess_until,
)
from selection.rules.roles import Actor
from selection.rules.training import EndedAs, Part, is_passed
from selection.trail.record import changed, record
from selection.training import facts
from selection.training.results.queries import Taken
from selection.training.roster import counted

RECORDED = (*PARTS, "attended_enough", "passed", "note", "reassess_by", "ended_as")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessed:
    """What somebody says of the parts: what each came to, why it changes, on which day, a note, and the reason."""

    parts: tuple[Given, ...]
    what: What = What.AGAIN
    on: date
    note: str = ""
    reason: str = ""

    def as_parts(self) -> Parts:
        """Return the three parts."""
        return Parts(**{one.part.value: one.result for one in self.parts})


def record_result(taken: Taken, assessed: Assessed, *, by: Actor) -> CourseResult:
    """Record what the parts came to, or raise Refused; whether they come to a pass is computed, attendance included.

    Each part that was assessed, or is corrected, is a row of its own; what they come to together is another. A result
    that says what the latest one says already is not stored again; a later one takes the place of the latest, which
    stays on record.
    """
    latest, parts, now = taken.entry.latest, assessed.as_parts(), taken.now
    added = additions(assessed.parts, now, what=assessed.what)
    result = _computed(taken, parts, _after(now, added), assessed, by)
    if latest is not None and not added and _said(latest) == _said(result):
        return latest
    _insist(taken, assessed, added, by)
    _add_parts(taken, assessed, added, by)
    return store(taken, result, reason=assessed.reason, by=by)


def _insist(taken: Taken, assessed: Assessed, added: Sequence[New], by: Actor) -> None:
    """Raise Refused with every reason against recording this."""
    today = clock.today()
    against = [
        *reasons_against_result(
            taken.taking,
            assessed.as_parts(),
            reason=assessed.reason,
            recorder_id=by.staff_id,
            today=today,
            what=assessed.what,
            tie=taken.tie,
        ),
        *reasons_against_parts(
            added, assessed.parts, taken.now, what=assessed.what, allowed=taken.event.terms.attempts
        ),
        *(reasons_against_day(assessed.on, facts.span(taken.event), today=today) if added else ()),
    ]
    if against:
        raise Refused(*against)


def _after(now: Mapping[Part, Now], added: Iterable[New]) -> dict[Part, Now]:
    """Return where the parts stand once these assessments are there."""
    news = {one.given.part: Now(result=one.given.result, attempts=one.attempt) for one in added}
    return {**now, **news}


def _add_parts(taken: Taken, assessed: Assessed, added: Iterable[New], by: Actor) -> None:
    terms = taken.event.terms
    db.session.add_all(
        PartAssessment(
            booking_id=taken.booking.id,
            staff_id=taken.booking.staff_id,
            part=one.given.part,
            attempt=one.attempt,
            result=one.given.result,
            mark=one.given.mark,
            pass_mark=getattr(terms, f"{one.given.part}_mark"),
            method=getattr(terms, f"{one.given.part}_method"),
            note=assessed.note.strip(),
            assessed_on=assessed.on,
            assessed_by_id=by.staff_id,
            recorded_by_id=by.account_id,
            recorded_at=clock.now(),
            corrects_id=one.corrects,
            reason=assessed.reason.strip(),
        )
        for one in added
    )


def store(taken: Taken, result: CourseResult, *, reason: str, by: Actor) -> CourseResult:
    """Add a result after the latest, which stays on record, with what differs on the trail."""
    latest = taken.entry.latest
    db.session.add(result)
    db.session.flush()
    before, after = (None, _said(result)) if latest is None else changed(_said(latest), _said(result))
    record(
        "result.recorded",
        by=by,
        subject_id=taken.booking.id,
        staff_id=taken.booking.staff_id,
        before=before,
        after=after,
        reason=reason.strip(),
    )
    return result


def _computed(taken: Taken, parts: Parts, after: Mapping[Part, Now], assessed: Assessed, by: Actor) -> CourseResult:
    attended, course = taken.taking.attended, taken.course
    failed = has_failed(after, allowed=course.attempts)
    until = reassess_until(taken.taking, parts, course, today=clock.today())
    return CourseResult(
        **identity(taken, by),
        **{part: parts.of(part) for part in PARTS},
        attended_enough=taken.has_enough(parts),
        passed=is_passed(counted(parts, attended.days_present, len(attended.held)), course),
        note=assessed.note.strip(),
        reassess_by=None if failed else until,
        ended_as=EndedAs.FAILED if failed else None,
    )


def identity(taken: Taken, by: Actor) -> dict[str, Any]:
    """Return whose result it is, of which course, and who records it when."""
    return {
        "booking_id": taken.booking.id,
        "staff_id": taken.booking.staff_id,
        "course_id": taken.event.course_id,
        "stage": taken.event.course.stage,
        "programme_id": taken.event.course.programme_id,
        "recorded_by_id": by.account_id,
        "recorded_on": clock.today(),
        "recorded_at": clock.now(),
    }


def _said(result: CourseResult) -> dict[str, object]:
    return {key: getattr(result, key) for key in RECORDED}
