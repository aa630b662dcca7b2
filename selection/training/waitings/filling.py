"""A free place goes to whoever has waited longest and can still be booked."""

from sqlalchemy import select

from selection.core import clock
from selection.models.people import Staff
from selection.models.training import Event, Waiting
from selection.rules.courses import WaitEnd
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.training.judging import Judged, judge
from selection.training.places import give
from selection.training.waitings import queries


def fill(event: Event, *, by: Actor) -> list[str]:
    """Give what is free on the event to who waits for it, in order; return their names.

    Who is passed over stays in line, with the reason on the trail. The event must be held for writing,
    with its days and terms.
    """
    line = queries.standing_at(event.id)
    if not line or event.ends_on < clock.today():
        return []
    hearing = judge(event, select(Staff).where(Staff.id.in_([one.staff_id for one in line])), today=clock.today())
    judged = {one.staff.id: one for one in hearing.people}
    free = event.places - hearing.booked
    chosen: list[Judged] = []
    for waiting in line:
        if len(chosen) >= free:
            break
        one = judged[waiting.staff_id]
        if one.reasons:
            _pass_over(waiting, [reason.message for reason in one.reasons], by)
        else:
            end(waiting, WaitEnd.BOOKED)
            chosen.append(one)
    if chosen:
        give(event, chosen, by=by, waited=True)
    return [one.staff.name for one in chosen]


def end(waiting: Waiting, how: WaitEnd) -> None:
    """Let a wait end; it stays on record."""
    waiting.ended_at, waiting.ended_as = clock.now(), how


def _pass_over(waiting: Waiting, reasons: list[str], by: Actor) -> None:
    record(
        "waiting.passed_over",
        by=by,
        subject_id=waiting.id,
        staff_id=waiting.staff_id,
        after={"event_id": waiting.event_id, "reasons": reasons},
    )
