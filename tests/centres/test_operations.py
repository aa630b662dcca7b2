"""What a device sends is stored once and in its order, or comes back with both versions; never half, never merged."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select

from selection.core.db import db
from selection.models.capture import FormOperation
from selection.models.centres import Sitting
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.models.trail import TrailEntry
from selection.rules.standards import ExerciseKind
from tests.centres.pages import EVIDENCE, filled, form, send
from tests.costs import counted
from tests.factories import centres
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
"""For what no database can make different."""


class Device:
    """A device of somebody who is signed in, as its script talks to the service."""

    def __init__(self, browser: Browserlike, own: RatingForm, standard_id: int) -> None:
        self.browser, self.own, self.standard_id = browser, own, standard_id
        self.token: str = browser.get("/centres/device").json["csrf"]

    def operation(self, payload: Any, *, base: Any = 1, **given: Any) -> dict[str, Any]:
        """Return an operation on the form."""
        whole = {
            "op_id": str(uuid4()), "form": self.own.id, "base_version": base, "standard_version": self.standard_id,
            "payload": payload,
        }  # fmt: skip
        return whole | given

    def send(self, operation: Any, *, expect: int = 200) -> Any:
        """Send it, and return what came back."""
        url = f"/centres/forms/{self.own.id}/operations"
        answer = self.browser.http.post(url, json=operation, headers={"X-CSRFToken": self.token})
        assert answer.status_code == expect, answer.get_data(as_text=True)[:500]
        return answer.json


@pytest.fixture
def there(store: Store) -> Prepared:
    with store.session() as session:
        return centres.prepared(session, kinds=[ROLE_PLAY])


@pytest.fixture
def own(there: Prepared) -> RatingForm:
    return there.forms[ROLE_PLAY][0]


@pytest.fixture
def tablet(clients: Clients, there: Prepared, own: RatingForm) -> Device:
    """Ann's tablet, with her form."""
    return Device(clients().sign_in_as(there.first), own, there.centre.standard_id)


@pytest.fixture
def first(store: Store, own: RatingForm) -> int:
    """The first competency of the exercise."""
    with store.session() as session:
        competency: int = session.get_one(Sitting, own.sitting_id).exercise.competencies[0].id
        return competency


def stored(store: Store, own: RatingForm) -> RatingForm:
    return store.one(select(RatingForm).where(RatingForm.id == own.id))


def test_changes_are_stored_one_after_another_and_the_same_twice_is_one(
    store: Store, tablet: Device, own: RatingForm, first: int
) -> None:
    one = tablet.operation({f"evidence-{first}": EVIDENCE, "judgement": "strong"})
    assert tablet.send(one)["version"] == 2
    assert tablet.send(one)["version"] == 2
    two = tablet.operation({f"rating-{first}": "4", "incident": "y", "incident_note": "Shouted."}, base=2)
    assert tablet.send(two)["version"] == 3
    assert tablet.send(one)["version"] == 2
    rating = store.one(select(Rating).where(Rating.competency_id == first))
    assert (rating.points, rating.evidence) == (4, EVIDENCE)
    whole = stored(store, own)
    assert (whole.version, whole.global_judgement, whole.critical_incident) == (3, "strong", True)
    assert [row.door for row in store.all(select(FormOperation))] == ["device", "device"]
    tablet.send(tablet.operation({f"rating-{first}": "", "judgement": "", "incident": ""}, base=3))
    assert store.one(select(Rating).where(Rating.competency_id == first)).points is None
    tablet.send(tablet.operation({f"rating-{first}": "none"}, base=4))
    tablet.send(tablet.operation({f"why-{first}": "No time.", f"note-{first}": "10:40 Waited."}, base=5))
    rating = store.one(select(Rating).where(Rating.competency_id == first))
    kept = (rating.no_opportunity, rating.why_no_opportunity, rating.evidence)
    assert kept == (True, "No time.", f"{EVIDENCE}\n10:40 Waited."), "what an operation does not name stays"
    assert (stored(store, own).global_judgement, stored(store, own).critical_incident) == (None, False)


def test_an_id_is_never_used_for_anything_else(store: Store, tablet: Device, own: RatingForm) -> None:
    one = tablet.operation({"judgement": "strong"})
    tablet.send(one)
    for changed in ({"payload": {"judgement": "clear_no"}}, {"base_version": 2}):
        assert tablet.send(one | changed, expect=422)["code"] == "reused"
    assert tablet.send(one | {"payload": {"judgement": "clear_no"}, "base_version": 2}, expect=422)["code"] == "reused"
    assert stored(store, own).global_judgement == "strong"
    assert store.count(FormOperation) == 1


