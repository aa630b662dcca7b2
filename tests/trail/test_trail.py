"""The trail: written with the deed, only as declared, read by auditors, changed by nobody."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from selection.core import clock as time
from selection.core.db import db
from selection.models.people import Account, Staff
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.trail.record import changed, record
from tests.conftest import Clock
from tests.factories import people, programmes
from tests.pages import Browserlike
from tests.store import Store


@pytest.fixture
def auditor(store: Store, clock: Clock) -> Account:
    with store.session() as session:
        return people.account(session, Role.AUDITOR, of=people.staff(session, "Ada Auditor"))


@pytest.fixture
def person(store: Store) -> Staff:
    with store.session() as session:
        return people.staff(session, "Bea Brown")


def test_an_entry_is_stored_if_and_only_if_the_deed_is(app: Flask, store: Store, auditor: Account) -> None:
    with app.app_context():
        record("account.signed_in", by=people.actor(auditor), subject_id=auditor.id)
        db.session.flush()
        db.session.rollback()
    assert store.count(TrailEntry) == 0
    with app.app_context():
        record("account.signed_in", by=people.actor(auditor), subject_id=auditor.id)
        db.session.commit()
    entry = store.one(select(TrailEntry))
    assert (entry.event, entry.actor_id, entry.actor_name) == ("account.signed_in", auditor.id, "Ada Auditor")


def test_what_is_not_declared_is_a_mistake_of_ours(app: Flask, auditor: Account) -> None:
    actor = people.actor(auditor)
    with app.app_context(), pytest.raises(KeyError):
        record("staff.vanished", by=actor, subject_id=1)
    with app.app_context(), pytest.raises(ValueError, match="does not declare"):
        record("staff.changed", by=actor, subject_id=1, after={"shoe_size": 43})


def test_before_and_after_hold_only_what_differs() -> None:
    assert changed({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})


def test_looking_at_a_record_is_on_the_trail_and_the_auditor_finds_it(
    store: Store, client: Browserlike, auditor: Account, person: Staff
) -> None:
    client.sign_in_as(auditor)
    client.get(f"/staff/{person.id}")
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "staff.viewed"))
    assert (entry.staff_id, entry.actor_id) == (person.id, auditor.id)
    page = client.get("/trail/", words="bea b")
    assert "Looked at the record" in page.main
    assert "by Ada Auditor, about Bea Brown" in page.main


def test_the_trail_is_searched_by_event_and_days(
    store: Store, app: Flask, client: Browserlike, auditor: Account, person: Staff
) -> None:
    with app.app_context():
        record(
            "staff.changed",
            by=people.actor(auditor),
            subject_id=person.id,
            staff_id=person.id,
            before={"left_on": None},
            after={"left_on": date(2027, 4, 1)},
            reason="Moves away",
        )
        db.session.commit()
    client.sign_in_as(auditor)
    page = client.get("/trail/", event="staff.changed")
    assert "Left on: nothing → 1 April 2027" in page.main
    assert "Reason: Moves away" in page.main
    assert "Nothing on the trail matches" in client.get("/trail/", event="staff.changed", last="2027-03-14").main
    assert "Moves away" in client.get("/trail/", first="2027-03-15", last="2027-03-15").main


def test_an_auditor_reads_whom_and_what_an_entry_names(
    store: Store, app: Flask, client: Browserlike, auditor: Account, person: Staff
) -> None:
    with store.session() as session:
        north, programme = people.area(session), programmes.programme(session)
    with app.app_context():
        ids = {"programme_id": programme.id, "edition_id": 404, "area_id": north.id}
        days = {"starts_on": date(2027, 4, 1), "ends_on": date(9999, 12, 31)}
        record("group.opened", by=people.actor(auditor), subject_id=1, after=ids | days)
        spell = {"supervisor_id": person.id, "role": "treatment_manager", **days}
        record("supervision.named", by=people.actor(auditor), subject_id=1, staff_id=person.id, after=spell)
        done = {"attended_enough": True, "passed": False, "note": "", "reassess_by": None}
        record("result.recorded", by=people.actor(auditor), subject_id=1, before={"passed": True}, after=done)
        words = {"order": ["Diversity", "Values, attitudes"], "against": []}
        record("standard.changed", by=people.actor(auditor), subject_id=1, before={"minutes": 30}, after=words)
        record("training_import.handed_in", by=people.actor(auditor), subject_id=1, after={"sha256": "ab12"})
        record("account.changed", by=people.actor(auditor), subject_id=1, after={"locked_until": time.now()})
        db.session.commit()
    page = client.sign_in_as(auditor).get("/trail/")
    for line in (
        f"Programme: {programme.code} Edition: number 404 Area: North Starts on: 1 April 2027 Ends on: no end",
        "Supervisor: Bea Brown Role: treatment manager",
        "Attended enough: yes Passed: yes → no",
        "Minutes: 30 Order: Diversity; Values, attitudes",
        "SHA-256: ab12",
        "Locked until: 15 March 2027, 12:00",
    ):
        assert line in page.main
    assert page.links["Bea Brown"] == f"/staff/{person.id}"
    assert "Opened a group" in client.get("/trail/", page="9" * 9).main, "the nearest page that there is"
    assert "exchange them" in client.get("/trail/", first="2027-03-16", last="2027-03-15").main


@pytest.mark.parametrize("statement", ["UPDATE trail_entry SET actor_name = 'x'", "DELETE FROM trail_entry"])
def test_nobody_rewrites_it(app: Flask, store: Store, auditor: Account, statement: str) -> None:
    with app.app_context():
        record("account.signed_in", by=people.actor(auditor), subject_id=auditor.id)
        db.session.commit()
    with pytest.raises(IntegrityError, match="only ever added to"), store.connection() as connection:
        connection.execute(text(statement))
    assert store.one(select(TrailEntry)).actor_name == "Ada Auditor"
