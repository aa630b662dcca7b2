"""Verbs on the record of a session: record it once, put its numbers right by adding."""

from selection.authorisation.delivered import record_delivery
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.delivery.sessions.queries import Meeting, said_of
from selection.models.delivery import SessionRecord
from selection.models.sessions import Place
from selection.rules.delivery import Said, reasons_against_correcting, reasons_against_recording
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.sessions import SessionState
from selection.trail.record import changed
from selection.trail.record import record as leave_trail

KEPT = ("state", "reason", "minutes", "present", "recording")


def record(at: Meeting, said: Said, *, by: Actor) -> SessionRecord:
    """Record what became of a session, and who delivered it; raises Refused with every reason against it.

    The session is one that `queries.meeting` returned for writing. The same record sent twice is one. From here on
    its day, its team and whether it was held stay as they are.
    """
    if at.last is not None and _said_again(at, said):
        return at.last
    if reasons := reasons_against_recording(at.facts(), said, now=clock.london(clock.now())):
        raise Refused(*reasons)
    if said.state is SessionState.HELD:
        _seat(at, said)
    at.session.state = said.state
    db.session.flush()
    row = SessionRecord(session_id=at.session.id, recorded_at=clock.now(), recorded_by_id=by.account_id, **_kept(said))
    db.session.add(row)
    leave_trail(
        "session.recorded",
        by=by,
        subject_id=at.session.group_id,
        after=_named(at) | _kept(said) | {"facilitators": sorted(said.delivered_by)},
    )
    db.session.flush()
    if said.state is SessionState.HELD:
        record_delivery([at.able[staff_id].id for staff_id in said.delivered_by], at.session.day, by=by)
    return row


def _said_again(at: Meeting, said: Said) -> bool:
    delivered = at.in_room == said.delivered_by or said.state is SessionState.NOT_HELD
    return at.last is not None and delivered and _kept(said_of(at.last)) == _kept(said)


def _seat(at: Meeting, said: Said) -> None:
    """Let the session's places say who delivered it: each on the assignment by which they were on the group."""
    there = {place.facilitator_id: place for place in at.session.places}
    for staff_id, place in there.items():
        place.in_room = staff_id in said.delivered_by
    for staff_id in sorted(said.delivered_by - set(there)):
        spell = at.able[staff_id]
        db.session.add(
            Place(
                session_id=at.session.id,
                session_day=at.session.day,
                group_id=at.session.group_id,
                facilitator_id=staff_id,
                assignment_id=spell.id,
                assignment_from=spell.starts_on,
                assignment_to=spell.ends_on,
                role=spell.kind,
                in_room=True,
            )
        )
    db.session.flush()


CHANGED = Reason(
    code="changed.meanwhile",
    message="Somebody put this record right since you opened the page.",
    remedy="Look at what stands now, then try once more.",
)


def correct(at: Meeting, said: Said, *, seen: str, correction: str, by: Actor) -> SessionRecord:
    """Put the numbers of a recorded session right by a record of its own; raises Refused with every reason.

    `seen` is the id of the record that was on screen. The same correction sent twice is one.
    """
    assert at.last is not None
    before = said_of(at.last)
    if at.last.correction == correction.strip() != "" and _kept(before) == _kept(said):
        return at.last
    if seen != str(at.last.id):
        raise Refused(CHANGED)
    if reasons := reasons_against_correcting(before, said, correction=correction):
        raise Refused(*reasons)
    row = SessionRecord(
        session_id=at.session.id,
        corrects_id=at.last.id,
        correction=correction.strip(),
        recorded_at=clock.now(),
        recorded_by_id=by.account_id,
        **_kept(said),
    )
    db.session.add(row)
    was, now = changed(_kept(before), _kept(said))
    leave_trail(
        "session.corrected",
        by=by,
        subject_id=at.session.group_id,
        before=was,
        after=_named(at) | now,
        reason=correction.strip(),
    )
    db.session.flush()
    return row


def _named(at: Meeting) -> dict[str, object]:
    return {"title": at.session.title, "day": at.session.day}


def _kept(said: Said) -> dict[str, object]:
    values: dict[str, object] = {key: getattr(said, key) for key in KEPT}
    return values | {"reason": said.reason.strip(), "recording": said.recording.strip()}
