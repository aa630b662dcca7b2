"""Two at once: the last place is given once, a certificate is issued once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from selection.models.authorisations import Certificate
from selection.models.training import Booking, Event, Waiting
from selection.rules.roles import Role
from tests.factories import training
from tests.pages import Browserlike
from tests.training.conftest import World, token

Sent = tuple[Browserlike, str, dict[str, object]]


def at_once(*requests: Sent) -> list[int]:
    """Send the forms at the same moment; return the statuses."""
    start = Barrier(len(requests))

    def send(request: Sent) -> int:
        browser, path, data = request
        start.wait()
        return browser.http.post(path, data=data).status_code

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


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
