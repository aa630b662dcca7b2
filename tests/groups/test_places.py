"""Places at sessions come with an assignment, go with it, and pass to the spell that takes its days up."""

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.plan import plan_for_stop
from selection.authorisation.withdraw import stop
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.assignments.actions import assign, cancel, change_last_day
from selection.groups.assignments.stays import stays
from selection.groups.supervision.actions import supervise
from selection.models.groups import Group
from selection.models.notices import Notice
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Place
from selection.rules.eligibility import ActingRole, StopKind
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span
from tests.conftest import TODAY
from tests.factories import chain, groups, people, sessions, training
from tests.factories.groups import FIRST, LAST, Scene
from tests.groups.looks import boxes, leaning
from tests.pages import Browserlike
from tests.store import Store

DAYS = (date(2027, 4, 12), date(2027, 6, 7), date(2027, 8, 2))


@pytest.fixture
def group(scene: Scene, store: Store) -> Group:
    """An open group under Tom with three sessions, and nobody on it."""
    with store.session() as session:
        made, _ = groups.open_group(session, scene, reference="NORTH-1")
        for day in DAYS:
            sessions.session_of(session, made, day)
    return made


def put(app: Flask, scene: Scene, group: Group, who: Staff, first: date = FIRST, last: date = LAST) -> None:
    with app.app_context():
        by = people.actor(scene.manager)
        found, person = loading.to_assign(group.id, who.id, by=by)
        assign(found, person.id, kind=AssignmentKind.REGULAR, days=Span(first=first, last=last), today=TODAY, by=by)
        db.session.commit()


def there(store: Store) -> list[tuple[str, date, date, date, bool]]:
    """Return every place: who, the session's day, the days of the spell that it leans on, and whether in the room."""
    with store.reading() as session:
        query = (
            select(Staff.name, Place.session_day, Place.assignment_from, Place.assignment_to, Place.in_room)
            .join(Staff, Staff.id == Place.facilitator_id)
            .order_by(Place.session_day, Staff.name)
        )
        return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(query)]


def test_whoever_is_assigned_has_a_place_at_each_coming_session_of_their_days(
    app: Flask, scene: Scene, group: Group, store: Store
) -> None:
    put(app, scene, group, scene.fay, last=date(2027, 7, 1))
    assert there(store) == [("Fay First", day, FIRST, date(2027, 7, 1), True) for day in DAYS[:2]]
    with store.session() as session:
        third = people.staff(session, "Third")
        chain.authorised(session, third, scene.programme)
    put(app, scene, group, scene.finn)
    put(app, scene, group, third)
    inside = [(name, day) for name, day, _, _, in_room in there(store) if in_room]
    assert inside == [
        *((name, day) for day in DAYS[:2] for name in ("Fay First", "Finn Second")),
        *((name, DAYS[2]) for name in ("Finn Second", "Third")),
    ], "a room that is full takes nobody more"


def test_nobody_is_put_into_two_rooms_or_a_room_and_a_training(
    app: Flask, scene: Scene, group: Group, store: Store
) -> None:
    with store.session() as session:
        other, _ = groups.open_group(session, scene, reference="NORTH-2")
        sessions.session_of(session, other, DAYS[0], starts_at=time(12), ends_at=time(14))
        sessions.session_of(session, other, DAYS[1], starts_at=time(12, 30), ends_at=time(15))
        event = training.event(session, training.course(session), first=DAYS[2], days=1)
        training.booking(session, event, scene.fay)
    put(app, scene, other, scene.fay)
    put(app, scene, group, scene.fay)
    own = [(day, in_room) for _, day, _, _, in_room in there(store)]
    assert own == [(DAYS[0], True), (DAYS[0], False), (DAYS[1], True), (DAYS[1], True), (DAYS[2], False)]


def test_nobody_is_on_more_groups_at_a_time_than_the_programme_allows(
    app: Flask, scene: Scene, group: Group, store: Store
) -> None:
    with store.session() as session:
        others = [groups.open_group(session, scene, reference=f"NORTH-{number}")[0] for number in (2, 3)]
    put(app, scene, others[0], scene.fay, last=date(2027, 5, 31))
    put(app, scene, others[1], scene.fay)
    with pytest.raises(Refused) as refusal:
        put(app, scene, group, scene.fay)
    (reason,) = refusal.value.reasons
    assert reason.code == "groups.too_many"
    assert "NORTH-2, NORTH-3" in reason.message
    put(app, scene, group, scene.fay, first=date(2027, 6, 1))


def test_places_pass_with_a_handover_and_go_with_an_end(app: Flask, scene: Scene, group: Group, store: Store) -> None:
    put(app, scene, group, scene.fay)
    with app.app_context():
        by = people.actor(scene.manager)
        found, dora = loading.to_change(group.id, by=by), loading.staff_in_reach(scene.dora.id, by=by)
        days = Span(first=date(2027, 6, 1), last=date(2027, 6, 30))
        supervise(found, dora.id, role=ActingRole.DESIGNATED_SUPERVISOR, days=days, reason="Away", today=TODAY, by=by)
        db.session.commit()
    assert [row[1:4] for row in there(store)] == [
        (DAYS[0], FIRST, date(2027, 5, 31)),
        (DAYS[1], days.first, days.last),
        (DAYS[2], date(2027, 7, 1), LAST),
    ]
    assert leaning(store) == []
    with app.app_context():
        found = loading.to_change(group.id, by=by)
        (stay,) = stays(found)
        change_last_day(found, stay, date(2027, 6, 10), reason="Moves", today=TODAY, by=by)
        db.session.commit()
    assert [row[1] for row in there(store)] == list(DAYS[:2])
    with app.app_context():
        found = loading.to_change(group.id, by=by)
        (stay,) = stays(found)
        cancel(stay, reason="Moves at once", today=TODAY, by=by)
        db.session.commit()
    assert there(store) == []


def test_a_withdrawal_takes_the_coming_places_and_leaves_those_before(
    app: Flask, scene: Scene, group: Group, store: Store
) -> None:
    put(app, scene, group, scene.fay)
    with app.app_context():
        by = people.actor(scene.manager)
        plan = plan_for_stop(scene.fay.id, None, date(2027, 6, 1))
        stop(scene.fay.id, plan, kind=StopKind.SUSPENSION, programme_id=None, until=None, reason="Looked into", by=by)
        db.session.commit()
    assert [row[1] for row in there(store)] == [DAYS[0]]
    assert store.count(GroupSession) == 3


def test_a_group_keeps_the_days_of_its_sessions_or_ends_without_them(
    app: Flask, manager: Browserlike, scene: Scene, group: Group, store: Store
) -> None:
    put(app, scene, group, scene.fay)
    manager.get(f"/groups/{group.id}/change")
    page = manager.fill(boxes(ends_on=date(2027, 8, 1)))
    assert "1 session lies outside these days, on 2 August 2027." in page.text
    assert store.count(GroupSession) == 3
    manager.fill({"without_sessions": "y"})
    assert [row[1:3] for row in there(store)] == [(day, FIRST) for day in DAYS[:2]]
    assert store.all(select(GroupSession.day).order_by(GroupSession.day)) == list(DAYS[:2])
    told = {one.to_address for one in store.all(select(Notice)) if "not 2 August 2027" in one.body}
    assert told == {scene.fay.email, scene.tom.email}
    assert leaning(store) == []
