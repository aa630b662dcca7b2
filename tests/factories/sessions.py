"""Sessions of a group, and who is in the room at them."""

from datetime import date, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selection.models.groups import Assignment, Group
from selection.models.programmes import Module
from selection.models.sessions import GroupSession, Place
from selection.rules.sessions import SessionKind, SessionState

STARTS_AT, ENDS_AT = time(10), time(12, 30)


def session_of(
    session: Session,
    of: Group,
    day: date,
    *,
    starts_at: time = STARTS_AT,
    ends_at: time = ENDS_AT,
    kind: str = SessionKind.REGULAR,
    number: int | None = None,
) -> GroupSession:
    """Return a planned session of the programme's first module; its number is the next one unless it is given."""
    module = session.scalars(select(Module).where(Module.programme_id == of.programme_id).order_by(Module.id)).first()
    assert module is not None
    last = session.scalar(select(func.max(GroupSession.number)).where(GroupSession.group_id == of.id))
    number = number or (last or 0) + 1
    made = GroupSession(
        group_id=of.id,
        group_from=of.starts_on,
        group_to=of.ends_on,
        programme_id=of.programme_id,
        module_id=module.id,
        number=number,
        title=f"{module.title}, session {number}",
        kind=kind,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    session.add(made)
    session.flush()
    return made


def place(session: Session, at: GroupSession, spell: Assignment, *, in_room: bool = True) -> Place:
    """Return the place at the session of whoever the spell is of."""
    made = Place(
        session_id=at.id,
        session_day=at.day,
        group_id=at.group_id,
        facilitator_id=spell.facilitator_id,
        assignment_id=spell.id,
        assignment_from=spell.starts_on,
        assignment_to=spell.ends_on,
        role=spell.kind,
        in_room=in_room,
    )
    session.add(made)
    session.flush()
    return made


def held(session: Session, at: GroupSession, state: str = SessionState.HELD) -> GroupSession:
    """Return the session, recorded."""
    at.state = state
    session.flush()
    return at
