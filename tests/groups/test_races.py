"""Two people act at the same moment: one of them is refused with the reason, and the rows stay right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.invariant import rows
from selection.authorisation.plan import plan_for_stop
from selection.authorisation.withdraw import stop
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.assignments import actions as assignments
from selection.groups.assignments.stays import stays
from selection.groups.sessions import actions as meetings
from selection.groups.sessions.diary import diary
from selection.groups.supervision import actions as supervision
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Account
from selection.models.sessions import GroupSession, Place
from selection.rules.eligibility import ActingRole, StopKind
from selection.rules.roles import Role
from selection.rules.schedule import When
from selection.rules.supervision import AssignmentKind, cut_into_spells
from selection.rules.validity import Span
from tests.conftest import TODAY
from tests.factories import groups, people, sessions
from tests.factories.groups import FIRST, LAST, Scene
from tests.groups.looks import leaning, spells
from tests.store import Store

DAY = date(2027, 7, 1)
ALL = Span(first=FIRST, last=LAST)


@pytest.fixture
def group(scene: Scene, store: Store) -> Group:
    """An open group under Tom."""
    with store.session() as session:
        return groups.open_group(session, scene)[0]


def at_once(app: Flask, *deeds: Callable[[], None]) -> list[str]:
    """Do the deeds at the same moment, each in a context of its own; return what came of each."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], None]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                deed()
                db.session.commit()
            except Refused as refusal:
                return refusal.reasons[0].code
            return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def assigning(scene: Scene, group: Group) -> Callable[[], None]:
    by = people.actor(scene.manager)

    def deed() -> None:
        found, _ = loading.to_assign(group.id, scene.fay.id, by=by)
        assignments.assign(found, scene.fay.id, kind=AssignmentKind.REGULAR, days=ALL, today=TODAY, by=by)

    return deed


def handing_over(scene: Scene, group: Group) -> Callable[[], None]:
    by, role = people.actor(scene.manager), ActingRole.DESIGNATED_SUPERVISOR

    def deed() -> None:
        found = loading.to_change(group.id, by=by)
        days = Span(first=DAY, last=LAST)
        supervision.supervise(found, scene.dora.id, role=role, days=days, reason="Tom leaves.", today=TODAY, by=by)

    return deed


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_person_is_assigned_once(app: Flask, scene: Scene, group: Group, store: Store, attempt: int) -> None:
    deed = assigning(scene, group)
    assert at_once(app, deed, deed, deed) == ["assignment.already", "assignment.already", "done"]
    assert store.count(Assignment) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_an_assignment_and_a_handover_both_hold(
    app: Flask, scene: Scene, group: Group, store: Store, attempt: int
) -> None:
    assert at_once(app, assigning(scene, group), handing_over(scene, group)) == ["done", "done"]
    assert spells(store, group.id) == [
        ("Fay First", "Tom Treat", FIRST, date(2027, 6, 30)),
        ("Fay First", "Dora Design", DAY, LAST),
    ]
    assert leaning(store) == []


