"""The verb on wellbeing: log the day."""

from datetime import date

from sqlalchemy import select

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.supervision import WellbeingContact
from selection.rules.reasons import Reason
from selection.rules.records import reasons_against_keeping
from selection.rules.roles import Actor
from selection.supervision.records.desk import Desk
from selection.trail.record import record


def log(at: Desk, staff_id: int, day: date, *, by: Actor) -> None:
    """Log that somebody whom this person supervises on the day had wellbeing support on it; the same day once.

    Raises Refused with every reason against it.
    """

    def judged() -> tuple[Reason, ...]:
        draft = at.draft(held_on=day, present={staff_id: True}, next_on=None, reason=None)
        return reasons_against_keeping(draft, today=clock.today())

    if reasons := judged():
        raise Refused(*reasons)
    under, spell = at.supervision_on(day), at.spell_on(staff_id, day)
    assert under is not None
    assert spell is not None
    there = select(WellbeingContact.id).where(
        WellbeingContact.facilitator_id == staff_id,
        WellbeingContact.supervisor_id == at.supervisor_id,
        WellbeingContact.on_day == day,
    )
    if db.session.scalars(there).first() is not None:
        return
    with refused_with(judged):
        db.session.add(
            WellbeingContact(
                group_id=at.group.id,
                facilitator_id=staff_id,
                supervisor_id=at.supervisor_id,
                on_day=day,
                supervision_id=under.id,
                supervision_from=under.starts_on,
                supervision_to=under.ends_on,
                assignment_id=spell.id,
                assignment_from=spell.starts_on,
                assignment_to=spell.ends_on,
            )
        )
        record("wellbeing.logged", by=by, subject_id=staff_id, staff_id=staff_id, after={"on_day": day})
