"""What changes a waiting list."""

from collections.abc import Sequence

from selection.core import clock
from selection.core.db import db
from selection.models.training import Event, Waiting
from selection.rules.booking import reasons_against_waiting
from selection.rules.courses import WaitEnd
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.training import tell
from selection.training.bookings import queries
from selection.training.bookings.actions import NOBODY, NotBooked
from selection.training.judging import Judged
from selection.training.waitings.filling import end


def join(event: Event, staff_ids: Sequence[int], *, by: Actor) -> list[Waiting]:
    """Put every one of the people on the waiting list, in the order of their names, or raise NotBooked.

    They must be free to be booked now; whether they still are is asked again when a place is free. The event must
    have been loaded for writing.
    """
    hearing = queries.chosen(event, staff_ids, today=clock.today(), by=by)
    free = event.places - hearing.booked
    judged = [
        Judged(
            staff=one.staff,
            reasons=(*one.reasons, *reasons_against_waiting(one.staff.name, free=free, waits=one.waits)),
        )
        for one in hearing.people
    ]
    reasons = [reason for one in judged for reason in one.reasons] or ([] if judged else [NOBODY])
    if reasons:
        raise NotBooked(*dict.fromkeys(reasons), judged=judged)
    line = [
        Waiting(event_id=event.id, staff_id=one.staff.id, asked_at=clock.now(), asked_by_id=by.account_id)
        for one in judged
    ]
    db.session.add_all(line)
    db.session.flush()  # in the order in which they were added: who stands before whom is the order of the keys
    for waiting in line:
        record("waiting.joined", by=by, subject_id=waiting.id, staff_id=waiting.staff_id, after={"event_id": event.id})
    tell.of_waits(event, [(one.staff, waiting) for one, waiting in zip(judged, line, strict=True)])
    return line


def leave(waiting: Waiting, *, by: Actor) -> None:
    """Take somebody off the waiting list; taken off twice, it is done once."""
    if waiting.ended_at is not None:
        return
    end(waiting, WaitEnd.LEFT)
    before = {"event_id": waiting.event_id}
    record("waiting.left", by=by, subject_id=waiting.id, staff_id=waiting.staff_id, before=before)