def test_an_older_version_clashes_and_both_are_shown(store: Store, tablet: Device, first: int) -> None:
    tablet.send(tablet.operation({f"rating-{first}": "4", f"evidence-{first}": "Waited."}))
    stale = tablet.operation({f"rating-{first}": "2", f"evidence-{first}": "Waited.", "judgement": "strong"})
    clash = tablet.send(stale, expect=409)
    assert (clash["code"], clash["version"]) == ("stale", 2)
    assert clash["stored"][f"rating-{first}"] == "4"
    assert clash["differs"] == [
        {"name": f"rating-{first}", "label": "Empathy and warmth: rating", "stored": "4", "yours": "2"},
        {"name": "judgement", "label": "Judgement of the whole exercise", "stored": "", "yours": "strong"},
    ]
    assert store.one(select(Rating).where(Rating.competency_id == first)).points == 4
    early = tablet.operation({"judgement": "strong"}, base=5)
    assert tablet.send(early, expect=409)["code"] == "ahead"
    assert store.count(FormOperation) == 1


def test_a_note_joins_the_evidence_with_its_time(store: Store, tablet: Device, first: int) -> None:
    tablet.send(tablet.operation({f"note-{first}": "Asked how it was."}))
    tablet.send(tablet.operation({f"note-{first}": "09:58 Waited."}, base=2))
    assert store.one(select(Rating)).evidence == "12:00 Asked how it was.\n09:58 Waited."


def test_marks_come_and_go(store: Store, tablet: Device, own: RatingForm) -> None:
    with store.session() as session:
        one, two, *_ = session.get_one(Sitting, own.sitting_id).exercise.competencies[0].indicators
    tablet.send(tablet.operation({f"mark-{one.id}": "seen", f"mark-{two.id}": "contrary"}))
    tablet.send(tablet.operation({f"mark-{one.id}": ""}, base=2))
    assert store.one(select(IndicatorMark)).indicator_id == two.id
    assert store.count(Rating) == 0


UNREADABLE: dict[str, dict[str, Any]] = {
    "no uuid": {"op_id": "1"},
    "another form": {"form": 987_654},
    "another standard": {"standard_version": 987_654},
    "a version in words": {"base_version": "1"},
    "a version that is a truth": {"base_version": True},
    "a version beyond all": {"base_version": 2**40},
    "nothing": {"payload": {}},
    "a field that no form has": {"payload": {"sealed_at": "now"}},
    "a value that is no text": {"payload": {"judgement": 3}},
    "a list": {"payload": ["judgement"]},
    "more than an operation has": {"more": 1},
}


@SQLITE
def test_what_no_device_of_ours_sends_is_refused(store: Store, tablet: Device) -> None:
    for what, given in UNREADABLE.items():
        answer = tablet.send(tablet.operation({"judgement": "strong"}) | given, expect=400)
        assert (answer["code"], answer["message"][-1]) == ("unreadable", "."), what
    assert store.count(FormOperation) == 0


def test_a_value_that_no_form_offers_is_named_at_its_field(store: Store, tablet: Device, first: int) -> None:
    answer = tablet.send(tablet.operation({f"rating-{first}": "6", f"evidence-{first}": "x" * 5001}), expect=422)
    assert answer["code"] == "refused"
    assert set(answer["errors"]) == {f"rating-{first}", f"evidence-{first}"}
    assert store.count(FormOperation) == 0
    tablet.send(tablet.operation({f"evidence-{first}": "half \ud83d and\0 nothing"}))
    assert store.one(select(Rating)).evidence == "half ? and nothing"


@SQLITE
def test_only_the_assessor_writes_and_only_with_a_token(
    store: Store, clients: Clients, there: Prepared, tablet: Device, own: RatingForm
) -> None:
    operation = tablet.operation({"judgement": "strong"})
    Device(clients().sign_in_as(there.second), own, there.centre.standard_id).send(operation, expect=404)
    Device(clients().sign_in_as(there.chair), own, there.centre.standard_id).send(operation, expect=403)
    tablet.token = "forged"
    tablet.send(operation, expect=400)
    with tablet.browser.http.session_transaction() as session:
        session.clear()
    assert tablet.browser.http.get("/centres/device").status_code == 302
    assert store.count(FormOperation) == 0


