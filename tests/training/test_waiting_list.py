"""A full event has a waiting list, which fills itself in order and tells by letter who has a place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from selection.models.notices import Notice
from selection.models.people import Staff
from selection.models.training import Booking, Event, Waiting
from selection.notices import deliver
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import chain, people, training
from tests.factories.training import MONDAY
from tests.forms import Value
from tests.inbox import Inbox, free_port, inbox
from tests.pages import Browserlike, Page
from tests.training.conftest import LAST_DAY, World, token

__all__ = ["free_port", "inbox"]


@pytest.fixture
def settings(settings: Settings, free_port: int) -> Settings:
    """The settings of every test here: mail goes to where the inbox listens."""
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port}", mail_from="Training <training@service.example>")


@pytest.fixture
def full(world: World) -> Booking:
    """The booking that takes the only place of the event."""
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 1
    return world.booked("Ann Lee")


def wait(browser: Browserlike, event: Event, *staff: Staff) -> Page:
    """Send people to the waiting list, whether or not the page offers them."""
    sent = {"people": [one.id for one in staff], "csrf_token": token(browser.get("/training/mine"))}
    return browser.post(f"/training/events/{event.id}/wait", sent)


def cancel(browser: Browserlike, event: Event, name: str) -> Page:
    """Cancel a booking on the event's page."""
    browser.get(f"/training/events/{event.id}")
    return browser.fill(button=f"Cancel the booking of {name}")


def names(world: World) -> list[str]:
    """Who is booked now, in the order of the bookings."""
    query = select(Staff.name).join(Booking, Booking.staff_id == Staff.id).where(Booking.cancelled_at.is_(None))
    return list(world.store.all(query.order_by(Booking.booked_at, Booking.id)))


def delivered(app: Flask, inbox: Inbox) -> dict[str, EmailMessage]:
    """Send what is in the outbox; the letters by subject."""
    inbox.letters.clear()
    with app.app_context():
        deliver.deliver_due()
    return {str(letter["Subject"]): letter for letter in inbox.letters}


def test_a_place_that_is_given_up_goes_to_who_waited_longest_and_can_still_be_booked(
    app: Flask, world: World, lead: Browserlike, full: Booking, inbox: Inbox
) -> None:
    ben, cat, dan = world.ready("Ben Roe"), world.ready("Cat Orr"), world.ready("Dan Poe")
    page = lead.get(f"/training/events/{world.event.id}/book")
    assert "All 1 places are taken." in page.main
    page = lead.fill({"people": [str(ben.id)]}, button="Put those ticked on the waiting list")
    assert "1 person waits for a place on Spring course." in page.banner
    wait(lead, world.event, cat, dan)
    assert "Places 1 of 1 taken, 3 waiting" in lead.get(f"/training/events/{world.event.id}").main
    (letter, *_) = [one for subject, one in delivered(app, inbox).items() if "waiting list" in subject]
    assert "where you stand" in letter.get_content().lower()

    with world.store.session() as session:  # Ben is no longer free on those days
        other = training.event(session, session.merge(world.fundamental), title="Elsewhere", first=MONDAY)
        training.booking(session, other, session.merge(ben))
    page = cancel(lead, world.event, "Ann Lee")
    assert "From the waiting list: Cat Orr." in page.banner
    assert names(world)[-1] == "Cat Orr"
    (entry,) = world.trail("waiting.passed_over")
    assert entry.staff_id == ben.id
    assert entry.after is not None
    assert entry.after["reasons"] == ["Ben Roe is booked on “Elsewhere” on 5 April 2027 and 2 more of these days."]
    letters = delivered(app, inbox)
    got = letters["You have a place: Spring course, 5 April 2027 to 7 April 2027"]
    assert got["To"] == cat.email
    assert "a place became free, and it is yours" in got.get_content()
    assert "09:30 to 16:30" in got.get_content()
    lost = letters["Your place is cancelled: Spring course, 5 April 2027 to 7 April 2027"]
    assert "Ann Lee" in lost.get_content()
    assert delivered(app, inbox) == {}, "each letter goes once"
    line = world.store.all(select(Waiting.staff_id).where(Waiting.ended_at.is_(None)).order_by(Waiting.id))
    assert list(line) == [ben.id, dan.id], "who was passed over keeps their place in the line"


def test_places_that_are_added_fill_too(world: World, lead: Browserlike, full: Booking) -> None:
    wait(lead, world.event, world.ready("Ben Roe"), world.ready("Cat Orr"))
    lead.get(f"/training/events/{world.event.id}/edit")
    page = lead.fill({"places": "3"})
    assert "From the waiting list: Ben Roe, Cat Orr." in page.banner
    assert world.store.count(Waiting, Waiting.ended_as == "booked") == 2


