"""What else a result can come to: an end without a pass, and a day on which what is open is assessed again."""

from datetime import date

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import CourseResult, Reassessment
from selection.rules.assessing import reasons_against_ending, reasons_against_reassessment, reasons_of_ties
from selection.rules.results import PARTS, UNASSESSED, reasons_against_recorder
from selection.rules.roles import Actor
from selection.rules.training import EndedAs
from selection.trail.record import record
from selection.training import tell
from selection.training.results.actions import identity, store
from selection.training.results.queries import Taken


def end_otherwise(taken: Taken, how: EndedAs, *, reason: str, by: Actor) -> CourseResult:
    """Record that a booking ended without a pass for good: failed, withdrawn or absent; or raise Refused."""
    latest, attended = taken.entry.latest, taken.taking.attended
    if latest is not None and latest.ended_as == how:
        return latest
    against = (
        *reasons_of_ties(taken.taking.name, taken.tie, certifying=False),
        *reasons_against_ending(
            taken.taking.name,
            how=how,
            present=attended.days_present,
            passed=latest is not None and latest.passed,
            over=max(attended.held) <= clock.today(),
            certified=taken.entry.certificate is not None and taken.entry.certificate.withdrawn_on is None,
            reason=reason,
        ),
        *reasons_against_recorder(taken.taking, by.staff_id),
    )
    if against:
        raise Refused(*against)
    parts = taken.entry.recorded.parts if taken.entry.recorded else UNASSESSED
    result = CourseResult(
        **identity(taken, by),
        **{part: parts.of(part) for part in PARTS},
        attended_enough=taken.has_enough(parts),
        passed=False,
        note=reason.strip(),
        reassess_by=None,
        ended_as=how,
    )
    return store(taken, result, reason=reason, by=by)


def arrange_reassessment(taken: Taken, *, on: date, venue: str, by: Actor) -> Reassessment:
    """Set when and where what is open is assessed again, and tell the person; or raise Refused."""
    latest = taken.entry.latest
    against = reasons_against_reassessment(
        taken.taking.name,
        on=on,
        until=latest.reassess_by if latest else None,
        ended=latest is not None and latest.ended_as is not None,
        today=clock.today(),
    )
    if against:
        raise Refused(*against)
    row = taken.reassessment or Reassessment(booking_id=taken.booking.id)
    if (row.on_day, row.venue) == (on, venue):
        return row
    before = {"on_day": row.on_day, "venue": row.venue} if taken.reassessment else None
    set_by = {"on_day": on, "venue": venue, "arranged_by_id": by.account_id, "arranged_at": clock.now()}
    for column, value in set_by.items():
        setattr(row, column, value)
    db.session.add(row)
    db.session.flush()
    booking, after = taken.booking, {"on_day": on, "venue": venue}
    record("reassessment.arranged", by=by, subject_id=booking.id, staff_id=booking.staff_id, before=before, after=after)
    tell.of_reassessment(taken.event, booking.staff, row, taken.entry.recorded)
    return row
