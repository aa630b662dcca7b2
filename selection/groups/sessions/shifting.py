"""Sessions laid out and moved: judged whole, then written whole, with the places of the team.

A place stays with the session. Where the session comes to lie in another spell of the same person, the place passes to
that spell; where it lies in none, the person is left behind, and that is refused unless it is meant.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from selection.authorisation.places import lift_from, put_back, wall_clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups.loading import days_of
from selection.groups.sessions.diary import Diary
from selection.models.groups import Group
from selection.models.sessions import GroupSession, Place, Trainee
from selection.rules.moving import reasons_against_leaving_behind, reasons_against_shifts
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.schedule import Shift, When
from selection.rules.sessions import SessionState
from selection.rules.staffing import Room, reasons_against_rooms, shared_out
from selection.rules.validity import Span
from selection.trail.record import Entry, entry, record_many


def reasons_against(known: Diary, shifts: Sequence[Shift], *, without: bool) -> tuple[Reason, ...]:
    """Return every reason against the shifts: their times, who would be left behind, and who is elsewhere then."""
    against = reasons_against_shifts(shifts, days_of(known.group), known.sittings, now=wall_clock())
    spells = known.spells()
    there = {one.id: [place.facilitator_id for place in one.places] for one in known.sessions}
    left = () if without else reasons_against_leaving_behind(shifts, there, spells)
    return (*against, *left, *_clashes(known, shifts, spells))


def _clashes(known: Diary, shifts: Sequence[Shift], spells: dict[int, tuple[str, list[Span]]]) -> tuple[Reason, ...]:
    rooms = list(_rooms_then(known, shifts, spells))
    if not rooms:
        return ()
    days = Span(first=min(room.day for room in rooms), last=max(room.day for room in rooms))
    inside = {one.staff_id for room in rooms for one in room.team}
    return reasons_against_rooms(rooms, known.elsewhere(inside, days))


def _rooms_then(known: Diary, shifts: Sequence[Shift], spells: dict[int, tuple[str, list[Span]]]) -> Iterable[Room]:
    """Yield the rooms of the sessions that move as they will be, without whoever is left behind."""
    by_id = {one.id: one for one in known.sessions}
    for shift in shifts:
        if shift.id is None or shift.now is None or not shift.changes:
            continue
        day = shift.now.day
        team = tuple(
            one
            for one in known.room(by_id[shift.id]).team
            if one.in_room and any(day in span for span in spells.get(one.staff_id, ("", []))[1])
        )
        if team:
            yield Room(
                session_id=shift.id, day=day, starts_at=shift.now.starts_at, ends_at=shift.now.ends_at, team=team
            )


def carry_out(known: Diary, shifts: Sequence[Shift], *, without: bool, reason: str, by: Actor) -> None:
    """Write the shifts; raises Refused with every reason against them.

    The group is one that `loading.to_change` returned, and the diary was read after it; it stays as it was read.
    """
    if reasons := reasons_against(known, shifts, without=without):
        raise Refused(*reasons)
    moving = [one for one in shifts if one.id is not None and one.now is not None and one.changes]
    gone = [one.id for one in shifts if one.id is not None and one.now is None]
    new = [one for one in shifts if one.id is None and one.now is not None]
    lifted = lift_from([one.id for one in moving if one.id is not None] + gone)
    _remove(gone)
    _move(moving)
    rooms = _add(known.group, new)
    days = {one.id: one.now.day for one in moving if one.now is not None}
    put_back([one.on(days[one.session_id]) for one in lifted if one.session_id in days], known.group.assignments)
    _give_places(known, rooms)
    record_many([_noted(known.group, one, reason, by) for one in shifts if one.changes])


def _remove(ids: Sequence[int]) -> None:
    if ids:
        db.session.execute(delete(Trainee).where(Trainee.session_id.in_(ids)))
        db.session.execute(delete(GroupSession).where(GroupSession.id.in_(ids)))


def _move(moving: Sequence[Shift]) -> None:
    if not moving:
        return
    table = GroupSession.__table__
    statement = (
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("row_id"))
        .values(
            day=bindparam("to_day"),
            starts_at=bindparam("from_time"),
            ends_at=bindparam("to_time"),
            title=bindparam("to_title"),
            module_id=bindparam("to_module"),
            version=table.c.version + 1,
        )
    )
    db.session.connection().execute(statement, [_moved(one.id, one, one.now) for one in moving if one.now is not None])


def _moved(row_id: int | None, one: Shift, to: When) -> dict[str, Any]:
    return {
        "row_id": row_id,
        "to_day": to.day,
        "from_time": to.starts_at,
        "to_time": to.ends_at,
        "to_title": one.title,
        "to_module": one.module_id,
    }


def _add(group: Group, new: Sequence[Shift]) -> Sequence[Room]:
    """Store the new sessions and return their rooms, as yet with nobody."""
    if not new:
        return ()
    rows = [
        {
            "group_id": group.id,
            "group_from": group.starts_on,
            "group_to": group.ends_on,
            "programme_id": group.programme_id,
            "module_id": one.module_id,
            "number": one.number,
            "title": one.title,
            "kind": one.kind,
            "day": one.now.day,
            "starts_at": one.now.starts_at,
            "ends_at": one.now.ends_at,
            "state": SessionState.PLANNED,
            "version": 1,
        }
        for one in new
        if one.now is not None
    ]
    stored = db.session.execute(
        insert(GroupSession).returning(GroupSession.id, GroupSession.day, GroupSession.starts_at, GroupSession.ends_at),
        rows,
    )
    return [Room(session_id=row[0], day=row[1], starts_at=row[2], ends_at=row[3], team=()) for row in stored]


def _give_places(known: Diary, empty: Sequence[Room]) -> None:
    """Give everybody with a spell on the new sessions' days a place, and let as many into each room as it needs."""
    spells = {
        one.session_id: [spell for spell in known.group.assignments if spell.starts_on <= one.day <= spell.ends_on]
        for one in empty
    }
    if not any(spells.values()):
        return
    rooms = [
        replace(one, team=tuple(known.on_team(spell, one.day) for spell in spells[one.session_id])) for one in empty
    ]
    inside = _shared_out(known, rooms)
    values = [
        {
            "session_id": one.session_id,
            "session_day": one.day,
            "group_id": known.group.id,
            "facilitator_id": spell.facilitator_id,
            "assignment_id": spell.id,
            "assignment_from": spell.starts_on,
            "assignment_to": spell.ends_on,
            "role": spell.kind,
            "in_room": spell.facilitator_id in inside[one.session_id],
        }
        for one in rooms
        for spell in spells[one.session_id]
    ]
    db.session.connection().execute(insert(Place), values)


