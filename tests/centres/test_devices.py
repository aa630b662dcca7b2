"""A day is not closed while a device may still have work of it; one that is lost is given up, with a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from selection.models.capture import FormHold
from selection.models.centres import Centre
from selection.models.scoring import RatingForm
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import filled, form, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
"""For what no database can make different."""
TABLET, LAPTOP = "0b9d2b1e-6f0c-4c1c-9b8e-3f6d2f1f0a01", "0b9d2b1e-6f0c-4c1c-9b8e-3f6d2f1f0a02"
IPAD = "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)"


def announce(browser: Browserlike, own: RatingForm, said: Any, *, expect: int = 200) -> None:
    headers = {"X-CSRFToken": browser.get("/centres/device").json["csrf"], "User-Agent": IPAD}
    answer = browser.http.post(f"{form(own)}/hold", json=said, headers=headers)
    assert answer.status_code == expect, answer.get_data(as_text=True)[:300]


@pytest.fixture
def there(store: Store) -> Prepared:
    """A centre that could be closed, but that Ann's form on a second candidate waits, of a void exercise."""
    with store.session() as session:
        made = centres.revealed(session)
        centres.decided(session, made.candidacy, by=made.chair)
        return made


@pytest.fixture
def waiting(store: Store, there: Prepared) -> RatingForm:
    """Ann's form on somebody whose exercise was declared void and whose decision is signed."""
    with store.session() as session:
        more = centres.candidacy(
            session, session.merge(there.centre), people.staff(session, "Vera Void"), kinds=[ROLE_PLAY]
        )
        return centres.seat(session, more.sittings[0], there.first)


def close(there: Prepared, chair: Browserlike, *, expect: int = 200) -> str:
    return send(chair, f"/centres/{there.centre.id}/close", expect=expect).main


def test_a_day_is_not_closed_while_a_device_holds_a_form(
    store: Store, clients: Clients, there: Prepared, waiting: RatingForm
) -> None:
    ann, chair = clients().sign_in_as(there.first), clients().sign_in_as(there.chair)
    announce(ann, waiting, {"device": TABLET, "unsent": 3})
    with store.session() as session:
        row = session.get_one(RatingForm, waiting.id)
        row.sitting.void_reason = "A fire alarm."
        centres.decided(session, row.sitting.candidacy, {ROLE_PLAY: Outcome.VOID}, by=there.chair, result="void")
    refusal = close(there, chair, expect=409)
    assert "Ann Assessor has the role play of Vera Void open on a device (iPad), with work that has not" in refusal
    assert "give the device up as lost" in refusal
    [held] = chair.get(f"/centres/{there.centre.id}").table("#devices ~ div table")
    assert (held["Assessor"], held["Device"], held["Not arrived"]) == ("Ann Assessor", "iPad", "Work was waiting")
    announce(ann, waiting, {"device": TABLET, "unsent": 0})
    close(there, chair)
    assert store.one(select(Centre)).closed_at is not None
    hold = store.one(select(FormHold))
    assert (hold.how, hold.unsent) == ("handed_back", 0)


@SQLITE
def test_a_lost_device_is_given_up_with_a_reason(
    store: Store, clients: Clients, there: Prepared, waiting: RatingForm
) -> None:
    announce(clients().sign_in_as(there.first), waiting, {"device": TABLET, "unsent": 1})
    page = f"/centres/{there.centre.id}/forms/{waiting.id}/devices/{TABLET}"
    chair = clients().sign_in_as(there.chair)
    chair.get(f"/centres/{there.centre.id}")
    chair.follow("Lost : give up the device with the role play of Vera Void of Ann Assessor")
    assert chair.fill({"why": " "}, button="Give the device up as lost").errors == [
        "There is no reason for giving the device up. Say what became of it."
    ]
    assert "is given up" in chair.fill({"why": "Fell into the canal."}, button="Give the device up as lost").banner
    hold = store.one(select(FormHold))
    assert (hold.how, hold.reason, hold.unsent) == ("given_up", "Fell into the canal.", 1)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "form.device_given_up"))
    assert (entry.reason, entry.after) == (
        "Fell into the canal.", {"device": "iPad", "unsent": 1, "centre_id": there.centre.id},
    )  # fmt: skip
    chair.get(page, expect=404)
    announce(clients().sign_in_as(there.first), waiting, {"device": TABLET, "unsent": 1})
    assert store.one(select(FormHold)).ended_at is None, "it was found again, and counts again"
    with store.session() as session:
        south = people.account(session, Role.COORDINATOR, in_area="South")
    clients().sign_in_as(south).get(page, expect=404)


def test_a_form_is_held_until_it_is_sealed_there_or_handed_back(
    store: Store, clients: Clients, there: Prepared, waiting: RatingForm
) -> None:
    ann = clients().sign_in_as(there.first)
    for device in (TABLET, LAPTOP):
        announce(ann, waiting, {"device": device, "unsent": 0})
    announce(ann, waiting, {"device": LAPTOP, "unsent": 2, "hand_back": True})
    assert store.count(FormHold, FormHold.ended_at.is_(None)) == 2, "it still had work"
    announce(ann, waiting, {"device": LAPTOP, "unsent": 0, "hand_back": True})
    page = ann.get(form(waiting))
    ann.fill(filled(page, [3, 4, 3]) | {"device": TABLET}, button="Seal the form")
    holds = {row.device_id: row.how for row in store.all(select(FormHold))}
    assert holds == {TABLET: "sealed", LAPTOP: "handed_back"}
    events = [row.event for row in store.all(select(TrailEntry).where(TrailEntry.event.like("form.%")))]
    assert events == ["form.opened", "form.opened", "form.handed_back", "form.sealed"]
    announce(ann, waiting, {"device": LAPTOP, "unsent": 0})
    assert store.count(FormHold, FormHold.ended_at.is_(None)) == 0, "nothing is held of a sealed form"


@SQLITE
def test_only_the_assessors_own_device_speaks(
    store: Store, clients: Clients, there: Prepared, waiting: RatingForm
) -> None:
    said = {"device": TABLET, "unsent": 0}
    announce(clients().sign_in_as(there.second), waiting, said, expect=404)
    ann = clients().sign_in_as(there.first)
    for wrong in ({"device": "1"}, {"unsent": "1"}, {"unsent": True}):
        announce(ann, waiting, said | wrong, expect=400)
    announce(ann, waiting, [said], expect=400)
    assert store.count(FormHold) == 0


def test_a_form_that_a_device_has_work_on_counts_as_begun(
    store: Store, clients: Clients, there: Prepared, waiting: RatingForm
) -> None:
    ann, chair = clients().sign_in_as(there.first), clients().sign_in_as(there.chair)
    with store.session() as session:
        candidacy_id = session.get_one(RatingForm, waiting.id).sitting.candidacy_id
    take_back = f"/centres/{there.centre.id}/candidates/{candidacy_id}/take-back"
    announce(ann, waiting, {"device": TABLET, "unsent": 1})
    assert "began to rate Vera Void" in send(chair, take_back, expect=409).main
    announce(ann, waiting, {"device": TABLET, "unsent": 0})
    send(chair, take_back)
    assert store.count(RatingForm, RatingForm.id == waiting.id) == 0
