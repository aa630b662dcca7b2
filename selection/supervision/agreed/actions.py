"""Verbs on what was agreed: somebody says that it was done, and on which day; a correction takes that over."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.supervision import ActionDone, RecordAction, SupervisorRecord
from selection.rules.records import reasons_against_done
from selection.rules.roles import Actor
from selection.trail.record import entry, record, record_many


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


CARRIED = "Taken over from the record that this one puts right."


def carry_over(of: SupervisorRecord, *, by: Actor) -> None:
    """Let what was done on the record that this one corrects be done on it too, said by whom and when it was said.

    That is what is agreed on in the same words with the same person. What the correction words otherwise, or dates
    after the day on which it was done, is open until somebody says it again.
    """
    done: defaultdict[tuple[str, int], list[ActionDone]] = defaultdict(list)
    earlier = select(RecordAction, ActionDone).join(ActionDone, ActionDone.action_id == RecordAction.id)
    for action, was in db.session.execute(earlier.where(RecordAction.record_id == of.corrects_id)):
        done[action.what, action.who_id].append(was)
    if not done:
        return
    entries = []
    agreed = select(RecordAction).where(RecordAction.record_id == of.id).order_by(RecordAction.position)
    for action in db.session.scalars(agreed).all():
        same = done[action.what, action.who_id]
        if not same or reasons_against_done(of.held_on, same[0].done_on, today=clock.today()):
            continue
        was = same.pop(0)
        db.session.add(
            ActionDone(action_id=action.id, done_on=was.done_on, said_by_id=was.said_by_id, said_at=was.said_at)
        )
        after = {"position": action.position, "done_on": was.done_on}
        entries.append(
            entry("agreed_action.done", by=by, subject_id=of.id, staff_id=action.who_id, after=after, reason=CARRIED)
        )
    db.session.flush()
    record_many(entries)
