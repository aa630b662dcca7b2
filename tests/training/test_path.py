"""From the selection to the authorisation through the pages: nothing is skipped, and the third certificate makes it."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from selection.models.authorisations import Authorisation, Certificate
from selection.models.training import Booking, Event
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories.training import MONDAY
from tests.pages import Browserlike
from tests.training.conftest import ALL_PASSED, LAST_DAY, World, token

LATER = date(2027, 6, 7)


def test_a_selected_person_is_trained_twice_certified_twice_and_then_authorised(
    world: World, lead: Browserlike, as_: Callable[..., Browserlike], clock: Clock
) -> None:
    ann, second = world.ready("Ann Lee"), as_(Role.TRAINING_LEAD)
    fundamental = take_a_course(world, lead, second, clock, ann.id, world.event, MONDAY)
    assert world.store.count(Authorisation) == 0, "two certificates are not enough"

    clock.set(date(2027, 5, 3))
    lead.get("/training/courses/")
    lead.follow("Open an event of C-SOGP skills")
    last = LATER + timedelta(days=2)
    page = lead.fill({"first": LATER, "last": last, "venue": "Hall", "places": 8, "title": "Summer course"})
    assert "open" in page.banner
    event = world.store.one(select(Event).where(Event.title == "Summer course"))
    take_a_course(world, lead, second, clock, ann.id, event, LATER)

    authorisation = world.store.one(select(Authorisation))
    certificates = {row.stage: row for row in world.store.all(select(Certificate))}
    assert (authorisation.staff_id, authorisation.programme_id, authorisation.role) == (
        ann.id,
        world.programme.id,
        "facilitator",
    )
    assert authorisation.valid_from == last, "from the day on which the last of the three was passed"
    assert authorisation.valid_to == certificates["fundamental"].valid_to == date(2030, 4, 6), "to the first that ends"
    assert authorisation.training_id == certificates["programme"].id
    assert fundamental.valid_from == LAST_DAY
    assert [entry.staff_id for entry in world.trail("authorisation.made")] == [ann.id]


def take_a_course(
    world: World, lead: Browserlike, second: Browserlike, clock: Clock, staff_id: int, event: Event, first: date
) -> Certificate:
    """Book the person, take the roll, record the result and certify, each through its page."""
    lead.get(f"/training/events/{event.id}")
    lead.follow("Book people")
    page = lead.fill({"people": [str(staff_id)]}, button="Book those ticked")
    assert "1 person is booked" in page.banner
    clock.set(first + timedelta(days=2))
    lead.get(f"/training/events/{event.id}")
    lead.follow("Take the roll")
    booking = world.store.one(select(Booking).where(Booking.event_id == event.id))
    days = [first + timedelta(days=number) for number in range(3)]
    lead.fill({"present": [f"{booking.id}.{day}" for day in days]}, button="Save the roll")
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill({**ALL_PASSED, "note": "Sound throughout."}, button="Save the result")
    assert "passed" in page.banner
    assert "another training lead certifies it" in page.main
    second.get(f"/training/bookings/{booking.id}")
    page = second.fill(button="Certify Ann Lee")
    assert "1 certificate is issued" in page.banner
    certificate = world.certificate(booking)
    assert certificate is not None
    return certificate


def test_each_step_refuses_who_has_not_taken_the_one_before(world: World, lead: Browserlike) -> None:
    nobody, selected = world.ready("Nobody Yet", stage=Stage.SELECTION), world.ready("Sel Ected")
    page = lead.get(f"/training/events/{world.event.id}/book", show="everybody")
    says = {row["Name"].rsplit(" ", 1)[0]: row["Can they be booked?"] for row in page.table()}
    assert says["Sel Ected"] == "Can be booked"
    assert "Nobody Yet has not passed selection at an assessment centre." in says["Nobody Yet"]
    assert "nothing is skipped" in says["Nobody Yet"]
    refused = lead.post(
        f"/training/events/{world.event.id}/book", {"people": [nobody.id, selected.id], "csrf_token": token(page)}
    )
    assert any("Nobody Yet has not passed selection" in error for error in refused.errors)
    assert world.store.count(Booking) == 0, "all or nobody"
    ticked = refused.soup.select("input[name=people][checked]")
    assert [box["value"] for box in ticked] == [str(selected.id)], "who can be booked stays ticked"
