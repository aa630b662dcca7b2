"""What was agreed on: on the overdue list until somebody says when it was done, and kept as it was said."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.core import clock as the_clock
from selection.models.supervision import ActionDone, RecordAction
from selection.models.trail import TrailEntry
from selection.rules.eligibility import ActingRole
from selection.rules.records import RecordKind
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, groups, people, records
from tests.factories.delivery import FIRST, LAST
from tests.forms import Value
from tests.pages import Browserlike
from tests.store import Store
from tests.supervision.conftest import Desk
from tests.supervision.test_recording import NEXT, filled, new

LATER = date(2027, 4, 12)


def test_what_was_agreed_is_overdue_until_somebody_says_when_it_was_done(
    app: Flask,
    tom: Browserlike,
    fay: Browserlike,
    dora: Browserlike,
    clients: Callable[[], Browserlike],
    desk: Desk,
    store: Store,
    clock: Clock,
) -> None:
    new(tom, desk)
    record = tom.fill(filled(desk), button="Sign").path
    agreed = store.one(select(RecordAction))
    assert "Nothing is overdue." in dora.get("/supervision/agreed").main
    assert "Read chapter four" in fay.get("/supervision/people/me").main
    clock.set(LATER)
    for browser, account in ((tom, desk.tom_login), (fay, desk.fay_login), (dora, desk.dora_login)):
        browser.sign_in_as(account)
    with counted(app) as sent:
        page = dora.get("/supervision/agreed")
    assert len(sent) <= 6, sent
    (row,) = page.table()
    assert (row["What"], row["Who"], row["By"]) == ("Read chapter four", "Fay First", "9 April 2027 Overdue")
    assert "Agreed and overdue (1)" in dora.get("/supervision/").main
    dora.get(f"/supervision/agreed/{agreed.id}/done", expect=404)
    clients().sign_in_as(desk.manager).get("/supervision/agreed", expect=403)
    assert "Something agreed on in supervision" in fay.get("/").main
    fay.get(record)
    fay.follow("it was done : Read chapter four")
    day = {"done_on": date(2027, 4, 13)}
    assert "13 April 2027 is to come. Say it once it was done." in fay.fill(day).errors
    assert "It was agreed on later, on 15 March 2027." in fay.fill({"done_on": date(2027, 3, 14)}).errors
    page = fay.fill({"done_on": NEXT})
    assert "done on 9 April 2027, said Fay First on" in page.main
    tom.post(f"/supervision/agreed/{agreed.id}/done", {}, expect=400)
    assert "Nothing is overdue." in dora.get("/supervision/agreed").main
    said = store.one(select(ActionDone))
    assert (said.action_id, said.done_on, said.said_by_id) == (agreed.id, NEXT, desk.fay_login.id)
    for change in ("UPDATE action_done SET done_on = '2027-04-01'", "DELETE FROM action_done"):
        with pytest.raises(DatabaseError):
            store.sql(change)
    assert TODAY < NEXT < LATER


def _signed(tom: Browserlike, desk: Desk) -> str:
    new(tom, desk)
    more: dict[str, Value] = {"what-1": "Write the plan", "who-1": str(desk.fay.facilitator_id), "due-1": NEXT}
    return tom.fill(filled(desk, **more), button="Sign").path


def _open(browser: Browserlike) -> list[str]:
    return [row["What"] for row in browser.get("/supervision/agreed").table()]


def test_a_correction_takes_over_what_was_done(
    tom: Browserlike, dora: Browserlike, desk: Desk, store: Store, clock: Clock
) -> None:
    record = _signed(tom, desk)
    clock.set(LATER)
    tom.sign_in_as(desk.tom_login)
    dora.sign_in_as(desk.dora_login)
    first, second = store.all(select(RecordAction.id).order_by(RecordAction.position))
    tom.get(f"{record}/correct")
    tom.fill({"reason": "A word was wrong."})
    draft = tom.fill({"what-1": "Write the plan of April"}, button="Keep as a draft").path
    for action in (first, second):  # said while the correction is being written
        tom.get(f"/supervision/agreed/{action}/done")
        tom.fill({"done_on": NEXT})
    tom.get(draft)
    page = tom.fill(button="Sign")
    assert "Read chapter four (Fay First, by 9 April 2027): done on 9 April 2027, said Tom Treat" in page.main
    assert _open(dora) == ["Write the plan of April"], "what is worded otherwise has to be said again"
    tom.get(f"/supervision/agreed/{first}/done", expect=404)
    carried = store.one(select(TrailEntry).where(TrailEntry.event == "agreed_action.done", TrailEntry.reason != ""))
    assert carried.after == {"position": 1, "done_on": "2027-04-09"}


def test_what_was_agreed_goes_with_the_group_and_with_the_person(
    tom: Browserlike, dora: Browserlike, desk: Desk, store: Store, clock: Clock
) -> None:
    record = _signed(tom, desk)
    clock.set(LATER)
    dora.sign_in_as(desk.dora_login)
    assert len(_open(dora)) == 2
    for change in ("delivery_group SET state = '{}'", "staff SET left_on = {}"):
        table, column = change.split(" SET ")
        before, after = ("open", "closed") if "state" in column else ("NULL", "'2027-04-01'")
        row = desk.group.id if "state" in column else desk.fay.facilitator_id
        store.sql(f"UPDATE {table} SET {column.format(after)} WHERE id = {row}")
        assert "Nothing is overdue." in dora.get("/supervision/agreed").main
        if after == "closed":
            assert "not done when the group was closed" in dora.get(record).main
        store.sql(f"UPDATE {table} SET {column.format(before)} WHERE id = {row}")
    assert len(_open(dora)) == 2


def test_who_takes_a_group_over_reads_its_records_and_says_what_was_done(
    clients: Callable[[], Browserlike], desk: Desk, store: Store, clock: Clock
) -> None:
    with store.session() as session:
        scene, asks = desk.scene, desk.forms[RecordKind.SUPERVISION]
        dan = people.staff(session, "Dan Deputy")
        may = chain.authorised(session, dan, scene.programme, ActingRole.DESIGNATED_SUPERVISOR)
        group = groups.group(session, scene.programme, first=FIRST, last=LAST)
        before = groups.supervise(session, group, scene.tom_may, last=date(2027, 3, 15))
        groups.supervise(session, group, may, first=date(2027, 3, 16))
        fay = groups.assign(session, group, scene.fay_may, before, by=desk.manager)
        row = records.supervised(session, fay, date(2027, 3, 8), asks=asks, by=desk.tom_login, signed=False)
        agreed = RecordAction(record_id=row.id, position=1, what="Read chapter four", who_id=fay.facilitator_id)
        session.add(agreed)
        session.flush()
        row.signed_at = the_clock.now()
        login = people.account(session, Role.STAFF_MEMBER, of=dan)
    browser = clients().sign_in_as(login)
    browser.get(f"/supervision/records/{row.id}", expect=404)
    clock.set(date(2027, 3, 16))
    browser.sign_in_as(login)
    assert "8 March 2027" in browser.get(f"/supervision/groups/{group.id}").main
    browser.get(f"/supervision/records/{row.id}")
    browser.follow("it was done : Read chapter four")
    assert "said Dan Deputy" in browser.fill({"done_on": date(2027, 3, 12)}).main
