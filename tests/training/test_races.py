"""Two at once: a place, a certificate, a request and a file of earlier training are each given or decided once."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from selection.models.authorisations import Certificate
from selection.models.imports import TrainingImport, TrainingImportRow
from selection.models.recognitions import RecognitionRequest
from selection.models.training import Booking, Event, Waiting
from selection.rules.roles import Role
from tests.factories import people, training
from tests.pages import Browserlike
from tests.races import Sent, at_once, one_wins
from tests.training.conftest import World, token

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
REQUESTS, IMPORTS = "/training/recognitions/requests/", "/training/imports/"


def test_the_last_place_is_given_once(world: World, as_: Callable[..., Browserlike]) -> None:
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 1
    path = f"/training/events/{world.event.id}/book"
    requests: list[Sent] = []
    for name in ("Ann Lee", "Ben Roe"):
        who, browser = world.ready(name), as_(Role.TRAINING_LEAD)
        requests.append((browser, path, {"people": [who.id], "csrf_token": token(browser.get(path))}))
    assert sorted(at_once(*requests)) == [200, 302], "one is booked, the other is told why not"
    assert world.store.count(Booking) == 1


@pytest.mark.usefixtures("over")
def test_a_certificate_is_issued_once(world: World, as_: Callable[..., Browserlike]) -> None:
    booking = world.attended("Ann Lee")
    with world.store.session() as session:
        result = training.result(session, booking, by=world.trainer)
    path = f"/training/events/{world.event.id}/certify"
    requests: list[Sent] = []
    for _ in range(2):
        browser = as_(Role.TRAINING_LEAD)
        csrf = token(browser.get("/training/courses/new"))
        requests.append((browser, path, {"results": [result.id], "csrf_token": csrf}))
    assert at_once(*requests) == [302, 302], "the second finds it done"
    assert world.store.count(Certificate, Certificate.result_id == result.id) == 1


def test_two_who_cancel_at_once_fill_two_places_and_nobody_is_booked_twice(
    world: World, as_: Callable[..., Browserlike]
) -> None:
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 2
    booked = [world.booked(name) for name in ("Ann Lee", "Ben Roe")]
    lead = as_(Role.TRAINING_LEAD)
    waits = [world.ready(name).id for name in ("Cat Orr", "Dan Poe", "Eve Sun")]
    path = f"/training/events/{world.event.id}/wait"
    lead.post(path, {"people": waits, "csrf_token": token(lead.get("/training/mine"))})
    requests: list[Sent] = []
    for booking in booked:
        browser = as_(Role.TRAINING_LEAD)
        sent = {"version": booking.version, "csrf_token": token(browser.get("/training/mine"))}
        requests.append((browser, f"/training/bookings/{booking.id}/cancel", sent))
    assert at_once(*requests) == [302, 302]
    live = world.store.all(select(Booking.staff_id).where(Booking.cancelled_at.is_(None)).order_by(Booking.id))
    assert list(live) == waits[:2]
    assert world.store.count(Waiting, Waiting.ended_at.is_(None)) == 1


def test_a_place_given_up_and_asked_for_at_once_goes_to_one(world: World, as_: Callable[..., Browserlike]) -> None:
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 1
    booking, lead = world.booked("Ann Lee"), as_(Role.TRAINING_LEAD)
    first, other = world.ready("Cat Orr"), world.ready("Dan Poe")
    path = f"/training/events/{world.event.id}"
    lead.post(f"{path}/wait", {"people": [first.id], "csrf_token": token(lead.get("/training/mine"))})
    one, two = as_(Role.TRAINING_LEAD), as_(Role.TRAINING_LEAD)
    cancelling: dict[str, object] = {"version": booking.version, "csrf_token": token(one.get("/training/mine"))}
    booking_other: dict[str, object] = {"people": [other.id], "csrf_token": token(two.get("/training/mine"))}
    statuses = at_once(
        (one, f"/training/bookings/{booking.id}/cancel", cancelling), (two, f"{path}/book", booking_other)
    )
    assert statuses == [302, 200], "the line comes first, whoever is quicker"
    live = world.store.all(select(Booking.staff_id).where(Booking.cancelled_at.is_(None)))
    assert list(live) == [first.id]


def test_a_request_is_made_decided_and_taken_back_once(world: World, as_: Callable[..., Browserlike]) -> None:
    with world.store.session() as session:
        ann = people.staff(session, "Ann Lee")
    herself, one, two = as_(Role.STAFF_MEMBER, of=ann), as_(Role.TRAINING_LEAD), as_(Role.TRAINING_LEAD)
    asking: list[Sent] = []
    for browser in (herself, one):
        form: dict[str, object] = {"person": ann.number, "stage": "fundamental", "programme": "0"}
        form |= {"learning": "Leeds, in May.", "files": (BytesIO(PDF), "a.pdf")}
        asking.append((browser, f"{REQUESTS}new", form | {"csrf_token": token(browser.get(f"{REQUESTS}new"))}))
    one_wins(*asking)
    request = world.store.one(select(RecognitionRequest))
    herself = herself if request.requested_by_id == ann.id else one
    deciding: list[Sent] = []
    for browser, outcome in ((as_(Role.TRAINING_LEAD), "approve"), (two, "refuse")):
        sent = browser.get(f"{REQUESTS}{request.id}").form(button="Decide").sent()
        given: dict[str, object] = {"outcome": outcome, "reason": "Seen.", "last": ["1", "1", "2030"]}
        deciding.append((browser, f"{REQUESTS}{request.id}/decide", {**sent, **given}))
    back: Sent = (herself, f"{REQUESTS}{request.id}/take-back", {"csrf_token": token(herself.get("/training/mine"))})
    one_wins(*deciding, back)
    state = world.store.one(select(RecognitionRequest)).state
    assert world.store.count(Certificate) == (state == "approved")
    assert state != "open"


def test_a_file_of_earlier_training_is_handed_in_and_decided_once(
    world: World, as_: Callable[..., Browserlike]
) -> None:
    with world.store.session() as session:
        number = people.staff(session, "Ann Lee").number
    content = f"number,course,passed_on\n{number},Selection,2024-01-10\n".encode()
    leads = [as_(Role.TRAINING_LEAD) for _ in range(4)]
    handing: list[Sent] = []
    for browser in leads[:2]:
        csrf = token(browser.get(f"{IMPORTS}new"))
        handing.append(
            (browser, f"{IMPORTS}new", {"file": (BytesIO(content), "a.csv"), "reason": "x", "csrf_token": csrf})
        )
    assert at_once(*handing) == [302, 302], "both are led to the one that is there"
    (kept,) = world.store.all(select(TrainingImport))
    assert world.store.count(TrainingImportRow) == 1
    deciding: list[Sent] = []
    for browser, outcome in zip(leads[2:], ("approve", "refuse"), strict=True):
        sent = browser.get(f"{IMPORTS}{kept.id}").form(button="Decide").sent()
        deciding.append((browser, f"{IMPORTS}{kept.id}/decide", {**sent, "outcome": outcome, "reason": "Compared."}))
    importer = next(one for one in leads[:2] if one.get(f"{IMPORTS}{kept.id}").soup.select("form[action$=take-back]"))
    back: Sent = (importer, f"{IMPORTS}{kept.id}/take-back", {"csrf_token": token(importer.get("/training/mine"))})
    one_wins(*deciding, back)
    state = world.store.one(select(TrainingImport)).state
    assert world.store.count(Certificate) == (state == "approved")
    assert state != "open"
