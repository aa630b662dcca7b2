"""Reinstatement: a suspension or deselection is lifted, and what the certificates justify is authorised anew."""

from datetime import date

from selection.authorisation import tell
from selection.authorisation.authorise import authorise_where_due
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Stop
from selection.models.people import Staff
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.validity import day_before
from selection.trail.record import record


def lift(stop: Stop, person: Staff, *, last_day: date, reason: str, today: date, by: Actor) -> None:
    """Let a stop of the person end on a day, as `end_stop` does, and tell them."""
    end_stop(stop, last_day=last_day, reason=reason, today=today, by=by)
    tell.of_lifted(stop, person)


def end_stop(stop: Stop, *, last_day: date, reason: str, today: date, by: Actor) -> None:
    """Let a stop end on a day, not before the eve of today: on days that are over it stays; or raise Refused.

    One that has not begun today never takes effect if it is lifted by then: it ends on the eve of its first day.
    """
    if reasons := _reasons_against(stop, last_day, reason, today, by):
        raise Refused(*reasons)
    before = stop.to_day
    stop.to_day = max(last_day, earliest_end(stop, today))
    db.session.flush()
    record(
        "stop.lifted",
        by=by,
        subject_id=stop.id,
        staff_id=stop.staff_id,
        before={"to_day": before},
        after={"kind": stop.kind, "to_day": stop.to_day},
        reason=reason.strip(),
    )
    authorise_where_due(stop.staff_id, by=by)


def earliest_end(stop: Stop, today: date) -> date:
    """Return the earliest last day of a stop: one that has begun had its first day, another can go without any."""
    return max(stop.from_day, day_before(today)) if stop.from_day <= today else day_before(stop.from_day)


def _reasons_against(stop: Stop, last_day: date, reason: str, today: date, by: Actor) -> list[Reason]:
    reasons = []
    if by.staff_id == stop.staff_id:
        reasons.append(Reason(code="stop.own", message="Nobody lifts their own suspension or deselection."))
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why it ends.", field="reason"))
    earliest = earliest_end(stop, today)
    if last_day < min(earliest, today):
        reasons.append(
            Reason(
                code="days.past",
                message="Days that are over cannot be given back.",
                remedy="The last day can be yesterday at the earliest, and not before the first day.",
                earliest=earliest,
                field="last_day",
            )
        )
    if last_day >= stop.to_day or stop.to_day < stop.from_day:
        reasons.append(Reason(code="stop.over", message="It ends by then anyway.", field="last_day"))
    return reasons
