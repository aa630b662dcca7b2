"""Who is in the room: how many, how experienced, on how many groups at a time, and never in two rooms at once.

The numbers are the programme's local settings [default]: three facilitators on a team, two in the room at each session,
one of them with experience. What falls short of them is said and stays said until it is whole; it undoes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from selection.rules.calendar import add_months
from selection.rules.eligibility import Person
from selection.rules.reasons import Reason
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Staffing:
    """A programme's rules of staffing, each a local setting [default]."""

    team_size: int = 3
    in_room: int = 2
    experienced_needed: int = 1
    experience_months: int = 6
    groups_at_once: int = 2
    supervisor_groups: int = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Busy:
    """A time at which somebody is in another room: a session of another group, or a day of a training event."""

    day: date
    starts_at: time
    ends_at: time
    where: str

    def clashes_with(self, day: date, starts_at: time, ends_at: time) -> bool:
        """True if the two have a minute in common; one that ends when the other begins does not clash."""
        return day == self.day and starts_at < self.ends_at and self.starts_at < ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class OnTeam:
    """Somebody with a place at a session."""

    staff_id: int
    name: str
    kind: AssignmentKind
    in_room: bool
    experienced: bool


def is_experienced(first_day: date | None, on: date, *, months: int) -> bool:
    """True if somebody who was first on a group of the programme on that day has experience on another day.

    A service that asks for no months counts everybody.
    """
    return months == 0 or (first_day is not None and add_months(first_day, months) <= on)


def has_experience(person: Person, programme_id: int, on: date, *, months: int) -> bool:
    """True if the person has been on groups of the programme for as many months by the day."""
    return is_experienced(first_day_on(person, programme_id), on, months=months)


def lacks(there: Iterable[OnTeam], staffing: Staffing) -> tuple[Reason, ...]:
    """Return what a session lacks for its programme's rules of staffing; an empty tuple means nothing."""
    return tuple(_lacks([one for one in there if one.in_room], staffing))


def _lacks(room: list[OnTeam], staffing: Staffing) -> Iterator[Reason]:
    if len(room) < staffing.in_room:
        yield Reason(
            code="room.short",
            message=f"{_count(len(room))} in the room, {staffing.in_room} needed.",
            remedy="Let somebody of the team into the room, or assign cover.",
        )
    experienced = sum(one.experienced for one in room)
    if room and experienced < staffing.experienced_needed:
        yield Reason(
            code="room.inexperienced",
            message=f"{_count(experienced)} with experience in the room, {staffing.experienced_needed} needed.",
            remedy=f"Experience is {staffing.experience_months} months since somebody's first day on such a group.",
        )


def _count(number: int) -> str:
    return "Nobody" if number == 0 else f"{number}"


def who_enters(team: Iterable[OnTeam], staffing: Staffing, *, times_in: dict[int, int]) -> tuple[int, ...]:
    """Return who of those still outside should go in until the session has enough, by staff id.

    Experience comes first where it is lacking, then regular facilitators before cover, then whoever has been in the
    room the least so far (`times_in`, by staff id). Give only people who are free at that time.
    """
    members = list(team)
    inside = [one for one in members if one.in_room]
    outside = [one for one in members if not one.in_room]
    experienced = sum(one.experienced for one in inside)
    chosen: list[int] = []
    while outside and len(inside) + len(chosen) < staffing.in_room:
        wanted = experienced < staffing.experienced_needed
        best = min(outside, key=lambda one: _turn(one, times_in, experience=wanted))
        outside.remove(best)
        experienced += best.experienced
        chosen.append(best.staff_id)
    return tuple(chosen)


def _turn(one: OnTeam, times_in: dict[int, int], *, experience: bool) -> tuple[bool, bool, int, int]:
    lacks_it = experience and not one.experienced
    return (lacks_it, one.kind != AssignmentKind.REGULAR, times_in.get(one.staff_id, 0), one.staff_id)


def first_day_on(person: Person, programme_id: int) -> date | None:
    """Return the day on which the person was first on a group of the programme, or None if they never were."""
    return min((spell.days.first for spell in person.spells if spell.programme_id == programme_id), default=None)