def share_out(known: Diary, session_ids: Iterable[int]) -> int:
    """Let people into the rooms that have too few, by turns and where they are free; return how many went in."""
    wanted = set(session_ids)
    sessions = [one for one in known.sessions if one.id in wanted]
    if not sessions:
        return 0
    inside = _shared_out(known, [known.room(one) for one in sessions])
    going_in = [
        place.id
        for one in sessions
        for place in one.places
        if not place.in_room and place.facilitator_id in inside[one.id]
    ]
    if going_in:
        db.session.execute(update(Place).where(Place.id.in_(going_in)).values(in_room=True))
    return len(going_in)


def _shared_out(known: Diary, rooms: Sequence[Room]) -> Mapping[int, Collection[int]]:
    """Return, by session id, who is to be in the room, by the programme's rules and where they are free."""
    days = Span(first=min(room.day for room in rooms), last=max(room.day for room in rooms))
    team = {one.staff_id for room in rooms for one in room.team}
    return shared_out(rooms, known.staffing, known.elsewhere(team, days))


def _noted(group: Group, one: Shift, reason: str, by: Actor) -> Entry:
    event = "session.added" if one.was is None else "session.moved" if one.now is not None else "session.removed"
    return entry(
        event, by=by, subject_id=group.id, before=_on_trail(one, one.was), after=_on_trail(one, one.now), reason=reason
    )


def _on_trail(one: Shift, at: When | None) -> dict[str, Any] | None:
    if at is None:
        return None
    return {"title": one.title, "kind": one.kind, "day": at.day, "starts_at": at.starts_at, "ends_at": at.ends_at}
