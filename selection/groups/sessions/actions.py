"""Verbs on a group's sessions: lay out the schedule, move, catch up, take back, and say who is in the room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert

from selection.authorisation.places import wall_clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.groups import loading
from selection.groups.group.actions import Particulars
from selection.groups.group.actions import change as change_group
from selection.groups.sessions.diary import Diary, sitting
from selection.groups.sessions.shifting import carry_out, reasons_against, share_out
from selection.models.groups import Group
from selection.models.sessions import GroupModule, GroupSession, Schedule, Slot
from selection.rules.moving import reasons_against_schedule
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.schedule import (
    ModulePlan,
    Shift,
    WeeklySlot,
    When,
    lay_out_again,
    move_alone,
    move_with_following,
    taken_back,
)
from selection.rules.sessions import Nation, SessionKind, SessionState
from selection.rules.staffing import OnTeam, Room, reasons_against_rooms
from selection.rules.supervision import GroupState
from selection.rules.validity import Span
from selection.trail.record import record


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """What a manager says of a schedule: modules in their order, weekly times, whose bank holidays, from which day."""

    modules: tuple[ModulePlan, ...]
    slots: tuple[WeeklySlot, ...]
    nation: Nation
    first: date
    fit: bool = False
    without: bool = False


def shifts_of(known: Diary, layout: Layout) -> tuple[Shift, ...]:
    """Return what the layout would do to each session; changes nothing. Raises Refused where it cannot be laid out."""
    if reasons := _against_layout(known, layout):
        raise Refused(*reasons)
    return lay_out_again(
        layout.modules,
        layout.slots,
        known.sittings,
        first=max(layout.first, known.group.starts_on),
        days_off=known.days_off(layout.first, layout.nation),
        now=wall_clock(),
    )


def _against_layout(known: Diary, layout: Layout) -> tuple[Reason, ...]:
    closed = _closed(known.group)
    return (*closed, *reasons_against_schedule(layout.modules, layout.slots, known.sittings, now=wall_clock()))


def reasons_against_layout(known: Diary, shifts: Sequence[Shift], layout: Layout) -> tuple[Reason, ...]:
    """Return every reason against these shifts of the layout, apart from days that the group will gain with it."""
    against = reasons_against(known, shifts, without=layout.without)
    gains = layout.fit and last_day_for(known.group, shifts) is not None
    return tuple(one for one in against if not (gains and one.code == "sessions.outside"))


def _closed(group: Group) -> tuple[Reason, ...]:
    if group.state != GroupState.CLOSED:
        return ()
    return (Reason(code="group.closed", message="The group is closed.", remedy="A closed group stays as it was."),)


def last_day_for(group: Group, shifts: Iterable[Shift]) -> date | None:
    """Return the last day that the group would need for the shifts, if it is later than the one that it has."""
    last = max((one.now.day for one in shifts if one.now is not None), default=group.ends_on)
    return last if last > group.ends_on else None


def lay_out(known: Diary, layout: Layout, *, today: date, by: Actor) -> int:
    """Lay the group's schedule out and return how many sessions it has; those that have begun or are recorded stay.

    With `layout.fit` the group runs as long as the schedule needs, under whoever supervises it last. Raises Refused.
    """
    shifts = shifts_of(known, layout)
    group, last = known.group, last_day_for(known.group, shifts)
    if layout.fit and last is not None:
        _run_until(group, last, today=today, by=by)
    _store(known, layout)
    with _judged_again(group, by):
        carry_out(known, shifts, without=layout.without, reason="The schedule was laid out.", by=by)
    laid = {one.id for one in shifts}
    days = [one.now.day for one in shifts if one.now] + [one.day for one in known.sessions if one.id not in laid]
    record(
        "schedule.laid_out",
        by=by,
        subject_id=group.id,
        after={
            "nation": layout.nation,
            "modules": [one.title for one in layout.modules],
            "slots": [f"{one.weekday} {one.starts_at:%H:%M}" for one in layout.slots],
            "sessions": len(days),
            "starts_on": min(days, default=None),
            "ends_on": max(days, default=None),
        },
    )
    return len(days)


def _run_until(group: Group, last: date, *, today: date, by: Actor) -> None:
    particulars = Particulars(
        reference=group.reference, venue=group.venue, size=group.size, days=Span(first=group.starts_on, last=last)
    )
    change_group(group, particulars, today=today, by=by)
    db.session.flush()


def _store(known: Diary, layout: Layout) -> None:
    group, schedule = known.group, known.schedule
    if schedule is None:
        db.session.add(Schedule(group_id=group.id, nation=layout.nation))
    else:
        schedule.nation = layout.nation
        for table in (GroupModule, Slot):
            mine = delete(table).where(table.group_id == group.id)
            db.session.execute(mine, execution_options={"synchronize_session": False})
    db.session.flush()
    of_group = {"group_id": group.id, "edition_id": group.edition_id, "programme_id": group.programme_id}
    modules = [
        of_group | {"module_id": one.module_id, "position": position, "is_open": one.is_open}
        for position, one in enumerate(layout.modules, start=1)
    ]
    slots = [{"group_id": group.id, "weekday": one.weekday, "starts_at": one.starts_at} for one in layout.slots]
    # Past the session, in one statement each; the diary is read again afterwards.
    db.session.connection().execute(insert(GroupModule), modules)
    db.session.connection().execute(insert(Slot), slots)


def _judged_again(group: Group, by: Actor) -> Any:
    """Say, where the database stops it, that something else was stored meanwhile."""
    group_id = group.id

    def why_not() -> Sequence[Reason]:
        loading.to_change(group_id, by=by)
        return ()

    return refused_with(why_not)


def shifts_of_move(known: Diary, moved: GroupSession, to: When, *, following: bool) -> tuple[Shift, ...]:
    """Return what moving the session would do to it and, if they follow, to the regular sessions after it."""
    if not following or moved.kind != SessionKind.REGULAR:
        return (move_alone(sitting(moved), to),)
    return move_with_following(
        sitting(moved), to, known.sittings, known.slots, days_off=known.days_off(to.day), now=wall_clock()
    )


def move(
    known: Diary, moved: GroupSession, to: When, *, following: bool, without: bool, reason: str, by: Actor
) -> None:
    """Move a session, and what follows it if that is meant; raises Refused with every reason, who and why."""
    shifts = shifts_of_move(known, moved, to, following=following)
    if reasons := reasons_against_move(known, moved, to, shifts, without=without):
        raise Refused(*reasons)
    with _judged_again(known.group, by):
        carry_out(known, shifts, without=without, reason=reason.strip(), by=by)


def reasons_against_move(
    known: Diary, moved: GroupSession, to: When, shifts: Sequence[Shift], *, without: bool
) -> tuple[Reason, ...]:
    """Return every reason against moving the session to a time, with these shifts; an empty tuple means none."""
    against = [*_closed(known.group), *_fixed(moved)]
    if to == When(day=moved.day, starts_at=moved.starts_at, ends_at=moved.ends_at):
        against.append(Reason(code="session.unchanged", message="It is at that time already.", field="day"))
    return tuple(against) or reasons_against(known, shifts, without=without)


def _fixed(at: GroupSession) -> tuple[Reason, ...]:
    if not sitting(at).is_fixed(wall_clock()):
        return ()
    return (
        Reason(
            code="session.fixed",
            message=f"{at.title} has begun or is recorded, and stays as it was.",
            remedy="What turns out to be wrong is corrected beside the record of the session.",
        ),
    )


def add(known: Diary, of: GroupSession, at: When, *, by: Actor) -> None:
    """Add a catch-up of a session, or deliver one again that was not held; everybody with a spell then has a place."""
    with _judged_again(known.group, by):
        carry_out(known, [shift_of_adding(known, of, at)], without=False, reason="", by=by)


def shift_of_adding(known: Diary, of: GroupSession, at: When) -> Shift:
    """Return the session that would be added; changes nothing. Raises Refused where it cannot be."""
    reasons = list(_closed(known.group))
    if of.kind != SessionKind.REGULAR:
        reasons.append(Reason(code="session.catch_up", message="A catch-up is not caught up with.", field="session_id"))
    again = of.state == SessionState.NOT_HELD
    if again and any(_replaces(one, of) for one in known.sessions):
        reasons.append(Reason(code="session.again", message=f"{of.title} has another day already.", field="session_id"))
    if reasons:
        raise Refused(*reasons)
    return Shift(
        id=None,
        number=of.number,
        module_id=of.module_id,
        title=of.title if again else f"{of.title}, catch-up",
        kind=SessionKind.REGULAR if again else SessionKind.CATCH_UP,
        was=None,
        now=at,
    )


def _replaces(one: GroupSession, of: GroupSession) -> bool:
    counts = one.kind == SessionKind.REGULAR and one.state != SessionState.NOT_HELD
    return counts and one.number == of.number


def take_back(known: Diary, at: GroupSession, *, by: Actor) -> None:
    """Take a catch-up back that has not begun; a regular session is moved instead, or the schedule laid out again."""
    carry_out(known, [shift_of_taking_back(known, at)], without=True, reason="", by=by)


def shift_of_taking_back(known: Diary, at: GroupSession) -> Shift:
    """Return the session as one that goes; changes nothing. Raises Refused where it stays."""
    reasons = [*_closed(known.group), *_fixed(at)]
    if at.kind != SessionKind.CATCH_UP:
        reasons.append(
            Reason(
                code="session.regular",
                message=f"{at.title} is a part of its module.",
                remedy="Move it, or lay out the schedule with other modules.",
            )
        )
    if reasons:
        raise Refused(*reasons)
    return taken_back(sitting(at))


def set_room(known: Diary, at: GroupSession, inside: Iterable[int], *, by: Actor) -> None:
    """Say who of the team is in the room at a session that has not begun; nobody is in two rooms at once."""
    wanted = set(inside)
    team = [_told(one, one.staff_id in wanted) for one in known.room(at).team]
    room = Room(session_id=at.id, day=at.day, starts_at=at.starts_at, ends_at=at.ends_at, team=tuple(team))
    entering = [one.staff_id for one in team if one.in_room]
    busy = known.elsewhere(entering, Span(first=at.day, last=at.day))
    reasons = [*_closed(known.group), *_fixed(at), *reasons_against_rooms([room], busy, field="in_room")]
    if reasons:
        raise Refused(*reasons)
    before = sorted(place.facilitator.name for place in at.places if place.in_room)
    for place in at.places:
        place.in_room = place.facilitator_id in wanted
    after = sorted(place.facilitator.name for place in at.places if place.in_room)
    with _judged_again(known.group, by):
        db.session.flush()
    record(
        "room.changed",
        by=by,
        subject_id=known.group.id,
        before={"title": at.title, "day": at.day, "in_room": before},
        after={"in_room": after},
    )


def _told(one: OnTeam, in_room: bool) -> OnTeam:
    return OnTeam(staff_id=one.staff_id, name=one.name, kind=one.kind, in_room=in_room, experienced=one.experienced)


def fill_rooms(known: Diary, *, by: Actor) -> int:
    """Let people into every coming session's room that has too few; return how many went in."""
    if reasons := _closed(known.group):
        raise Refused(*reasons)
    coming = known.coming(wall_clock())
    number = share_out(known, [one.id for one in coming])
    if number:
        record("room.changed", by=by, subject_id=known.group.id, after={"title": f"Filled by turns, {number} in all"})
    return number