def test_what_the_database_refuses_is_said_in_the_reasons_of_the_rules(
    app: Flask, scene: Scene, group: Group, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The authorisation ends between the judgement and the writing: the keys stop it, and the rules say why."""
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
    by = people.actor(scene.manager)

    def too_late(*given: object) -> object:
        found = cut_into_spells(*given)  # type: ignore[arg-type]
        db.session.rollback()  # lets the other in, as a database that forgot to lock would
        plan = plan_for_stop(scene.fay.id, scene.programme.id, DAY)
        values = {"kind": StopKind.SUSPENSION, "programme_id": scene.programme.id, "until": None}
        stop(scene.fay.id, plan, **values, reason="An inquiry.", by=people.actor(lead))  # type: ignore[arg-type]
        db.session.commit()
        return found

    monkeypatch.setattr(assignments, "cut_into_spells", too_late)
    with app.app_context():
        found, _ = loading.to_assign(group.id, scene.fay.id, by=by)
        with pytest.raises(Refused) as refusal:
            assignments.assign(found, scene.fay.id, kind=AssignmentKind.REGULAR, days=ALL, today=TODAY, by=by)
    assert [reason.code for reason in refusal.value.reasons] == ["person.suspended"]
    assert store.all(select(Assignment)) == []


def meeting(scene: Scene, group: Group, store: Store) -> GroupSession:
    """Give the group a session in July, with Fay at it who is on the group until the end of that month."""
    with store.session() as session:
        link = session.scalars(select(Supervision).where(Supervision.group_id == group.id)).one()
        spell = groups.assign(session, group, scene.fay_may, link, by=scene.manager, last=date(2027, 7, 31))
        at = sessions.session_of(session, group, date(2027, 7, 5))
        sessions.place(session, at, spell)
    return at


def moving(scene: Scene, group: Group, at: GroupSession, day: date) -> Callable[[], None]:
    by = people.actor(scene.manager)

    def deed() -> None:
        known = diary(loading.to_change(group.id, by=by))
        to = When(day=day, starts_at=at.starts_at, ends_at=at.ends_at)
        meetings.move(known, known.session(at.id), to, following=False, without=False, reason="", by=by)

    return deed


def suspending(scene: Scene, group: Group, lead: Account) -> Callable[[], None]:
    by = people.actor(lead)
    values = {"kind": StopKind.SUSPENSION, "programme_id": None, "until": None}

    def deed() -> None:
        loading.for_decision([group.id], to_write=True)
        plan = plan_for_stop(scene.fay.id, None, DAY)
        stop(scene.fay.id, plan, **values, reason="An inquiry.", by=by)  # type: ignore[arg-type]

    return deed


@pytest.mark.parametrize("attempt", range(2))
def test_a_move_a_handover_and_a_suspension_at_once_leave_nobody_in_a_room_without_a_right(
    app: Flask, scene: Scene, group: Group, store: Store, attempt: int
) -> None:
    at = meeting(scene, group, store)
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
    deeds = [moving(scene, group, at, date(2027, 7, 12)), handing_over(scene, group), suspending(scene, group, lead)]
    assert at_once(app, *deeds) == ["done"] * 3
    assert store.count(Place) == 0
    assert store.one(select(GroupSession.day)) == date(2027, 7, 12)
    assert leaning(store) == []
    _whole(store)


@pytest.mark.parametrize("attempt", range(2))
def test_a_move_beyond_a_spell_and_its_ending_never_both_win(
    app: Flask, scene: Scene, group: Group, store: Store, attempt: int
) -> None:
    at = meeting(scene, group, store)
    by = people.actor(scene.manager)

    def ending() -> None:
        found = loading.to_change(group.id, by=by)
        (stay,) = stays(found)
        assignments.change_last_day(found, stay, date(2027, 7, 10), reason="Moves", today=TODAY, by=by)

    came = at_once(app, moving(scene, group, at, date(2027, 7, 20)), ending)
    assert came in (["done", "done"], ["done", "session.outside_spell"])
    there = store.all(select(Place.session_day))
    assert there == ([] if came == ["done", "done"] else [date(2027, 7, 5)])
    _whole(store)


def test_nobody_is_put_into_two_rooms_by_two_managers_at_once(
    app: Flask, scene: Scene, group: Group, store: Store
) -> None:
    with store.session() as session:
        other, _ = groups.open_group(session, scene)
        for one in (group, other):
            sessions.session_of(session, one, date(2027, 7, 5))
    assert at_once(app, assigning(scene, group), assigning(scene, other)) == ["done", "done"]
    assert sorted(store.all(select(Place.in_room))) == [False, True]


@pytest.mark.parametrize("how", ["room", "move", "catch_up"])
def test_nobody_comes_into_two_rooms_by_changes_to_two_groups_at_once(
    app: Flask, scene: Scene, group: Group, store: Store, how: str
) -> None:
    """Fay is on both groups; four times over, each of their managers would put her into a room of the same hour."""
    by, met = people.actor(scene.manager), []
    with store.session() as session:
        other, _ = groups.open_group(session, scene)
        for number, one in enumerate((group, other)):
            link = session.scalars(select(Supervision).where(Supervision.group_id == one.id)).one()
            spell = groups.assign(session, one, scene.fay_may, link, by=scene.manager)
            for week in range(4):
                day = date(2027, 6, 1 + 7 * week + (0 if how == "room" else number))
                at = sessions.session_of(session, one, day)
                sessions.place(session, at, spell, in_room=how != "room")
                met.append((one, at))

    def entering(of: Group, at: GroupSession, day: date) -> Callable[[], None]:
        to = When(day=day, starts_at=at.starts_at, ends_at=at.ends_at)

        def deed() -> None:
            known = diary(loading.to_change(of.id, by=by))
            if how == "room":
                meetings.set_room(known, known.session(at.id), [scene.fay.id], by=by)
            elif how == "move":
                meetings.move(known, known.session(at.id), to, following=False, without=False, reason="", by=by)
            else:
                meetings.add(known, known.session(at.id), to, by=by)

        return deed

    for week in range(4):
        day = date(2027, 6, 1 + 7 * week) if how == "room" else date(2027, 8, 2 + 7 * week)
        came = at_once(app, *(entering(of, at, day) for of, at in (met[week], met[4 + week])))
        assert came == ["done", "done"] if how == "catch_up" else ["done", "room.clash"]
        assert store.count(Place, Place.session_day == day, Place.in_room) == 1


def _whole(store: Store) -> None:
    with store.engine.connect() as connection:
        assert [finding.check for finding in rows.findings(connection) if not finding.holds] == []