def reasons_against_another_group(person: Person, group_id: int, days: Span, *, most: int) -> tuple[Reason, ...]:
    """Return why somebody may not take the group on the days: they would be on more than `most` at a time."""
    others = [(spell.reference, spell.days) for spell in person.spells if spell.group_id != group_id]
    crowded = min(_crowded(others, days, most), default=None)
    if crowded is None:
        return ()
    groups = sorted({reference for reference, span in others if crowded in span})
    return (
        Reason(
            code="groups.too_many",
            message=f"{person.name} is on {len(groups)} groups on {day_in_words(crowded)}: {', '.join(groups)}.",
            remedy=f"Nobody is on more than {most} at a time, a local setting. Choose other days, or end one of them.",
        ),
    )


def _crowded(others: Iterable[tuple[str, Span]], days: Span, most: int) -> Iterator[date]:
    """Yield days on which there are as many groups as there may be, or more: each a first day of one of them."""
    met = [(reference, span.shared_with(days)) for reference, span in others if span.meets(days)]
    for day in {span.first for _, span in met}:
        if len({reference for reference, span in met if day in span}) >= most:
            yield day


def reasons_against_span(
    name: str, elsewhere: Iterable[tuple[str, Span]], days: Span, *, most: int, reason: str
) -> tuple[Reason, ...]:
    """Return why naming somebody as supervisor needs a reason: they would answer for more than `most` groups at a time.

    `elsewhere` has the groups that they supervise, by reference. A group without a supervisor is worse than a
    supervisor with many groups, so a reason is enough.
    """
    others = list(elsewhere)
    if reason.strip() or not any(_crowded(others, days, most)):
        return ()
    groups = {reference for reference, span in others if span.meets(days)}
    return (
        Reason(
            code="supervisor.span",
            message=f"{name} supervises {len(groups)} groups on these days already; the local limit is {most}.",
            remedy="Name somebody else, or say why it has to be.",
            field="reason",
        ),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A session that is to come, and who has a place at it."""

    session_id: int
    day: date
    starts_at: time
    ends_at: time
    team: tuple[OnTeam, ...]


def shared_out(
    rooms: Iterable[Room], staffing: Staffing, busy: Mapping[int, Iterable[Busy]]
) -> dict[int, frozenset[int]]:
    """Return who is in the room at each of the sessions, by its id, once each has as many as it needs where it can.

    Who is in stays in; the others go in by turns, in the order of the sessions, where they are free.
    """
    times_in: dict[int, int] = {}
    result: dict[int, frozenset[int]] = {}
    for room in sorted(rooms, key=lambda one: (one.day, one.starts_at)):
        free = [one for one in room.team if one.in_room or not _busy(one.staff_id, room, busy)]
        inside = {one.staff_id for one in room.team if one.in_room}
        inside |= set(who_enters(free, staffing, times_in=times_in))
        for staff_id in inside:
            times_in[staff_id] = times_in.get(staff_id, 0) + 1
        result[room.session_id] = frozenset(inside)
    return result


def _busy(staff_id: int, room: Room, busy: Mapping[int, Iterable[Busy]]) -> bool:
    return any(_meets(one, room) for one in busy.get(staff_id, ()))


def reasons_against_rooms(
    rooms: Iterable[Room], busy: Mapping[int, Iterable[Busy]], *, field: str = "day"
) -> tuple[Reason, ...]:
    """Return a reason for each person who would be in the room at one of the sessions and is elsewhere at that time."""
    found: dict[int, Reason] = {}
    for room in rooms:
        for one in room.team:
            clash = next((b for b in busy.get(one.staff_id, ()) if _meets(b, room)), None) if one.in_room else None
            if clash is not None and one.staff_id not in found:
                found[one.staff_id] = Reason(
                    code="room.clash",
                    message=f"{one.name} is at {clash.where} on {day_in_words(room.day)},"
                    f" {clash.starts_at:%H:%M} to {clash.ends_at:%H:%M}.",
                    remedy="Nobody is in two rooms at once: let somebody else be in the room, or choose another time.",
                    field=field,
                )
    return tuple(found.values())


def _meets(one: Busy, room: Room) -> bool:
    return one.clashes_with(room.day, room.starts_at, room.ends_at)
