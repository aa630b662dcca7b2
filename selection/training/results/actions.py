"""Recording results and certifying them; nobody can say that somebody passed, the rules do."""

from collections.abc import Iterable, Sequence

from selection.authorisation.certify import issue_for_results
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.authorisations import Certificate
from selection.models.training import CourseResult, Event
from selection.rules.reasons import Reason
from selection.rules.results import (
    Parts,
    Standing,
    reasons_against_certifying,
    reasons_against_result,
    reassess_until,
)
from selection.rules.roles import Actor
from selection.rules.training import certificate_days, is_passed
from selection.rules.validity import Span
from selection.trail.record import changed, record
from selection.training import facts, roster
from selection.training.results.queries import Taken
from selection.training.roster import Entry, counted

RECORDED = ("understanding", "competencies", "abilities", "attended_enough", "passed", "note", "reassess_by")


def record_result(taken: Taken, parts: Parts, *, note: str, reason: str, by: Actor) -> CourseResult:
    """Record the three parts, or raise Refused; whether they come to a pass is computed, attendance included.

    A result that says what the latest one says already is not stored again. A later one takes the place of the
    latest, which stays on record; `reason` says why.
    """
    latest = taken.entry.latest
    result = _computed(taken, parts, note, by)
    if latest is not None and _said(latest) == _said(result):
        return latest
    against = reasons_against_result(taken.taking, parts, reason=reason, recorder_id=by.staff_id, today=clock.today())
    if against:
        raise Refused(*against)
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


def _computed(taken: Taken, parts: Parts, note: str, by: Actor) -> CourseResult:
    attended, course = taken.taking.attended, taken.course
    return CourseResult(
        booking_id=taken.booking.id,
        staff_id=taken.booking.staff_id,
        course_id=taken.event.course_id,
        stage=taken.event.course.stage,
        programme_id=taken.event.course.programme_id,
        understanding=parts.understanding,
        competencies=parts.competencies,
        abilities=parts.abilities,
        attended_enough=taken.has_enough(parts),
        passed=is_passed(counted(parts, attended.days_present, len(attended.held)), course),
        note=note.strip(),
        reassess_by=reassess_until(taken.taking, parts, course, today=clock.today()),
        recorded_by_id=by.account_id,
        recorded_on=clock.today(),
        recorded_at=clock.now(),
    )


def _said(result: CourseResult) -> dict[str, object]:
    return {key: getattr(result, key) for key in RECORDED}


def certify(event: Event, result_ids: Iterable[int], *, by: Actor) -> Sequence[Certificate]:
    """Issue the certificates of these results of the event, or raise Refused and issue none.

    The event must have been loaded for writing. What is certified already is left as it is. A certificate is valid
    from the later of two days: the event's last and the one on which the pass was recorded, because until then
    nobody could know of it; a part that was assessed again counts from its own day.
    """
    chosen = _chosen(event, result_ids)
    due = [entry for entry in chosen if entry.came_to != Standing.CERTIFIED]
    reasons = [reason for entry in due for reason in _against(event, entry, by)]
    if reasons:
        raise Refused(*reasons)
    return issue_for_results([(entry.latest, _days(event, entry.latest)) for entry in due if entry.latest], by=by)


def _chosen(event: Event, result_ids: Iterable[int]) -> list[Entry]:
    """Return the bookings whose latest result is named; raises Refused if another has taken its place meanwhile."""
    wanted = set(result_ids)
    entries = [one for one in roster.entries(event.id) if one.latest is not None and one.latest.id in wanted]
    if not wanted:
        raise NotHere
    if len(entries) != len(wanted):
        raise Refused(
            Reason(
                code="result.replaced",
                message="A later result has taken the place of one that you saw.",
                remedy="Look at the results as they are now.",
            )
        )
    return entries


def _against(event: Event, entry: Entry, by: Actor) -> Sequence[Reason]:
    staff = entry.booking.staff
    enough = entry.enough(facts.course_facts(event.terms))
    return reasons_against_certifying(staff.id, staff.name, entry.came_to, enough_now=enough, certifier_id=by.staff_id)


def _days(event: Event, result: CourseResult) -> Span:
    passed_on = max(event.ends_on, result.recorded_on)
    return certificate_days(facts.course_facts(event.terms), passed_on=passed_on)
