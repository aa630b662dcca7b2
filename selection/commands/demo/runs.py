"""A group on its way into the database: the group itself, each link of its supervision, each spell of its team."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from selection.commands.demo.days import at
from selection.commands.demo.meetings import Meetings, OnTeam
from selection.commands.demo.places import VENUES, Place
from selection.commands.demo.setting import Member, Setting
from selection.models.groups import Assignment, Group, Supervision
from selection.rules.eligibility import SUPERVISING, ActingRole, Right
from selection.rules.supervision import AssignmentKind, GroupState, Spell, Supervised, cut_into_spells
from selection.rules.validity import Span, day_after

HALTED_BECAUSE = "The supervisor went to another service, and nobody could be named in their place yet."
PLANNED_BEFORE, NAMED_BEFORE, ASSIGNED_BEFORE = 60, 50, 21
"""How many days before a group begins it is planned, its supervisor named and its team assigned."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Who supervises a group on a part of its days, as a deputy if somebody else is away."""

    supervisor: Member
    days: Span
    deputises_for: Member | None = None


@dataclass(kw_only=True, slots=True)
class Run:
    """A group while the demo is made: its days, and who supervises it on which of them."""

    id: int
    area_id: int
    days: Span
    chain: list[Supervised] = field(default_factory=list)
    team: set[int] = field(default_factory=set)
    spells: list[OnTeam] = field(default_factory=list)


class Runs:
    """Stores groups, each under a reference of its area and year."""

    def __init__(self, setting: Setting, areas: dict[int, Place]) -> None:
        self._setting = setting
        self._areas = areas
        self._numbers: Counter[tuple[int, int]] = Counter()
        self._meetings = Meetings(setting)
        self._stored: list[Run] = []
        self._since: dict[int, date] = {}

    def store(self, area_id: int, days: Span, state: GroupState, supervised: Sequence[Part]) -> Run:
        """Store a group with the people who supervise it, each for a part of its days; with none it is a plan."""
        setting = self._setting
        self._numbers[area_id, days.first.year] += 1
        number = self._numbers[area_id, days.first.year]
        values = {
            "reference": f"{self._areas[area_id].code}-{days.first.year}-{number:02}",
            "programme_id": setting.programme.id,
            "edition_id": setting.edition.id,
            "area_id": area_id,
            "venue": VENUES[(number + area_id) % len(VENUES)],
            "size": setting.rng.randint(setting.edition.group_min, setting.edition.group_max),
            "starts_on": days.first,
            "ends_on": days.last,
        }
        until = supervised[-1].days.last if supervised else None
        why = HALTED_BECAUSE if state == GroupState.HALTED else ""
        ties = {"supervised_from": days.first if supervised else None, "supervised_to": until, "halted_reason": why}
        group_id = setting.rows.add(Group, **values, **ties, state=state)
        self._tell(group_id, values, state, days, until)
        run = Run(id=group_id, area_id=area_id, days=days)
        self._stored.append(run)
        for part in supervised:
            self._supervise(run, part)
        return run

    def meet(self) -> None:
        """Give every group that was stored its sessions, now that its team is known."""
        for run in self._stored:
            self._meetings.plan(run.id, run.days, run.spells, self._since)

    def assign(self, run: Run, member: Member, days: Span, kind: AssignmentKind = AssignmentKind.REGULAR) -> None:
        """Assign a facilitator for the days: a spell for each authorisation and each supervisor that they meet."""
        member.busy.append(days)
        self._since[member.id] = min(days.first, self._since.get(member.id, days.first))
        run.team.add(member.id)
        rights = [right for right in member.rights if right.role == ActingRole.FACILITATOR]
        for spell in cut_into_spells(days, rights, run.chain):
            self._spell(run, member, spell, kind)

    def _supervise(self, run: Run, part: Part) -> None:
        """Name the supervisor for the days: a link for each authorisation that they meet."""
        rights = [right for right in part.supervisor.rights if right.role in SUPERVISING]
        first = part.days.first
        while first <= part.days.last:
            right = max((one for one in rights if first in one.days), key=lambda one: one.days.last)
            last = min(part.days.last, right.days.last)
            self._link(run, part, Span(first=first, last=last), right)
            first = day_after(last)

    def _link(self, run: Run, part: Part, days: Span, right: Right) -> None:
        setting, supervisor = self._setting, part.supervisor
        spell = {"group_id": run.id, "supervisor_id": supervisor.id, "role": right.role}
        spell |= {"starts_on": days.first, "ends_on": days.last}
        if part.deputises_for is not None:
            spell["deputises_for_id"] = part.deputises_for.id
        supervision_id = setting.rows.add(
            Supervision,
            **spell,
            programme_id=setting.programme.id,
            follows_on=run.chain[-1].days.last if run.chain else None,
            authorisation_id=right.id,
            authorisation_from=right.days.first,
            authorisation_to=right.days.last,
        )
        link = Supervised(
            id=supervision_id,
            supervisor_id=supervisor.id,
            supervisor_name=supervisor.name,
            role=right.role,
            days=days,
        )
        run.chain.append(link)
        named = self._before(run.days.first, NAMED_BEFORE)
        setting.history.note(
            "supervision.named", named, "programme.manager", run.id, staff_id=supervisor.id, after=spell
        )

    def _spell(self, run: Run, member: Member, spell: Spell, kind: AssignmentKind) -> None:
        setting = self._setting
        made_at = self._before(spell.days.first if kind == AssignmentKind.COVER else run.days.first, ASSIGNED_BEFORE)
        under = spell.supervised
        values = {"group_id": run.id, "facilitator_id": member.id, "kind": kind}
        values |= {"supervisor_id": under.supervisor_id, "starts_on": spell.days.first, "ends_on": spell.days.last}
        practice = member.facts().practice_on(setting.programme.id, spell.days.first)
        assert practice is not None  # who is assigned has not lapsed
        rest = {"programme_id": setting.programme.id, "made_by_id": setting.actors["programme.manager"].account_id}
        assignment_id = setting.rows.add(
            Assignment,
            **values,
            **rest,
            practice_id=practice.id,
            authorisation_id=spell.right.id,
            authorisation_from=spell.right.days.first,
            authorisation_to=spell.right.days.last,
            supervision_id=under.id,
            supervision_from=under.days.first,
            supervision_to=under.days.last,
            made_at=made_at,
        )
        run.spells.append(OnTeam(assignment_id=assignment_id, facilitator_id=member.id, kind=kind, days=spell.days))
        setting.practices.assigned(member.practices, assignment_id, values | rest)
        setting.history.note("assignment.made", made_at, "programme.manager", run.id, staff_id=member.id, after=values)

    def _tell(self, group_id: int, values: dict[str, Any], state: GroupState, days: Span, until: date | None) -> None:
        """Put the life of the group so far on the trail."""
        note = partial(self._setting.history.note, by="programme.manager", subject_id=group_id)
        note("group.planned", self._before(days.first, PLANNED_BEFORE), after=values)
        if state != GroupState.PLANNED:
            note("group.opened", self._before(days.first, NAMED_BEFORE), after={"state": GroupState.OPEN})
        if state == GroupState.CLOSED:
            note("group.closed", at(days.last + timedelta(days=3), 10), after={"state": state})
        if state == GroupState.HALTED and until is not None:
            after = {"state": state, "supervised_to": until}
            note("group.halted", at(until, 15), after=after, reason=HALTED_BECAUSE)

    def _before(self, first: date, days: int) -> datetime:
        """Return a moment so many days before a group begins, and in any case before today."""
        return at(min(self._setting.today - timedelta(days=1), first - timedelta(days=days)), 11)
