"""A session is recorded once, by its team or its managers, with nobody as deliverer who was not assigned that day."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from selection.core.clock import LONDON
from selection.models.delivery import SessionRecord
from selection.models.groups import Supervision
from selection.models.practice import DeliveredDay
from selection.models.sessions import GroupSession, Place
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.delivery.conftest import Running
from tests.factories import chain, groups, people, sessions
from tests.forms import Value
from tests.pages import Browserlike
from tests.store import Store

HELD: dict[str, Value] = {"state": "held", "minutes": "140", "present": "8", "recording": "Drive, folder 7"}


def state_of(store: Store, session_id: int) -> str:
    return store.one(select(GroupSession.state).where(GroupSession.id == session_id))


def test_a_session_is_recorded_with_who_delivered_it(fay: Browserlike, running: Running, store: Store) -> None:
    with store.session() as session:
        cara = people.staff(session, "Cara Cover")
        right = chain.authorised(session, cara, running.scene.programme)
        link = session.merge(running.fay).supervision_id
        under = session.get_one(Supervision, link)
        groups.assign(session, running.group, right, under, by=running.scene.manager, first=TODAY, kind="cover")
    assert "Record Induction, session 1" in fay.get("/").main
    fay.follow(f"Record {running.past.title} of {running.group.reference}")
    assert fay.page
    assert "Cara Cover" not in fay.page.main  # she was not on the group on that day
    page = fay.fill(HELD | {"delivered_by": [str(running.fay.facilitator_id)]})
    assert "Drive, folder 7" in page.main
    assert "Delivered by Fay First" in page.main
    places = {one.facilitator_id: one.in_room for one in store.all(select(Place)) if one.session_id == running.past.id}
    assert places == {running.fay.facilitator_id: True, running.finn.facilitator_id: False}
    assert state_of(store, running.past.id) == "held"
    (day,) = store.all(select(DeliveredDay))
    assert (day.staff_id, day.day) == (running.fay.facilitator_id, date(2027, 3, 8))
    trail = store.one(select(TrailEntry).where(TrailEntry.event == "session.recorded"))
    assert trail.after is not None
    assert trail.after["facilitators"] == [running.fay.facilitator_id]
    assert (trail.subject, trail.subject_id) == ("group", running.group.id)


def test_cover_that_came_in_is_recorded_on_their_own_assignment(
    manager: Browserlike, running: Running, store: Store
) -> None:
    with store.session() as session:
        cara = people.staff(session, "Cara Cover")
        right = chain.authorised(session, cara, running.scene.programme)
        under = session.get_one(Supervision, running.fay.supervision_id)
        spell = groups.assign(
            session, running.group, right, under, by=running.scene.manager, first=date(2027, 3, 1), kind="cover"
        )
    manager.get(f"/delivery/sessions/{running.past.id}/record")
    manager.fill(HELD | {"delivered_by": [str(running.fay.facilitator_id), str(cara.id)]})
    place = store.one(select(Place).where(Place.facilitator_id == cara.id))
    assert (place.assignment_id, place.in_room, place.role) == (spell.id, True, "cover")


REFUSED: tuple[tuple[dict[str, Value], str], ...] = (
    ({"state": "held", "delivered_by": []}, "Say who delivered it."),
    ({"state": "held", "present": ""}, "Enter how many participants were present, from 0 to 99."),
    ({"state": "held", "present": "Mr Smith"}, "How many participants were present: enter a whole number from 0 to 99"),
    ({"state": "held", "minutes": "9999"}, "How many minutes it lasted: enter a whole number from 1 to 600"),
    ({"state": "not_held", "reason": " "}, "Say why it was not held."),
)


def test_what_is_wrong_is_said_and_nothing_is_stored(manager: Browserlike, running: Running, store: Store) -> None:
    first = manager.get(f"/delivery/sessions/{running.past.id}/record")
    for change, error in REFUSED:
        page = manager.fill(HELD | change, page=first)
        assert page.errors == [error]
    late = manager.get(f"/delivery/sessions/{running.today.id}/record")
    assert "is not over yet" in manager.fill(HELD, page=late).errors[0]
    sent = first.form().sent() | {"delivered_by": [str(running.scene.dora.id)], "present": ["8"]}
    assert manager.post(first.path, sent).errors  # somebody who was never on the group
    assert store.count(SessionRecord) == 0
    assert state_of(store, running.past.id) == "planned"


def test_it_is_recorded_once_and_numbers_are_put_right_by_adding(
    manager: Browserlike, running: Running, store: Store
) -> None:
    first = manager.get(f"/delivery/sessions/{running.past.id}/record")
    manager.fill(HELD, page=first)
    manager.fill(HELD, page=first)  # the same again
    assert "recorded already" in manager.fill(HELD | {"present": "3"}, page=first).errors[0]
    manager.get(f"/delivery/sessions/{running.past.id}")
    manager.follow("Put the numbers right")
    assert manager.fill({"present": "7"}).errors == ["Say what is put right, and why."]
    page = manager.fill({"present": "7", "correction": "One left after five minutes."})
    assert "It puts an earlier record right: One left after five minutes." in page.main
    assert "140 minutes, 8 present, recording: Drive, folder 7." in page.main, "what was recorded first stays readable"
    rows = store.all(select(SessionRecord).order_by(SessionRecord.id))
    assert [(one.present, one.corrects_id) for one in rows] == [(8, None), (7, rows[0].id)]
    with pytest.raises(IntegrityError):
        store.sql("UPDATE session_record SET present = 9")
    assert store.count(DeliveredDay) == 2


def test_a_session_that_is_called_off_says_why(manager: Browserlike, running: Running, store: Store) -> None:
    manager.get(f"/delivery/sessions/{running.today.id}/record")
    page = manager.fill({"state": "not_held", "reason": "Snow: no trains ran."})
    assert "Not held" in page.heading
    row = store.one(select(SessionRecord))
    assert (row.state, row.minutes, row.present, row.recording) == ("not_held", None, None, "")
    assert store.count(DeliveredDay) == 0


def test_only_the_team_its_supervisor_and_managers_get_there(
    clients: Callable[[], Browserlike], running: Running, store: Store
) -> None:
    address = f"/delivery/sessions/{running.past.id}"
    with store.session() as session:
        nobody = people.account(session, Role.STAFF_MEMBER)
        auditor = people.account(session, Role.AUDITOR)
    for login in (running.stranger, nobody):
        browser = clients().sign_in_as(login)
        for page in ("", "/record", "/correct"):
            browser.get(address + page, expect=404)
    reader = clients().sign_in_as(auditor)
    reader.get(f"/delivery/groups/{running.group.id}")
    assert "Nobody has recorded" in reader.follow(f"{running.past.title}, 8 March 2027").main
    reader.get(f"{address}/record", expect=404)
    clients().sign_in_as(running.tom_login).get(f"{address}/record")
    store.sql("DELETE FROM session_facilitator")
    store.sql("UPDATE assignment SET starts_on = '2027-03-10'")
    late = clients().sign_in_as(running.fay_login)
    assert "Nobody has recorded" in late.get(address).main, "as on the page of the group, before she was on it"
    late.get(f"{address}/record", expect=404)


def test_a_record_put_right_meanwhile_is_not_put_right_unseen(
    manager: Browserlike, running: Running, store: Store
) -> None:
    manager.get(f"/delivery/sessions/{running.past.id}/record")
    manager.fill(HELD)
    old = manager.follow("Put the numbers right")
    first = {"present": "7", "correction": "One left after five minutes."}
    for _ in range(2):  # pressed twice
        manager.fill(first, page=old)
    assert store.count(SessionRecord) == 2
    page = manager.fill({"minutes": "150", "correction": "It ran over."}, page=old, expect=409)
    assert "Somebody put this record right since you opened the page." in page.errors[0]
    assert "What stands now" in page.main
    assert "140 minutes, 7 present" in page.main
    assert store.count(SessionRecord) == 2
    manager.fill({"present": "7"})
    assert store.one(select(SessionRecord.minutes).order_by(SessionRecord.id.desc()).limit(1)) == 150


def test_a_session_waits_to_be_recorded_from_its_end_on(fay: Browserlike, running: Running, clock: Clock) -> None:
    title, address = f"Record {running.today.title}", f"/delivery/groups/{running.group.id}"
    assert title not in fay.get("/").main
    assert running.today.title not in fay.get(address).links
    clock.set(datetime.combine(TODAY, time(12, 30), LONDON))
    assert title in fay.get("/").main
    assert f"{running.today.title}, 15 March 2027" in fay.get(address).links


def test_who_supervised_a_session_that_nobody_was_assigned_to_says_what_became_of_it(
    clients: Callable[[], Browserlike], running: Running, store: Store
) -> None:
    with store.session() as session:
        group, _ = groups.open_group(session, running.scene, first=date(2027, 2, 1), last=date(2027, 8, 31))
        alone = sessions.session_of(session, group, date(2027, 3, 8))
    tom = clients().sign_in_as(running.tom_login)
    tom.get(f"/delivery/sessions/{alone.id}/record")
    assert "Not held" in tom.fill({"state": "not_held", "reason": "Nobody was on the team."}).heading