def test_who_cannot_wait_is_told_why(world: World, lead: Browserlike, full: Booking) -> None:
    ben = world.ready("Ben Roe")
    assert wait(lead, world.event, ben).banner
    assert wait(lead, world.event, ben).errors == ["Ben Roe is on the waiting list already."]
    with world.store.session() as session:
        nobody = people.staff(session, "No Pass")
    assert "No Pass has not passed selection" in wait(lead, world.event, nobody).errors[0]
    assert wait(lead, world.event).errors == ["Choose at least one person."]
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 5
    assert wait(lead, world.event, world.ready("Cat Orr")).errors == [
        "4 places are free, so nobody needs to wait. Book them."
    ]
    assert world.store.count(Waiting) == 1


def test_a_lead_takes_somebody_off_the_list(world: World, lead: Browserlike, full: Booking) -> None:
    wait(lead, world.event, world.ready("Ben Roe"))
    lead.get(f"/training/events/{world.event.id}")
    assert "no longer waits" in lead.fill(button="Take off the list").banner
    assert len(world.trail("waiting.left")) == 1
    assert "Who waits" not in lead.get(f"/training/events/{world.event.id}").main
    cancel(lead, world.event, "Ann Lee")
    assert names(world) == []


def test_a_cancelled_event_frees_everybody_and_tells_them_why(
    app: Flask, world: World, lead: Browserlike, full: Booking, inbox: Inbox
) -> None:
    ben = world.ready("Ben Roe")
    with world.store.session() as session:
        trainer = people.staff(session, "Tom Rain")
        event = session.get_one(Event, world.event.id)
        event.trainers.append(trainer)
    wait(lead, world.event, ben)
    delivered(app, inbox)
    lead.get(f"/training/events/{world.event.id}")
    page = lead.follow("Cancel the event")
    assert "1 booked Ann Lee" in page.main
    assert "1 waiting Ben Roe" in page.main
    assert "Say why it is cancelled" in lead.fill({"reason": " "}, button="Cancel the event").errors[0]
    page = lead.fill({"reason": "The hall is flooded."}, button="Cancel the event")
    assert "3 people are told" in page.banner
    assert "The hall is flooded." in page.main
    assert not {"Book people", "Change the event", "Cancel the event"} & set(page.links)
    letters = delivered(app, inbox)
    assert list(letters) == ["Cancelled: Spring course, 5 April 2027 to 7 April 2027"]
    ann = world.store.one(select(Staff).where(Staff.name == "Ann Lee"))
    assert inbox.to() == sorted([ben.email, trainer.email, ann.email])
    assert "The hall is flooded." in inbox.letters[0].get_content()
    with world.store.session() as session:
        later = training.event(session, session.merge(world.fundamental), title="Another", first=MONDAY)
    sent = {"people": [full.staff_id], "csrf_token": token(lead.get("/training/mine"))}
    assert "1 person is booked" in lead.post(f"/training/events/{later.id}/book", sent).banner, "they are free again"
    lead.get(f"/training/events/{world.event.id}/cancel")
    assert lead.fill({"reason": "Again."}, button="Cancel the event").errors == ["The event is cancelled already."]
    lead.get(f"/training/events/{world.event.id}/edit")
    assert "The event was cancelled." in lead.fill({"venue": "X"}).errors[0]


def test_an_event_with_results_or_over_stays(world: World, lead: Browserlike, clock: Clock) -> None:
    booking = world.attended("Ann Lee")
    clock.set(LAST_DAY)
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer)
    path = f"/training/events/{world.event.id}/cancel"
    lead.get(path)
    assert (
        "1 result is recorded, so the event stays." in lead.fill({"reason": "No."}, button="Cancel the event").errors[0]
    )
    clock.set(LAST_DAY + timedelta(days=1))
    lead.get(path)
    assert len(lead.fill({"reason": "No."}, button="Cancel the event").errors) == 2
    assert world.store.count(Event, Event.cancelled_at.is_not(None)) == 0


