"""Can this group run: answered for each coming session of one group, and for all groups of an area, soonest first."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from flask import Flask
from sqlalchemy import delete

from selection.core.clock import LONDON
from selection.models.groups import Assignment
from selection.models.sessions import Place
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.delivery.conftest import COMING, Running
from tests.factories import groups, programmes, records, sessions
from tests.pages import Browserlike
from tests.store import Store


def test_the_page_of_a_group(
    fay: Browserlike,
    manager: Browserlike,
    clients: Callable[[], Browserlike],
    running: Running,
    store: Store,
    clock: Clock,
) -> None:
    address = f"/delivery/groups/{running.group.id}"
    page = manager.get(address)
    # Fay and Finn began on 1 February: nobody has the six months of experience that the programme asks for.
    assert "Not on 15 March 2027" in page.main
    assert "Nobody with experience in the room, 1 needed." in page.main
    rows = page.table()
    assert [row["Session"].split(" Induction")[0] for row in rows] == ["15 March 2027", "22 March 2027"]
    assert [rows[0][name].split()[0] for name in ("Supervised", "Enough in the room", "Authorised")] == ["Yes"] * 3
    assert rows[0]["Experienced"] == "No"
    with store.session() as session:
        programmes.other_numbers(session, running.group.programme_id, experience_months=0)
    assert "Each of its 2 coming sessions can be delivered" in manager.get(address).main
    with store.session() as session:
        session.execute(delete(Place).where(Place.session_id == running.coming.id))
    page = fay.get(address)
    assert "Not on 22 March 2027" in page.main
    assert "It can run until 15 March 2027." in page.main
    assert "Nobody in the room, 2 needed." in page.main
    clients().sign_in_as(running.stranger).get(address, expect=404)
    clock.set(datetime.combine(TODAY, time(13), LONDON))
    page = manager.get(address)
    assert [row["Session"].split(" Induction")[0] for row in page.table()] == ["22 March 2027"], "today's is over"
    assert "22 March 2027" in manager.get("/delivery/").table()[0]["Next session"]


def test_what_was_delivered_and_its_figures(manager: Browserlike, running: Running, store: Store, clock: Clock) -> None:
    manager.get(f"/delivery/groups/{running.group.id}")
    manager.follow(f"{running.past.title}, 8 March 2027")
    manager.fill({"state": "held", "minutes": "120", "present": "8"})
    clock.set(date(2027, 3, 16))
    manager.get(f"/delivery/sessions/{running.today.id}/record")
    only = [str(running.fay.facilitator_id)]
    manager.fill({"state": "held", "minutes": "150", "present": "5", "delivered_by": only})
    shown = manager.get(f"/delivery/groups/{running.group.id}").main
    assert "2 held, 0 not held" in shown
    assert "4.5 of 5 hours planned for these sessions, 90%" in shown
    assert "6.5 of 9 on average" in shown
    assert "100% of who delivered a session had delivered the one before" in shown
    with store.session() as session:  # called off, then delivered on another day
        off = sessions.session_of(session, running.group, date(2027, 3, 9), number=9)
        records.recorded_as_not_held(session, off, by=running.scene.manager)
    assert "4.5 of 7.5 hours planned" in manager.get(f"/delivery/groups/{running.group.id}").main
    with store.session() as session:
        records.held(
            session, date(2027, 3, 10), session.get_one(Assignment, running.fay.id), by=running.scene.manager, number=9
        )
    assert "7 of 7.5 hours planned" in manager.get(f"/delivery/groups/{running.group.id}").main


def test_the_board_has_the_soonest_trouble_on_top_and_costs_the_same_for_many(
    app: Flask, manager: Browserlike, clients: Callable[[], Browserlike], running: Running, store: Store
) -> None:
    with store.session() as session:
        programmes.other_numbers(session, running.group.programme_id, experience_months=0)
    with store.session() as session:
        for number in range(30):
            made, link = groups.open_group(session, running.scene, reference=f"B-{number:02}", last=date(2027, 9, 30))
            spells = [
                groups.assign(session, made, right, link, by=running.scene.manager)
                for right in (running.scene.fay_may, running.scene.finn_may)
            ]
            for week in range(4):
                met = sessions.session_of(session, made, date(2027, 4, 5) + timedelta(weeks=week))
                for spell in spells[: 2 if number % 2 or week < 3 - number % 3 else 1]:
                    sessions.place(session, met, spell)
        groups.group(session, running.scene.programme, reference="PLAN", first=TODAY + timedelta(days=7))
        session.execute(delete(Place).where(Place.session_id == running.coming.id))
    with counted(app) as sent:
        page = manager.get("/delivery/")
    assert len(sent) <= 6, sent
    rows = page.table()
    assert len(rows) == 25
    assert "16 of 32 groups have a session within 8 weeks" in page.main
    assert (rows[0]["Group"], rows[0]["Can it run?"]) == (running.group.reference, f"Not on {COMING.day} March 2027")
    assert rows[0]["What stands in the way"].startswith("Nobody in the room, 2 needed.")
    days = [row["Can it run?"] for row in rows[1:16]]
    assert days == ["Not on 12 April 2027"] * 5 + ["Not on 19 April 2027"] * 5 + ["Not on 26 April 2027"] * 5
    assert {row["Can it run?"] for row in rows[16:]} <= {"Yes", "No sessions"}
    assert len(manager.get("/delivery/", page=2).table()) == 7
    near = manager.get("/delivery/", weeks=4)
    assert "6 of 32 groups" in near.main
    assert "No group runs" in clients().sign_in_as(running.stranger).get("/delivery/").main
