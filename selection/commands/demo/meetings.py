"""The sessions of the demo's groups: laid out as a schedule is, with the team in the room by turns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from selection.commands.demo.setting import Setting
from selection.core.bank_holidays import bank_holidays
from selection.models.programmes import EditionModule
from selection.models.sessions import GroupModule, GroupSession, Place, Schedule, Slot
from selection.rules.schedule import MOST_YEARS, Meeting, ModulePlan, WeeklySlot, lay_out
from selection.rules.sessions import Nation
from selection.rules.staffing import is_experienced
from selection.rules.validity import Span

TIMES = (time(9, 30), time(13, 30), time(17, 30))


@dataclass(frozen=True, kw_only=True, slots=True)
class OnTeam:
    """A spell on a group's team, as it was stored."""

    assignment_id: int
    facilitator_id: int
    kind: str
    days: Span


class Meetings:
    """Stores schedules and sessions; a group of Better Lives meets once a week, another twice."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def plan(self, group_id: int, days: Span, team: Sequence[OnTeam], since: Mapping[int, date]) -> None:
        """Give a group its schedule, its sessions on its days, and its team their places.

        `since` is when each facilitator was first on any group.
        """
        modules = self._modules(separate=group_id % 2 == 0)
        slots = list(self._slots(group_id, days.first, once=group_id % 2 == 0))
        self._schedule(group_id, modules, slots)
        off = bank_holidays(Nation.ENGLAND_AND_WALES, days.first, years=MOST_YEARS)
        plans = (
            ModulePlan(module_id=one.module_id, title=one.title, sessions=one.sessions, minutes=one.session_minutes)
            for one in modules
        )
        for meeting in lay_out(plans, slots, first=days.first, days_off=off):
            if meeting.day in days:
                self._meet(group_id, days, meeting, team, since)

    def _modules(self, *, separate: bool) -> list[EditionModule]:
        return [one for one in self._setting.edition.modules if one.separate_closed_group == separate]

    def _slots(self, group_id: int, first: date, *, once: bool) -> Iterator[WeeklySlot]:
        starts_at = TIMES[group_id // 2 % len(TIMES)]
        yield WeeklySlot(weekday=first.weekday(), starts_at=starts_at)
        if not once:
            yield WeeklySlot(weekday=(first.weekday() + 2) % 5, starts_at=starts_at)

    def _schedule(self, group_id: int, modules: Sequence[EditionModule], slots: Sequence[WeeklySlot]) -> None:
        rows, programme = self._setting.rows, self._setting.programme
        rows.join(Schedule, group_id=group_id, nation=Nation.ENGLAND_AND_WALES)
        for position, module in enumerate(modules, start=1):
            rows.join(
                GroupModule,
                group_id=group_id,
                module_id=module.module_id,
                edition_id=module.edition_id,
                programme_id=programme.id,
                position=position,
                is_open=not module.separate_closed_group,
            )
        for slot in slots:
            rows.join(Slot, group_id=group_id, weekday=slot.weekday, starts_at=slot.starts_at)

    def _meet(
        self, group_id: int, days: Span, meeting: Meeting, team: Sequence[OnTeam], since: Mapping[int, date]
    ) -> None:
        rows = self._setting.rows
        session_id = rows.add(
            GroupSession,
            group_id=group_id,
            group_from=days.first,
            group_to=days.last,
            programme_id=self._setting.programme.id,
            module_id=meeting.module_id,
            number=meeting.number,
            title=meeting.title,
            day=meeting.day,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
        )
        for number, one in enumerate(self._by_turns(meeting, team, since)):
            rows.add(
                Place,
                session_id=session_id,
                session_day=meeting.day,
                group_id=group_id,
                facilitator_id=one.facilitator_id,
                assignment_id=one.assignment_id,
                assignment_from=one.days.first,
                assignment_to=one.days.last,
                role=one.kind,
                in_room=number < self._setting.edition.in_room,
            )

    def _by_turns(self, meeting: Meeting, team: Sequence[OnTeam], since: Mapping[int, date]) -> list[OnTeam]:
        """Return who is on the team that day: one with experience first, if there is one, then the others by turns."""
        there = [one for one in team if meeting.day in one.days]
        turn = meeting.number % max(1, len(there))
        in_turn = [*there[turn:], *there[:turn]]
        months = self._setting.edition.experience_months
        leads = (one for one in in_turn if is_experienced(since[one.facilitator_id], meeting.day, months=months))
        lead = next(leads, None)
        return [one for one in (lead,) if one] + [one for one in in_turn if one is not lead]
