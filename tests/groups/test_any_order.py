"""Groups opened, staffed, moved, handed over, suspended, revoked and reinstated in any order: what must hold, holds.

After each step no live row breaks the chain of proof, and every session that is over names the people that it named
when it was over. Refusals are a part of it: a step that is refused changes nothing.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import and_, bindparam, or_, select

from selection.authorisation.invariant import rows
from selection.authorisation.lift import end_stop
from selection.authorisation.places import wall_clock
from selection.authorisation.plan import plan_for_certificate, plan_for_stop
from selection.authorisation.withdraw import stop, withdraw_certificate
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.assignments import actions as assignments
from selection.groups.assignments.stays import stays
from selection.groups.group.actions import Particulars, plan
from selection.groups.sessions import actions as sessions
from selection.groups.sessions.diary import diary, module_plan
from selection.groups.supervision.actions import supervise
from selection.groups.withdrawal.actions import carry_out
from selection.groups.withdrawal.gaps import StandIn, gaps, session_days
from selection.models.authorisations import Certificate, Stop
from selection.models.groups import Group
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.models.sessions import GroupSession, Place
from selection.rules.eligibility import ActingRole, StopKind
from selection.rules.roles import Role
from selection.rules.schedule import WeeklySlot, When
from selection.rules.sessions import Nation
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span
from tests.factories import chain, people, programmes
from tests.store import Store

BEGIN = datetime.combine(date(2027, 3, 15), time(9), clock.LONDON)
EXAMPLES, STEPS = 8, 30

DEEDS = {"open_group", "hand_over", "assign", "end_a_stay", "move_a_session", "catch_up_and_fill"}
DEEDS |= {"suspend", "reinstate", "revoke"}
LEAST = 5
"""How often each is carried out at the least, and not only refused: with fewer, little would be shown."""

BEGUN = (
    select(GroupSession.id, Place.facilitator_id, Place.in_room)
    .outerjoin(Place, Place.session_id == GroupSession.id)
    .where(
        or_(
            GroupSession.day < bindparam("on"),
            and_(GroupSession.day == bindparam("on"), GroupSession.starts_at <= bindparam("at")),
        )
    )
)
"""Who is named at each session that has begun; put together once, for it is asked after every step."""

_codes = count(1)
pick = st.integers(min_value=0, max_value=11)
any_session = st.integers(min_value=0, max_value=47)
ahead = st.integers(min_value=0, max_value=70)


class Delivery(RuleBasedStateMachine):
    """A small service: three who supervise, four who facilitate, and whatever groups are opened."""

    def __init__(self, app: Flask, store: Store, done: Counter[str]) -> None:
        super().__init__()
        self.app, self.store, self.done = app, store, done
        self.now = BEGIN
        self.frozen = ExitStack()
        self.over: dict[int, frozenset[tuple[int, bool]]] = {}
        # Sessions of the histories before this one, which share its database and lie ahead of its first day again.
        with store.reading() as session:
            self.earlier = set(session.scalars(select(GroupSession.id)))

    @initialize()
    def furnish(self) -> None:
        self._set(BEGIN)
        with self.store.session() as session:
            code = f"P{next(_codes)}"
            self.programme = programmes.programme(session, code).id
            of = session.get_one(Programme, self.programme)
            self.login = people.account(session, Role.PROGRAMME_MANAGER, Role.TREATMENT_MANAGER, Role.TRAINING_LEAD)
            lead = session.get_one(Account, self.login.id)
            self.supervisors, self.facilitators = [], []
            for number in range(3):
                person = people.staff(session, f"{code} supervisor {number}")
                chain.authorised(session, person, of, ActingRole.TREATMENT_MANAGER, by=lead)
                self.supervisors.append(person.id)
            for number in range(4):
                person = people.staff(session, f"{code} facilitator {number}")
                chain.authorised(session, person, of, by=lead)
                self.facilitators.append(person.id)
        self.groups: list[int] = []
        self.revoked = self.suspended = 0
        self.by = people.actor(self.login)
        for number in range(2):
            self.open_group(ahead=number, supervisor=number)
            for who in range(2):
                self.assign(number, number + who, ahead=0, long=60, kind=AssignmentKind.REGULAR)
        self.time_passes(days=9, hour=11)

    def teardown(self) -> None:
        self.done["sessions that are over"] += len(self.over)
        self.frozen.close()

    def _set(self, moment: datetime) -> None:
        self.frozen.close()
        self.now = moment
        self.frozen.enter_context(clock.freeze(moment))

    def _do(self, what: str, deed: Callable[[], Any]) -> None:
        with self.app.app_context():
            try:
                deed()
            except Refused:
                db.session.rollback()
            else:
                db.session.commit()
                self.done[what] += 1

    def _group(self, at: int) -> Group:
        return loading.to_change(self.groups[at % len(self.groups)], by=self.by)

    @precondition(lambda self: len(self.groups) < 4)
    @rule(ahead=ahead, supervisor=pick)
    def open_group(self, ahead: int, supervisor: int) -> None:
        first = self.now.date() + timedelta(days=ahead % 8)

        def deed() -> None:
            days = Span(first=first, last=first + timedelta(days=60))
            particulars = Particulars(
                reference=f"{self.programme}-{len(self.groups)}-{first}", venue="Hall", size=9, days=days
            )
            area = db.session.scalars(select(Staff.area_id).where(Staff.id == self.supervisors[0])).one()
            made = plan(particulars, programme_id=self.programme, area_id=area, today=clock.today(), by=self.by)
            db.session.flush()
            if made.id not in self.groups:
                self.groups.append(made.id)
            group = loading.to_change(made.id, by=self.by)
            self._supervise(group, supervisor, days)
            layout = sessions.Layout(
                modules=tuple(module_plan(one, is_open=False) for one in group.edition.modules),
                slots=tuple(WeeklySlot(weekday=number, starts_at=time(10)) for number in (0, 2)),
                nation=Nation.SCOTLAND,
                first=first,
            )
            sessions.lay_out(diary(loading.to_change(made.id, by=self.by)), layout, today=clock.today(), by=self.by)

        known = list(self.groups)
        self._do("open_group", deed)
        self.groups = [one for one in self.groups if one in known or self.store.count(Group, Group.id == one)]

    def _supervise(self, group: Group, supervisor: int, days: Span, *, as_deputy: bool = False) -> None:
        who = self.supervisors[supervisor % 3]
        role = ActingRole.TREATMENT_MANAGER
        supervise(
            group, who, role=role, days=days, reason="So be it", today=clock.today(), by=self.by, as_deputy=as_deputy
        )

    @rule(group=pick, supervisor=pick, ahead=ahead, long=ahead, as_deputy=st.booleans())
    def hand_over(self, group: int, supervisor: int, ahead: int, long: int, as_deputy: bool) -> None:
        def deed() -> None:
            found = self._group(group)
            first = max(self.now.date(), found.starts_on) + timedelta(days=ahead % 20)
            last = min(found.ends_on, first + timedelta(days=long))
            has_it = {one.supervisor_id for one in found.supervisions if one.starts_on <= first <= one.ends_on}
            others = [number for number, one in enumerate(self.supervisors) if one not in has_it]
            days = Span(first=first, last=last)
            self._supervise(found, others[supervisor % len(others)], days, as_deputy=as_deputy)

        self._do("hand_over", deed)

    @rule(group=pick, who=pick, ahead=ahead, long=ahead, kind=st.sampled_from(AssignmentKind))
    def assign(self, group: int, who: int, ahead: int, long: int, kind: AssignmentKind) -> None:
        def deed() -> None:
            staff_id = self.facilitators[who % 4]
            found, _ = loading.to_assign(self.groups[group % len(self.groups)], staff_id, by=self.by)
            first = max(self.now.date(), found.facts.days.first) + timedelta(days=ahead % 10)
            days = Span(first=first, last=min(found.facts.days.last, first + timedelta(days=long)))
            assignments.assign(found, staff_id, kind=kind, days=days, today=clock.today(), by=self.by)

        self._do("assign", deed)

    @rule(group=pick, which=pick, ahead=ahead)
    def end_a_stay(self, group: int, which: int, ahead: int) -> None:
        def deed() -> None:
            found = self._group(group)
            if there := stays(found):
                last = self.now.date() + timedelta(days=ahead)
                assignments.change_last_day(
                    found, there[which % len(there)], last, reason="Moves", today=clock.today(), by=self.by
                )

        self._do("end_a_stay", deed)

    @rule(group=pick, which=any_session, ahead=ahead, following=st.booleans(), without=st.booleans())
    def move_a_session(self, group: int, which: int, ahead: int, following: bool, without: bool) -> None:
        def deed() -> None:
            known = diary(self._group(group))
            if not known.sessions:
                return
            coming = known.coming(wall_clock())
            among = coming if coming and which % 4 else known.sessions  # those that are over are tried too
            at = among[which % len(among)]
            to = When(day=self.now.date() + timedelta(days=ahead % 50), starts_at=time(10), ends_at=time(12, 30))
            sessions.move(known, at, to, following=following, without=without, reason="", by=self.by)

        self._do("move_a_session", deed)

    @rule(group=pick, which=pick)
    def catch_up_and_fill(self, group: int, which: int) -> None:
        def deed() -> None:
            known = diary(self._group(group))
            regular = [one for one in known.sessions if one.kind == "regular"]
            if regular:
                day = self.now.date() + timedelta(days=1 + which)
                at = When(day=day, starts_at=time(14), ends_at=time(16, 30))
                sessions.add(known, regular[which % len(regular)], at, by=self.by)
            sessions.fill_rooms(diary(self._group(group)), by=self.by)

        self._do("catch_up_and_fill", deed)

    def _decide(self, make: Callable[[], Any], decide: Callable[[Any], Any], stand_in: bool) -> None:
        touched = loading.for_decision((group.id for group in make().groups), to_write=True)
        plan_now = make()
        chosen = []
        if stand_in:
            open_gaps = gaps(plan_now, touched, session_days(plan_now), by=self.by)
            chosen = [StandIn(gap=gap, who=gap.candidates[0]) for gap in open_gaps if gap.candidates]
        carry_out(plan_now, make, decide, chosen, today=clock.today(), by=self.by)

    @rule(who=pick, ahead=ahead, stand_in=st.booleans())
    def suspend(self, who: int, ahead: int, stand_in: bool) -> None:
        staff_id = [*self.facilitators, *self.supervisors][who % 7]
        from_day = self.now.date() + timedelta(days=ahead % 4)
        self.suspended += 1
        values: dict[str, Any] = {"kind": StopKind.SUSPENSION, "programme_id": None, "until": None}
        self._do(
            "suspend",
            lambda: self._decide(
                lambda: plan_for_stop(staff_id, None, from_day),
                lambda plan_now: stop(staff_id, plan_now, **values, reason="An inquiry", by=self.by),
                stand_in,
            ),
        )

    @precondition(lambda self: self.suspended)
    @rule(which=pick)
    def reinstate(self, which: int) -> None:
        self.suspended -= 1

        def deed() -> None:
            today = clock.today()
            mine = Stop.staff_id.in_([*self.facilitators, *self.supervisors])
            if stopped := db.session.scalars(select(Stop).where(mine, Stop.to_day > today).order_by(Stop.id)).all():
                one = stopped[which % len(stopped)]
                end_stop(one, last_day=max(today, one.from_day), reason="Cleared", today=today, by=self.by)

        self._do("reinstate", deed)

    @precondition(lambda self: self.revoked < 2)
    @rule(who=pick, stage=pick, stand_in=st.booleans())
    def revoke(self, who: int, stage: int, stand_in: bool) -> None:
        staff_id = [*self.facilitators, *self.supervisors][who % 7]
        self.revoked += 1

        def deed() -> None:
            found = db.session.scalars(
                select(Certificate).where(Certificate.staff_id == staff_id).order_by(Certificate.id)
            ).all()
            one = found[stage % len(found)]
            self._decide(
                lambda: plan_for_certificate(one, clock.today()),
                lambda plan_now: withdraw_certificate(one, plan_now, reason="Found wanting", by=self.by),
                stand_in,
            )

        self._do("revoke", deed)

    @rule(days=st.integers(min_value=0, max_value=12), hour=st.sampled_from((9, 11, 18)))
    def time_passes(self, days: int, hour: int) -> None:
        day = self.now.date() + timedelta(days=days)
        self._set(max(self.now, datetime.combine(day, time(hour), clock.LONDON)))

    @invariant()
    def nothing_is_broken(self) -> None:
        with self.store.engine.connect() as connection:
            assert rows.broken(connection) == []

    @invariant()
    def sessions_that_are_over_name_whom_they_named(self) -> None:
        now = self.now.replace(tzinfo=None)
        there: dict[int, set[tuple[int, bool]]] = {}
        with self.store.engine.connect() as connection:
            for session_id, facilitator_id, in_room in connection.execute(BEGUN, {"on": now.date(), "at": now.time()}):
                named = there.setdefault(session_id, set())
                if facilitator_id is not None:
                    named.add((facilitator_id, in_room))
        there = {one: named for one, named in there.items() if one not in self.earlier}
        for session_id, named in there.items():
            assert self.over.setdefault(session_id, frozenset(named)) == named
        assert set(self.over) <= set(there), "a session that is over stays, and stays over"


def test_what_must_hold_holds_whatever_is_done_in_whatever_order(app: Flask, store: Store) -> None:
    done: Counter[str] = Counter()
    run_state_machine_as_test(
        lambda: Delivery(app, store, done),  # type: ignore[arg-type]
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert all(done[deed] >= LEAST for deed in DEEDS), done
    assert done["sessions that are over"] >= 12 * EXAMPLES, "time passes, and there is a past to keep"
