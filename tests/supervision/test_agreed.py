"""What was agreed on: on the overdue list until somebody says when it was done, and kept as it was said."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.models.supervision import ActionDone, RecordAction
from tests.conftest import TODAY, Clock
from tests.costs import counted
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
