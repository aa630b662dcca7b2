"""At most six queries a page and eight a write, however many people are booked."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.training import Booking, Event
from tests.costs import counted
from tests.factories import training
from tests.pages import Browserlike
from tests.training.conftest import ALL_PASSED, World, token

PAGE, WRITE = 6, 8
PEOPLE = 9


@pytest.fixture
def people(world: World) -> list[int]:
    """More people than one would book by hand, with every day of the roll; their staff ids."""
    with world.store.session() as session:
        event = session.get_one(Event, world.event.id)
        made = [training.ready(session, by=world.lead) for _ in range(PEOPLE)]
        for one in made[3:]:
            training.result(
                session, training.booking(session, event, one, present=(True, True, True)), by=world.trainer
            )
        training.booking(session, event, made[2], present=(True, True, True))
        return [one.id for one in made]


PAGES = (
    "/training/",
    "/training/courses/",
    "/training/courses/1",
    "/training/courses/1/events/new",
    "/training/events/1",
    "/training/events/1/edit",
    "/training/events/1/book?show=everybody",
    "/training/events/1/roll",
    "/training/bookings/1",
    "/training/recognitions/",
    "/training/recognitions/new",
)


def test_pages(app: Flask, world: World, lead: Browserlike, people: list[int], over: object) -> None:
    for path in PAGES:
        with counted(app) as sent:
            lead.get(path)
        writes = [statement for statement in sent if statement.startswith("INSERT INTO trail_entry")]
        assert len(sent) - len(writes) <= PAGE, path + "\n\n".join(sent)


def send(app: Flask, browser: Browserlike, path: str, data: dict[str, Any]) -> None:
    """Send a form that is accepted, in at most as many queries as a write may take."""
    with counted(app) as sent:
        answer = browser.http.post(path, data=data)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert len(sent) <= WRITE, f"{len(sent)} for {path}\n" + "\n\n".join(sent)


def test_booking_several(app: Flask, world: World, lead: Browserlike, people: list[int]) -> None:
    path = f"/training/events/{world.event.id}/book"
    send(app, lead, path, {"people": people[:2], "csrf_token": token(lead.get(path))})
    assert len(world.trail("booking.made")) == 2


def test_the_roll_of_everybody(app: Flask, world: World, lead: Browserlike, people: list[int], over: object) -> None:
    path = f"/training/events/{world.event.id}/roll"
    send(app, lead, path, lead.get(path).form().sent() | {"present": []})
    assert len(world.trail("attendance.recorded")) == PEOPLE - 2


def test_a_result(app: Flask, world: World, lead: Browserlike, people: list[int], over: object) -> None:
    booking = world.store.one(select(Booking).where(Booking.staff_id == people[2]))
    path = f"/training/bookings/{booking.id}"
    send(app, lead, path, lead.get(path).form("#result").sent() | ALL_PASSED | {"and_next": "1"})
    assert len(world.results(booking)) == 1


def test_certifying_everybody(app: Flask, world: World, lead: Browserlike, people: list[int], over: object) -> None:
    form = lead.get(f"/training/events/{world.event.id}/certify").form(button="Certify those ticked")
    send(app, lead, str(form.tag["action"]), form.sent())
    assert len(world.trail("certificate.issued")) == PEOPLE - 3


def test_opening_an_event(app: Flask, world: World, lead: Browserlike, people: list[int]) -> None:
    path = f"/training/courses/{world.fundamental.id}/events/new"
    form = lead.get(path).form()
    form.fill({"venue": "Hall", "places": "8", "days": "1 6 2027\n2 6 2027\n3 6 2027"})
    send(app, lead, path, form.sent())


def test_changing_an_event(app: Flask, world: World, lead: Browserlike, people: list[int]) -> None:
    path = f"/training/events/{world.event.id}/edit"
    form = lead.get(path).form()
    form.fill({"venue": "Another hall"})
    send(app, lead, path, form.sent())
