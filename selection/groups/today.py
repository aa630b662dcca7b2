"""What of today has taken place already: whoever was on a group for it, or supervised it, stays so for the day."""

from datetime import date

from sqlalchemy import exists, or_, select

from selection.authorisation.places import coming, wall_clock
from selection.core.db import db
from selection.models.sessions import GroupSession, Place
from selection.models.supervision import RecordSubject, SupervisorRecord, WellbeingContact


def has_begun(group_id: int, day: date, staff_id: int | None = None) -> bool:
    """True if on the day the group had a session that has begun or is recorded, a supervisor's record or wellbeing.

    With `staff_id`, only what has the person on it counts. One query.
    """
    session = exists().where(
        Place.group_id == group_id,
        Place.session_day == day,
        GroupSession.id == Place.session_id,
        ~coming(wall_clock()),
    )
    contact = exists().where(WellbeingContact.group_id == group_id, WellbeingContact.on_day == day)
    if staff_id is None:
        record = exists().where(SupervisorRecord.group_id == group_id, SupervisorRecord.held_on == day)
    else:
        session = session.where(Place.facilitator_id == staff_id)
        contact = contact.where(WellbeingContact.facilitator_id == staff_id)
        record = exists().where(
            RecordSubject.group_id == group_id, RecordSubject.on_day == day, RecordSubject.facilitator_id == staff_id
        )
    return db.session.scalars(select(or_(session, record, contact))).one()
