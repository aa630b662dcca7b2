"""A group's schedule, its sessions and who has a place at each, read in bulk and told to the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from selection.authorisation import commitments
from selection.core.bank_holidays import bank_holidays
from selection.core.db import db, reading_only
from selection.core.errors import NotHere
from selection.groups.loading import days_of
from selection.models.groups import Assignment, Group
from selection.models.programmes import EditionModule
from selection.models.sessions import GroupModule, GroupSession, Place, Schedule
from selection.prescribed.editions import staffing_of
from selection.rules.reasons import Reason
from selection.rules.schedule import MOST_YEARS, DaysOff, ModulePlan, WeeklySlot
from selection.rules.sessions import Nation, SessionKind, SessionState, Sitting
from selection.rules.staffing import Busy, OnTeam, Room, Staffing, is_experienced, lacks
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True)
class Diary:
    """All that the pages and verbs of a group's sessions need to know."""

    group: Group
    sessions: Sequence[GroupSession]

    @cached_property
    def schedule(self) -> Schedule | None:
        """The group's schedule, if it has one; asked for once, if at all."""
        return schedule_of(self.group.id)

    @cached_property
    def first_days(self) -> Mapping[int, date]:
        """When each of the group's facilitators was first on a group of the programme; asked for once, if at all."""
        return _first_days(self.group)

    @property
    def nation(self) -> Nation:
        """By whose bank holidays the group's days are counted: its area's, unless its schedule says otherwise."""
        return Nation(self.schedule.nation if self.schedule else self.group.area.nation)

    @property
    def modules(self) -> tuple[ModulePlan, ...]:
        """The modules that the group delivers, in order."""
        chosen = self.schedule.modules if self.schedule else ()
        return tuple(module_plan(one.of_edition, is_open=one.is_open) for one in chosen)

    @property
    def slots(self) -> tuple[WeeklySlot, ...]:
        """When in the week the group meets."""
        chosen = self.schedule.slots if self.schedule else ()
        return tuple(WeeklySlot(weekday=one.weekday, starts_at=one.starts_at) for one in chosen)

    @property
    def staffing(self) -> Staffing:
        """The rules of staffing of the edition that the group runs under."""
        return staffing_of(self.group.edition)

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """The sessions as the rules see them."""
        return tuple(sitting(one) for one in self.sessions)

    def days_off(self, first: date, nation: Nation | None = None) -> DaysOff:
        """Return the bank holidays from the year of the day on."""
        return bank_holidays(nation or self.nation, first, years=MOST_YEARS)

    def session(self, session_id: int) -> GroupSession:
        """Return one of the group's sessions; raises NotHere."""
        found = next((one for one in self.sessions if one.id == session_id), None)
        if found is None:
            raise NotHere
        return found

    def room(self, at: GroupSession) -> Room:
        """Return who has a place at the session, and who of them is in the room."""
        team = (self.on_team(place, at.day) for place in at.places)
        return Room(session_id=at.id, day=at.day, starts_at=at.starts_at, ends_at=at.ends_at, team=tuple(team))

    def lacking(self, at: GroupSession) -> tuple[Reason, ...]:
        """Return what the session lacks for the programme's rules of staffing."""
        return lacks(self.room(at).team, self.staffing)

    def coming(self, now: datetime) -> tuple[GroupSession, ...]:
        """Return the sessions that can still change."""
        return tuple(one for one in self.sessions if not sitting(one).is_fixed(now))

    def spells(self) -> dict[int, tuple[str, list[Span]]]:
        """Return, by staff id, everybody's name and days on the group."""
        found: dict[int, tuple[str, list[Span]]] = {}
        for spell in self.group.assignments:
            found.setdefault(spell.facilitator_id, (spell.facilitator.name, []))[1].append(days_of(spell))
        return found

    def elsewhere(self, staff_ids: Iterable[int], days: Span) -> Mapping[int, Sequence[Busy]]:
        """Return at what times people of the team are in other rooms or at training; the same is asked for once.

        Unless nothing is to be written, that is after waiting for whoever puts one of the team into another room now.
        """
        asked = (frozenset(staff_ids), days)
        if not self._elsewhere and not reading_only.get():
            commitments.wait_for(spell.facilitator_id for spell in self.group.assignments)
        if asked not in self._elsewhere:
            self._elsewhere[asked] = commitments.busy(asked[0], days, besides=self.group.id)
        return self._elsewhere[asked]

    @cached_property
    def _elsewhere(self) -> dict[tuple[frozenset[int], Span], Mapping[int, Sequence[Busy]]]:
        return {}

    def on_team(self, of: Place | Assignment, day: date) -> OnTeam:
        """Return whose place or spell it is, as a room has them on the day; who has a spell alone is not yet inside."""
        first = self.first_days.get(of.facilitator_id)
        return OnTeam(
            staff_id=of.facilitator_id,
            name=of.facilitator.name,
            kind=AssignmentKind(of.role if isinstance(of, Place) else of.kind),
            in_room=isinstance(of, Place) and of.in_room,
            experienced=is_experienced(first, day, months=self.staffing.experience_months),
        )


def diary(group: Group) -> Diary:
    """Return the group's diary as it is stored now; one query, and one more for whatever else is asked of it."""
    return Diary(group=group, sessions=sessions_of(group))


def sessions_of(group: Group) -> Sequence[GroupSession]:
    """Return the group's sessions in their order, each with its places and who has them."""
    sessions = (
        select(GroupSession)
        .where(GroupSession.group_id == group.id)
        .order_by(GroupSession.day, GroupSession.starts_at, GroupSession.id)
        .options(joinedload(GroupSession.places).joinedload(Place.facilitator, innerjoin=True))
    )
    return db.session.scalars(sessions, execution_options={"populate_existing": True}).unique().all()


def schedule_of(group_id: int) -> Schedule | None:
    """Return the group's schedule with its modules and weekly times, if it has one."""
    query = (
        select(Schedule)
        .where(Schedule.group_id == group_id)
        .options(
            joinedload(Schedule.modules).joinedload(GroupModule.of_edition, innerjoin=True), joinedload(Schedule.slots)
        )
    )
    return db.session.scalars(query, execution_options={"populate_existing": True}).unique().one_or_none()


def _first_days(group: Group) -> dict[int, date]:
    """Return when each of the group's facilitators was first on a group of the programme."""
    there = select(Assignment.facilitator_id).where(Assignment.group_id == group.id)
    query = (
        select(Assignment.facilitator_id, func.min(Assignment.starts_on))
        .where(Assignment.programme_id == group.programme_id, Assignment.facilitator_id.in_(there))
        .group_by(Assignment.facilitator_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def sitting(one: GroupSession) -> Sitting:
    """Return the session as the rules see it."""
    return Sitting(
        id=one.id,
        number=one.number,
        title=one.title,
        module_id=one.module_id,
        kind=SessionKind(one.kind),
        state=SessionState(one.state),
        day=one.day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
    )


def module_plan(module: EditionModule, *, is_open: bool) -> ModulePlan:
    """Return the module of an edition as a schedule sees it."""
    return ModulePlan(
        module_id=module.module_id,
        title=module.title,
        sessions=module.sessions,
        minutes=module.session_minutes,
        is_separate=module.separate_closed_group,
        is_open=is_open,
    )
