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
    """Let a stop end on a day, not before the eve of today: on days that are over it stays; or raise Refused."""
    if reasons := _reasons_against(stop, last_day, reason, today, by):
        raise Refused(*reasons)
    before = stop.to_day
    stop.to_day = last_day
    db.session.flush()
    record(
        "stop.lifted",
        by=by,
        subject_id=stop.id,
        staff_id=stop.staff_id,
        before={"to_day": before},
        after={"kind": stop.kind, "to_day": last_day},
        reason=reason.strip(),
    )
    authorise_where_due(stop.staff_id, by=by)


def _reasons_against(stop: Stop, last_day: date, reason: str, today: date, by: Actor) -> list[Reason]:
    reasons = []
    if by.staff_id == stop.staff_id:
        reasons.append(Reason(code="stop.own", message="Nobody lifts their own suspension or deselection."))
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why it ends.", field="reason"))
    earliest = max(stop.from_day, day_before(today))
    if last_day < earliest:
        reasons.append(
            Reason(
                code="days.past",
                message="Days that are over cannot be given back.",
                remedy="The last day can be yesterday at the earliest, and not before the first day.",
                earliest=earliest,
                field="last_day",
            )
        )
    if last_day >= stop.to_day:
        reasons.append(Reason(code="stop.over", message="It ends by then anyway.", field="last_day"))
    return reasons
