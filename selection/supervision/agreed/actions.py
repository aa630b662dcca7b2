"""The verb on what was agreed: somebody says that it was done, and on which day."""

from datetime import date

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.supervision import ActionDone, RecordAction, SupervisorRecord
from selection.rules.records import reasons_against_done
from selection.rules.roles import Actor
from selection.trail.record import record


def say_done(action: RecordAction, of: SupervisorRecord, done_on: date, *, today: date, by: Actor) -> None:
    """Keep that what was agreed on the record was done on the day; said twice, it stays as it was said first.

    Raises Refused for a day that is to come, or before the record's.
    """
    action_id = action.id
    if db.session.get(ActionDone, action_id) is not None:
        return
    if reasons := reasons_against_done(of.held_on, done_on, today=today):
        raise Refused(*reasons)
    with refused_with(tuple):
        db.session.add(ActionDone(action_id=action_id, done_on=done_on, said_by_id=by.account_id, said_at=clock.now()))
    record(
        "agreed_action.done",
        by=by,
        subject_id=of.id,
        staff_id=action.who_id,
        after={"position": action.position, "done_on": done_on},
    )
