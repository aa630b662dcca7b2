"""Somebody who is selected and not yet authorised sits in at the next sessions of a group of the demo."""

from datetime import timedelta

from sqlalchemy import select

from selection.commands.demo.days import at
from selection.commands.demo.setting import People, Setting
from selection.commands.demo.stories import Story
from selection.core.db import db
from selection.models.sessions import GroupSession, Trainee
from selection.rules.sessions import SessionState

SESSIONS = 3
BY = "programme.manager"


def let_a_trainee_sit_in(setting: Setting, people: People) -> None:
    """Let the first who waits for fundamental training sit in at the next sessions of the first group that has some."""
    trainee = people.in_pool(0, Story.SELECTED, Story.BOOKED)[0]
    coming = select(GroupSession).where(GroupSession.day > setting.today, GroupSession.state == SessionState.PLANNED)
    found = db.session.scalars(coming.order_by(GroupSession.group_id, GroupSession.day).limit(SESSIONS)).all()
    moment = at(setting.today - timedelta(days=2), 11)
    for session in found:
        if session.group_id != found[0].group_id:
            break
        setting.rows.join(
            Trainee,
            session_id=session.id,
            staff_id=trainee.id,
            agreed_by_id=setting.actors[BY].account_id,
            agreed_at=moment,
        )
        after = {"title": session.title, "day": session.day}
        setting.history.note("trainee.sits_in", moment, BY, session.group_id, staff_id=trainee.id, after=after)
