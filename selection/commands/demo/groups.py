"""Which groups are over, run and are planned, who supervises each, and who is on its team."""

from collections.abc import Sequence
from datetime import date, timedelta

from selection.commands.demo.days import months_ago, working_day
from selection.commands.demo.runs import Part, Run, Runs
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import Story
from selection.rules.calendar import add_months
from selection.rules.eligibility import SUPERVISING, ActingRole, Person, reasons_against_acting
from selection.rules.staffing import is_experienced
from selection.rules.supervision import AssignmentKind, GroupState
from selection.rules.validity import Span, day_after, day_before

MONTHS_LONG = 7
AT_ONCE = 2
"""On how many groups at once a facilitator is at most."""

STOPPED = (Story.WITHDRAWN, Story.SUSPENDED, Story.DESELECTED)
RUNNING_FOR = (5, 2, 6, 4, 3, 1)
OVER_FOR = (10, 14, 12, 18, 11, 16)
"""How many months ago the groups began that run, and a month less than those did that are over."""

TO_STAFF_IN, TO_PLAN_IN = 21, 75
FOR_A_RUNNING, FOR_AN_OVER, FOR_A_COMING = 6, 8, 20
"""How many authorised facilitators there are for each group that runs, that is over, and that has to be staffed."""

HANDOVER_ONE_IN, SHORT_ONE_IN = 4, 3
AWAY_IN, AWAY_FOR = 12, timedelta(weeks=2)
COVER_WEEKS, HALTED_AFTER, HALTED_DAYS_AGO = 5, 3, 15


