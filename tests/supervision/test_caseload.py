"""Who is due is found in bulk, soonest first; supervisors are told once a week; each sees what is theirs."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from selection.models.notices import Notice
from selection.rules.records import RecordKind
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import groups, people, records
from tests.pages import Browserlike
from tests.store import Store
from tests.supervision.conftest import Desk

RECORDED = date(2027, 3, 1)


def remind(app: Flask) -> str:
    done = app.test_cli_runner().invoke(args=["jobs", "run", "remind-supervisors"])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_list_the_caseload_and_the_letters(
    app: Flask, tom: Browserlike, fay: Browserlike, dora: Browserlike, desk: Desk, store: Store, clock: Clock
) -> None:
    with store.session() as session:
        asks = desk.forms[RecordKind.SUPERVISION]
        records.supervised(session, desk.fay, date(2027, 2, 8), asks=asks, by=desk.tom_login, next_on=date(2027, 3, 19))
        records.supervised(session, desk.fay, RECORDED, asks=asks, by=desk.tom_login, next_on=date(2027, 3, 26))
        records.supervised(session, desk.finn, RECORDED, asks=asks, by=desk.tom_login, present=False)
        records.supervised(session, desk.finn, date(2027, 3, 8), asks=asks, by=desk.tom_login, signed=False)
    # Finn did not come, and the draft is not signed: he counts from his first day, 1 February.
    page = dora.get("/supervision/")
    assert [(row["Facilitator"], row["Due by"], row["State"]) for row in page.table()] == [
        ("Finn Second", "1 March 2027", "Overdue")
    ]
    everybody = dora.get("/supervision/", show="all").table()
    assert [row["Facilitator"] for row in everybody] == ["Finn Second", "Fay First"]
    assert everybody[1]["Due by"] == "29 March 2027 Agreed: 26 March 2027"
    assert [row["Facilitator"] for row in dora.get("/supervision/", show="all", words="fay").table()] == ["Fay First"]
    assert "Nobody matches" in dora.get("/supervision/", words="zzz").main
    tom.get("/supervision/", expect=403)
    assert [row["State"] for row in tom.get("/supervision/mine").table()] == ["Overdue", "In time"]
    assert "You supervise nobody today" in fay.get("/supervision/mine").main
    store.sql("UPDATE delivery_group SET state = 'halted' WHERE id = :id", id=desk.group.id)
    assert len(tom.get("/supervision/mine").table()) == 2, "halted from a later day, supervised until then"

    home = tom.get("/")
    assert "Supervise Finn Second" in home.main
    assert "Sign the supervision record" in home.main
    assert "Supervision with Tom Treat" in fay.get("/").main
    assert "Somebody is overdue for supervision" in dora.get("/").main

    assert remind(app) == "remind-supervisors: 1 overdue, 1 letters queued.\n"
    assert remind(app) == "remind-supervisors: 1 overdue, 0 letters queued.\n"
    (letter,) = store.all(select(Notice))
    assert letter.to_address == desk.tom_login.email
    assert "- Finn Second" in letter.body
    assert "due by 1 March 2027, not yet supervised" in letter.body
    clock.set(date(2027, 3, 22))
    assert "1 letters queued" in remind(app)


def test_a_person_s_supervision_is_for_few(
    tom: Browserlike,
    fay: Browserlike,
    dora: Browserlike,
    clients: Callable[[], Browserlike],
    desk: Desk,
    store: Store,
) -> None:
    with store.session() as session:
        records.held(session, RECORDED, session.merge(desk.fay), by=desk.manager)
        elsewhere = people.account(session, Role.TREATMENT_MANAGER, in_area="South")
    address = f"/supervision/people/{desk.fay.facilitator_id}"
    for reader in (tom, fay, dora):
        shown = reader.get(address).main
        assert "1 session, 2.5 hours" in shown
        assert "Quarter: by 31 March 2027" in shown
    for other in (elsewhere, desk.manager):
        clients().sign_in_as(other).get(address, expect=404)
    fay.get(f"/supervision/people/{desk.finn.facilitator_id}", expect=404)
    clients().sign_in_as(elsewhere).get(f"/supervision/groups/{desk.group.id}", expect=404)


def test_the_list_costs_the_same_for_many(app: Flask, dora: Browserlike, desk: Desk, store: Store) -> None:
    with store.session() as session:
        for number in range(30):
            group, link = groups.open_group(session, desk.scene, first=date(2027, 1, 4) + timedelta(days=number))
            groups.assign(session, group, desk.scene.fay_may, link, by=desk.manager)
    with counted(app) as sent:
        page = dora.get("/supervision/", show="all")
    assert len(sent) <= 6
    due = [row["Due by"] for row in page.table()]
    assert len(due) == 25
    assert "1 to 25 of 32" in page.main
    assert len(dora.get("/supervision/", show="all", page=2).table()) == 7