def test_a_sealed_form_stays_but_what_was_stored_before_is_acknowledged_still(
    store: Store, tablet: Device, own: RatingForm
) -> None:
    one = tablet.operation({"judgement": "strong"})
    tablet.send(one)
    page = tablet.browser.get(form(own))
    tablet.browser.fill(filled(page, [3, 4, 3]), button="Seal the form")
    assert tablet.send(one)["version"] == 2
    late = tablet.send(tablet.operation({"judgement": "clear_no"}, base=3), expect=409)
    assert (late["code"], "a sealed form does not change" in late["messages"][0]) == ("closed", True)
    assert stored(store, own).global_judgement == "competent"
    assert "sealed" in tablet.browser.get(f"{form(own)}/state").json["closed"]
    tablet.browser.get(f"{form(own)}/offline", expect=404)


def test_the_page_goes_through_the_same_door(store: Store, tablet: Device, own: RatingForm, first: int) -> None:
    page = tablet.browser.get(form(own))
    values = filled(page, [3, 4, 3]) | {f"note-{first}": "Nodded."}
    tablet.browser.fill(values, button="Save and go on later")
    operation = store.one(select(FormOperation))
    assert (operation.door, operation.base_version, operation.version) == ("page", 1, 2)
    assert store.one(select(Rating).where(Rating.competency_id == first)).evidence == f"{EVIDENCE}\n12:00 Nodded."
    tablet.send(tablet.operation({"judgement": "strong"}, base=2))
    page = tablet.browser.fill({"judgement": "clear_no"}, button="Save and go on later", page=page, expect=409)
    assert "Judgement of the whole exercise" in page.main
    state = tablet.browser.get(f"{form(own)}/state").json
    assert (state["version"], state["fields"]["judgement"], state["candidate"]) == (3, "strong", "Cara Candidate")


@SQLITE
def test_what_a_device_keeps_names_nobody_and_has_no_key(
    clients: Clients, there: Prepared, tablet: Device, own: RatingForm, first: int
) -> None:
    tablet.send(tablet.operation({f"evidence-{first}": EVIDENCE}))
    page = tablet.browser.get(f"{form(own)}/offline")
    for secret in ("Cara", "Ann", EVIDENCE, "csrf_token", "data-key"):
        assert secret not in page.text
    assert "Empathy and warmth" in page.main
    ben = clients().sign_in_as(there.second)
    keys = [tag["data-key"] for tag in (
        tablet.browser.get(form(own)).soup.select_one("[data-key]"),
        tablet.browser.get("/centres/mine").soup.select_one("[data-key]"),
        ben.get("/centres/mine").soup.select_one("[data-key]"),
    ) if tag]  # fmt: skip
    assert (len(keys), len(set(keys)), keys[0]) == (3, 2, keys[1]), "a key is its person's, on every page"
    worker = tablet.browser.http.get("/centres/forms/worker.js")
    assert (worker.mimetype, worker.headers["Cache-Control"]) == ("text/javascript", "no-cache")


def test_the_same_change_at_once_is_one(app: Flask, store: Store, clients: Clients, tablet: Device) -> None:
    operation = tablet.operation({"judgement": "strong"})
    cookie = tablet.browser.http.get_cookie("session")
    assert cookie

    def once(_turn: int) -> int:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        url = f"/centres/forms/{tablet.own.id}/operations"
        return client.post(url, json=operation, headers={"X-CSRFToken": tablet.token}).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(once, range(12))) == [200] * 12
    assert store.count(FormOperation) == 1
    assert stored(store, tablet.own).version == 2


def test_it_costs_at_most_eight_statements_and_leaves_the_trail_readable(
    app: Flask, store: Store, tablet: Device, own: RatingForm, first: int
) -> None:
    with store.session() as session:
        one, two, *_ = session.get_one(Sitting, own.sitting_id).exercise.competencies[0].indicators
    tablet.send(tablet.operation({f"mark-{one.id}": "seen"}))
    payload = {f"evidence-{first}": EVIDENCE, f"mark-{one.id}": "", f"mark-{two.id}": "seen"}
    operation = tablet.operation(payload, base=2)
    with counted(app) as sent:
        tablet.send(operation)
    assert len(sent) <= 8, "\n".join(sent)
    assert store.count(TrailEntry, TrailEntry.event == "form.saved") == 0
    send(tablet.browser, form(own), {"version": "3", "judgement": "strong"})
    assert store.count(TrailEntry, TrailEntry.event == "form.saved") == 1


@SQLITE
def test_what_is_acknowledged_is_on_the_disk(app: Flask, tablet: Device) -> None:
    """SQLite waits for the disk where a device forgets what is acknowledged, and nowhere else."""
    asked: list[int] = []

    def look(connection: Any) -> None:
        asked.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", look)
    try:
        tablet.send(tablet.operation({"judgement": "strong"}))
        send(tablet.browser, form(tablet.own), {"version": "2", "judgement": "clear_no"})
    finally:
        event.remove(engine, "commit", look)
    full, normal = 2, 1
    assert asked == [full, normal]