class Groups:
    """Runs groups in one pool of areas after the other."""

    def __init__(self, setting: Setting, people: People, runs: Runs) -> None:
        self._setting = setting
        self._people = people
        self._runs = runs
        self._facts: dict[int, Person] = {}
        self._made = 0
        self._deputised = False

    def run(self) -> None:
        """Run every group: as many as the authorised can deliver, and some that wait for their team."""
        for pool in range(self._people.pools):
            members = [one for one in self._people.in_pool(pool) if one.rights]
            self._facts = {one.id: one.facts() for one in members}
            now = sum(
                1 for one in members if self._acts(one, Span(first=self._setting.today, last=self._setting.today))
            )
            stopped = [one for one in members if one.story in STOPPED]
            stopped = stopped[: max(1, len(stopped) // SHORT_ONE_IN)]
            for number in range(max(2, now // FOR_AN_OVER)):
                self._over(members, OVER_FOR[number % len(OVER_FOR)])
            for number in range(max(2, now // FOR_A_RUNNING, len(stopped))):
                run = self._running(
                    members, RUNNING_FOR[number % len(RUNNING_FOR)], dict(enumerate(stopped)).get(number)
                )
                if run is not None and number == 1:
                    self._cover(run, members)
            for number in range(max(1, now // FOR_A_COMING)):
                self._to_staff(members, number)
            self._halted(members)
            self._to_plan(members)
        self._runs.meet()

    def _over(self, members: Sequence[Member], months: int) -> None:
        days = self._days(months_ago(self._setting.today, months + 1))
        if run := self._group(members, days, GroupState.CLOSED):
            self._team(run, members, days, self._setting.edition.team_size)

    def _running(self, members: Sequence[Member], months: int, ended: Member | None) -> Run | None:
        """Run a group; who was stopped or lost a certificate left it on that day, and their place is empty."""
        days = self._days(months_ago(self._setting.today, months))
        run = self._group(members, days, GroupState.OPEN)
        if run is None:
            return None
        places = self._setting.edition.team_size
        if ended is not None and (spell := self._until_stopped(ended, days)):
            self._runs.assign(run, ended, spell)
            places -= 1
        self._team(run, members, days, places)
        return run

    def _cover(self, run: Run, members: Sequence[Member]) -> None:
        """Let somebody stand in on a running group for some weeks."""
        first = self._setting.today - timedelta(days=7)
        self._team(run, members, Span(first=first, last=first + timedelta(weeks=COVER_WEEKS)), 1, AssignmentKind.COVER)

    def _halted(self, members: Sequence[Member]) -> None:
        """Halt a group: its supervisor's time ended, no other could be named yet, and its team ended with it."""
        days = self._days(months_ago(self._setting.today, HALTED_AFTER))
        supervised = Span(first=days.first, last=self._setting.today - timedelta(days=HALTED_DAYS_AGO))
        if run := self._group(members, days, GroupState.HALTED, supervised=supervised):
            self._team(run, members, supervised, self._setting.edition.team_size)

    def _to_staff(self, members: Sequence[Member], number: int) -> None:
        """Open a group that begins soon, the first of them in the programme manager's area and with nobody on it."""
        days = self._days(working_day(self._setting.today + timedelta(days=TO_STAFF_IN + 9 * number)))
        area_id = self._people.office["programme.manager"].area_id
        near = members[0].pool == self._people.office["programme.manager"].pool
        if run := self._group(members, days, GroupState.OPEN, area_id=area_id if near and number == 0 else None):
            self._team(run, members, days, number % 2)

    def _to_plan(self, members: Sequence[Member]) -> None:
        """Plan a group that has no supervisor yet, so that nobody can be assigned to it."""
        days = self._days(working_day(self._setting.today + timedelta(days=TO_PLAN_IN)))
        self._runs.store(members[0].area_id, days, GroupState.PLANNED, [])

    def _days(self, first: date) -> Span:
        return Span(first=first, last=working_day(add_months(first, MONTHS_LONG)))

    def _group(
        self,
        members: Sequence[Member],
        days: Span,
        state: GroupState,
        *,
        area_id: int | None = None,
        supervised: Span | None = None,
    ) -> Run | None:
        """Store a group under who may supervise it on each of its days, in turn; None if there is nobody."""
        whole = supervised or days
        able = [one for one in members if self._supervises(one, whole)]
        if not able:
            return None
        turn = self._made % len(able)
        able = [*able[turn:], *able[:turn]]
        self._made += 1
        parts = [Part(supervisor=able[0], days=whole)]
        if self._made % HANDOVER_ONE_IN == 1 and len(able) > 1:
            middle = whole.first + (whole.last - whole.first) / 2
            first, second = Span(first=whole.first, last=middle), Span(first=day_after(middle), last=whole.last)
            parts = [Part(supervisor=able[0], days=first), Part(supervisor=able[1], days=second)]
        elif state is GroupState.OPEN and not self._deputised and len(able) > 1 and self._setting.today in whole:
            parts, self._deputised = self._with_deputy(able[0], able[1], whole), True
        return self._runs.store(area_id or able[0].area_id, days, state, parts)

    def _with_deputy(self, supervisor: Member, deputy: Member, days: Span) -> list[Part]:
        """Let the deputy answer for the group while its supervisor is away, some days from now."""
        away = working_day(self._setting.today + timedelta(days=AWAY_IN))
        back = away + AWAY_FOR
        return [
            Part(supervisor=supervisor, days=Span(first=days.first, last=day_before(away))),
            Part(supervisor=deputy, days=Span(first=away, last=day_before(back)), deputises_for=supervisor),
            Part(supervisor=supervisor, days=Span(first=back, last=days.last)),
        ]

    def _team(
        self,
        run: Run,
        members: Sequence[Member],
        days: Span,
        places: int,
        kind: AssignmentKind = AssignmentKind.REGULAR,
    ) -> None:
        """Assign so many facilitators for all of the days: one with experience by then, and those who do least."""
        barred = {link.supervisor_id for link in run.chain} | run.team
        able = [one for one in members if one.id not in barred and self._is_free(one, days) and self._acts(one, days)]
        able.sort(key=lambda one: (len(one.busy), one.area_id != run.area_id))
        experienced = [one for one in able if self._has_experience(one, max(days.first, self._setting.today))]
        # Nobody had any when the first groups began: those who had been there longest led them.
        leading = (experienced or [one for one in able if one.story == Story.LONG_SERVING])[:1]
        for member in [*leading, *(one for one in able if one not in leading)][:places]:
            self._runs.assign(run, member, days, kind)

    def _has_experience(self, member: Member, day: date) -> bool:
        first = min((one.first for one in member.busy), default=None)
        return is_experienced(first, day, months=self._setting.edition.experience_months)

    def _is_free(self, member: Member, days: Span) -> bool:
        return sum(1 for one in member.busy if one.meets(days)) < AT_ONCE

    def _acts(self, member: Member, days: Span) -> bool:
        return not reasons_against_acting(member.facts(), ActingRole.FACILITATOR, self._setting.programme.id, days)

    def _supervises(self, member: Member, days: Span) -> bool:
        """True if the person may supervise on each of the days, in whichever role they are appointed to."""
        facts, programme_id = self._facts[member.id], self._setting.programme.id
        roles = {one.role for one in member.appointments} & SUPERVISING
        return any(not reasons_against_acting(facts, role, programme_id, days) for role in roles)

    def _until_stopped(self, member: Member, days: Span) -> Span | None:
        """Return the group's days from the first on for which the person was authorised, if that is not all of them."""
        for right in member.rights:
            if days.first in right.days and right.days.last < days.last:
                return Span(first=days.first, last=right.days.last)
        return None
