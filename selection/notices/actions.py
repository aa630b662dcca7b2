"""What a person can do about the outbox."""

from sqlalchemy import select

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.notices import Notice
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import record


def try_again(notice_id: int, *, by: Actor) -> Notice:
    """Make a letter due at once that was not taken; raises Refused for one that was sent or is on its way."""
    notice = db.session.scalars(select(Notice).where(Notice.id == notice_id).with_for_update()).one_or_none()
    if notice is None:
        raise NotHere
    if notice.sent_at is not None:
        raise Refused(Reason(code="notice.sent", message="That letter has been sent meanwhile."))
    if not notice.last_error:
        raise Refused(Reason(code="notice.on_its_way", message="That letter is on its way already."))
    record(
        "notice.tried_again",
        by=by,
        subject_id=notice.id,
        staff_id=notice.staff_id,
        before={"tries": notice.tries, "last_error": notice.last_error},
        after={"tries": 0, "last_error": ""},
    )
    notice.tries, notice.last_error, notice.due_at = 0, "", clock.now()
    return notice