def test_whoever_is_booked_is_told_of_another_day_or_place_and_of_nothing_else(
    app: Flask, world: World, lead: Browserlike, full: Booking, inbox: Inbox
) -> None:
    path = f"/training/events/{world.event.id}/edit"
    lead.get(path)
    lead.fill({"title": "Spring skills"})
    assert delivered(app, inbox) == {}
    ben = world.ready("Ben Roe")
    wait(lead, world.event, ben)
    delivered(app, inbox)
    lead.get(path)
    lead.fill({"begins": "10:00", "days": "5 4 2027\n6 4 2027\n7 4 2027, 10.00 to 13"})
    (letter,) = delivered(app, inbox).values()
    assert ben.email in inbox.to(), "who waits must know too"
    assert letter["Subject"] == "Changed: Spring skills, now 5 April 2027 to 7 April 2027"
    assert "10:00 to 16:30 on the first day" in letter.get_content()
    old = lead.get(path)
    lead.fill({"days": "5 4 2027\n6 4 2027\n7 4 2027, 10.00 to 12"})
    assert len(delivered(app, inbox)) == 1, "other hours alone are news too"
    lead.fill({"places": "3"}, page=old, expect=409)
    page = lead.get(f"/training/events/{world.event.id}")
    assert "Wednesday 7 April 2027, 10:00 to 12:00" in page.main
    assert "7 4 2027, 10:00 to 12:00" in lead.get(path).text


def test_ones_own_page_says_where_and_when_and_lets_one_cancel(
    world: World, lead: Browserlike, full: Booking, as_: Callable[..., Browserlike], clock: Clock
) -> None:
    ben, cat = world.ready("Ben Roe"), world.ready("Cat Orr")
    wait(lead, world.event, ben)
    wait(lead, world.event, cat)
    ann = as_(Role.STAFF_MEMBER, of=world.store.one(select(Staff).where(Staff.id == full.staff_id)))
    third = as_(Role.STAFF_MEMBER, of=cat)
    assert "You are number 2 on the waiting list." in third.get("/training/mine").main
    page = ann.get("/training/mine")
    assert "Monday 5 April 2027, 09:30 to 16:30" in page.main
    assert "Where Training centre, North" in page.main
    page = ann.fill(button="Cancel my place on Spring course")
    assert "cancelled. Somebody else can have the place." in page.banner
    assert "Cancelled" in page.main
    assert names(world) == ["Ben Roe"]
    assert "You are number 1 on the waiting list." in third.get("/training/mine").main
    assert "no longer wait" in third.fill(button="Leave the waiting list of Spring course").banner
    second = as_(Role.STAFF_MEMBER, of=ben)
    clock.set(MONDAY)
    page = second.get("/training/mine")
    assert "The event has begun." in page.main
    wait(lead, world.event, cat)
    clock.set(LAST_DAY + timedelta(days=1))
    assert "waiting list" not in third.get("/training/mine").main, "the event is over"
    clock.set(MONDAY)
    booking = world.store.one(select(Booking).where(Booking.staff_id == ben.id))
    sent = {"version": booking.version, "csrf_token": token(page)}
    second.post(f"/training/mine/bookings/{booking.id}/cancel", sent, expect=409)
    sent["csrf_token"] = token(ann.get("/training/mine"))
    ann.post(f"/training/mine/bookings/{booking.id}/cancel", sent, expect=404)
    assert names(world) == ["Ben Roe"]


def test_trainers_are_judged_when_they_are_named(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        course = training.course(session, session.merge(world.programme), trainers_authorised=True, trainers_years=1)
        tom = people.staff(session, "Tom Rain")
        kim = people.staff(session, "Kim Fox")
        chain.authorised(session, kim, session.merge(world.programme), last=date(2028, 12, 31))
    lead.get(f"/training/courses/{course.id}/events/new")
    good: dict[str, Value] = {"first": MONDAY, "last": LAST_DAY, "venue": "Hall", "places": "8"}
    page = lead.fill(good | {"trainers": tom.number})
    assert page.errors[0].startswith("Tom Rain is not authorised for the programme on 5 April 2027")
    assert page.errors[1].startswith("Tom Rain has not held a certificate of programme training for 1 year")
    page = lead.fill({"trainers": kim.number})
    assert "Trainers Kim Fox" in page.main
    page = lead.get(f"/training/courses/{world.fundamental.id}/events/new")
    page = lead.fill(good | {"trainers": kim.number, "title": "At the same time"})
    assert "Kim Fox trains" in page.errors[0]


def test_letters_are_promised_once_for_each_deed(world: World, lead: Browserlike, full: Booking) -> None:
    cancel(lead, world.event, "Ann Lee")
    sent = {"people": [full.staff_id], "csrf_token": token(lead.get("/training/mine"))}
    lead.post(f"/training/events/{world.event.id}/book", sent)
    keys = world.store.all(select(Notice.key))
    assert len(set(keys)) == len(keys) == 2
