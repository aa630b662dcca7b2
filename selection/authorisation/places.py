"""Places at sessions: they come with an assignment, go with it, and pass to another spell of the same person.

Who has a spell on a group has a place at each of its coming sessions on those days, in the room or not. What has begun
or is recorded is left as it is: every verb here is about sessions that are still to come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Insert,
    Integer,
    Time,
    and_,
    bindparam,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from selection.authorisation import commitments
from selection.core import clock
from selection.core.db import db
from selection.models.groups import Assignment
from selection.models.sessions import GroupSession, Place
from selection.rules.sessions import SessionState
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifted:
    """A place that was taken off its spell, to be put on another one of the same person."""

    session_id: int
    day: date
    group_id: int
    facilitator_id: int
    role: str
    in_room: bool

    def on(self, day: date) -> "Lifted":
        """Return the place on another day, as after its session was moved."""
        return replace(self, day=day)


def release(spells: Iterable[Assignment], last: date) -> None:
    """Let go of the spells' places after the day, so that the spells can end on it."""
    ids = [spell.id for spell in spells]
    if ids:
        db.session.execute(delete(Place).where(Place.assignment_id.in_(ids), Place.session_day > last))


def release_places(places: Iterable[Place]) -> None:
    """Let go of these places, so that the spells that they stand on can end."""
    ids = [place.id for place in places]
    if ids:
        db.session.execute(delete(Place).where(Place.id.in_(ids)), execution_options={"synchronize_session": False})


def lift(kept: Mapping[int, Span | None]) -> list[Lifted]:
    """Take places off spells (by id) on the days that these do not keep; None keeps nothing. Return what was lifted."""
    return _lifted(or_(*(_beyond(spell_id, days) for spell_id, days in kept.items()))) if kept else []


def lift_from(session_ids: Sequence[int]) -> list[Lifted]:
    """Take every place off the sessions, so that they can move or go. Return what was lifted."""
    return _lifted(Place.session_id.in_(session_ids)) if session_ids else []


def _lifted(which: ColumnElement[bool]) -> list[Lifted]:
    row = Place
    told = (row.id, row.session_id, row.session_day, row.group_id, row.facilitator_id, row.role, row.in_room)
    gone = delete(Place).where(which).returning(*told).execution_options(synchronize_session=False)
    return [
        Lifted(session_id=session_id, day=day, group_id=group_id, facilitator_id=staff_id, role=role, in_room=in_room)
        for _, session_id, day, group_id, staff_id, role, in_room in sorted(db.session.execute(gone).all())
    ]


def _beyond(spell_id: int, days: Span | None) -> ColumnElement[bool]:
    own = Place.assignment_id == spell_id
    return own if days is None else and_(own, or_(Place.session_day < days.first, Place.session_day > days.last))


def put_back(lifted: Sequence[Lifted], spells: Iterable[Assignment]) -> None:
    """Put lifted places on the spells that cover their days now; where nobody's does, the place is gone."""
    by_person: dict[int, list[Assignment]] = {}
    for spell in spells:
        by_person.setdefault(spell.facilitator_id, []).append(spell)
    values = [
        _values(place, spell)
        for place in lifted
        for spell in by_person.get(place.facilitator_id, ())
        if spell.starts_on <= place.day <= spell.ends_on
    ]
    if values:
        db.session.execute(insert(Place), values)


def _values(place: Lifted, spell: Assignment) -> dict[str, object]:
    return {
        "session_id": place.session_id,
        "session_day": place.day,
        "group_id": place.group_id,
        "facilitator_id": place.facilitator_id,
        "assignment_id": spell.id,
        "assignment_from": spell.starts_on,
        "assignment_to": spell.ends_on,
        "role": spell.kind,
        "in_room": place.in_room,
    }


def coming(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a session is planned and has not begun; `now` is what a clock in London shows."""
    return _coming(now.date(), now.time())


def _coming(today: date | BindParameter[date], time_of_day: time | BindParameter[time]) -> ColumnElement[bool]:
    later_today = and_(GroupSession.day == today, GroupSession.starts_at > time_of_day)
    return and_(GroupSession.state == SessionState.PLANNED, or_(GroupSession.day > today, later_today))


def _given() -> Insert:
    inside = aliased(Place)
    there = select(func.count()).where(inside.session_id == GroupSession.id, inside.in_room).scalar_subquery()
    spells: BindParameter[int] = bindparam("spells", expanding=True)
    free = not_(commitments.is_elsewhere(Assignment.facilitator_id, GroupSession))
    chosen = (
        select(
            *(GroupSession.id, GroupSession.day, GroupSession.group_id, Assignment.facilitator_id, Assignment.id),
            *(Assignment.starts_on, Assignment.ends_on, Assignment.kind),
            and_(there < bindparam("room", type_=Integer), free),
        )
        .join(Assignment, Assignment.group_id == GroupSession.group_id)
        .where(
            Assignment.id.in_(spells),
            GroupSession.day.between(Assignment.starts_on, Assignment.ends_on),
            _coming(bindparam("today", type_=Date), bindparam("time_of_day", type_=Time)),
        )
    )
    columns = ("session_id", "session_day", "group_id", "facilitator_id", "assignment_id")
    return insert(Place).from_select([*columns, "assignment_from", "assignment_to", "role", "in_room"], chosen)


_GIVEN = _given()


def give(spells: Iterable[Assignment], *, room: int) -> None:
    """Give somebody's new spells on a group their places at its sessions that are planned and have not begun.

    They are in the room where fewer than `room` people are, and where they are in no other room and at no training.
    One statement, made once; the spells are in the database already.
    """
    now = wall_clock()
    values = {"room": room, "spells": [spell.id for spell in spells], "today": now.date(), "time_of_day": now.time()}
    db.session.connection().execute(_GIVEN, values)


def wall_clock() -> datetime:
    """Return what a clock in London shows, without its zone, as the times of sessions are kept."""
    return clock.london(clock.now()).replace(tzinfo=None)
