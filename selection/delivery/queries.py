"""What of delivery waits for a person: sessions that they delivered and nobody has recorded."""

from datetime import date, datetime

from flask import url_for

from selection.authorisation.places import wall_clock
from selection.delivery.sessions.queries import unrecorded_of
from selection.rules.roles import Actor
from selection.rules.words import day_in_words
from selection.web.waiting import Waiting


def waiting_for(by: Actor, today: date) -> tuple[Waiting, ...]:
    """Return the sessions that are over with the person in the room, and that are not recorded."""
    if by.staff_id is None:
        return ()
    return tuple(
        Waiting(
            title=f"Record {session.title} of {session.group.reference}",
            detail=f"{day_in_words(session.day)}, {session.starts_at:%H:%M}.",
            url=url_for("delivery.record_session", session_id=session.id),
            due=session.day,
        )
        for session in unrecorded_of(by.staff_id, datetime.combine(today, wall_clock().time()))
    )
