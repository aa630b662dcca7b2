"""Bookings: who can be booked, who cannot and why, all or nobody, and what cancelling leaves."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from selection.core.clock import now
from selection.models.authorisations import Stop
from selection.models.centres import Candidacy, Centre
from selection.models.people import Staff
from selection.models.training import Booking, Event
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import chain, people, standards, standings, training
from tests.factories.training import MONDAY
from tests.pages import Browserlike, Page
from tests.training.conftest import LAST_DAY, World, token


def book(browser: Browserlike, event: Event, *staff: Staff, expect: int = 200) -> Page:
    """Send the people of the booking page, whether or not the page offers them."""
    page = browser.get(f"/training/events/{event.id}/book")
    sent = {"people": [one.id for one in staff], "csrf_token": token(page)}
    return browser.post(f"/training/events/{event.id}/book", sent, expect=expect)


def test_several_are_booked_at_once(world: World, lead: Browserlike) -> None:
    ann, ben = world.ready("Ann Lee"), world.ready("Ben Roe")
    page = lead.get(f"/training/events/{world.event.id}/book")
    assert [row["Can they be booked?"] for row in page.table()] == ["Can be booked", "Can be booked"]
    page = lead.fill({"people": [str(ann.id), str(ben.id)]}, button="Book those ticked")
    assert "2 people are booked on Spring course." in page.banner
    assert [row["Name"].split(" S")[0] for row in page.table()] == ["Ann Lee", "Ben Roe"]
    assert [entry.staff_id for entry in world.trail("booking.made")] == [ann.id, ben.id]


def test_people_are_found_by_the_first_letters(world: World, lead: Browserlike) -> None:
    world.ready("Ann Lee")
    world.ready("Ben Roe", stage=Stage.SELECTION)
    lead.get(f"/training/events/{world.event.id}/book")
    page = lead.fill({"words": "ro be"}, button="Search")
    (row,) = page.table()
    assert row["Name"].startswith("Ben Roe")
    assert row["Can they be booked?"].startswith("No Ben Roe has not passed selection")
    assert "Nobody in your area matches" in lead.fill({"words": "zzz"}, button="Search").main


def test_at_first_those_are_shown_who_have_passed_the_step_before(world: World, lead: Browserlike) -> None:
    world.ready("Ann Lee")
    world.ready("Ben Roe", stage=Stage.SELECTION)
    page = lead.get(f"/training/events/{world.event.id}/book")
    assert [row["Name"].split(" S")[0] for row in page.table()] == ["Ann Lee"]
    everybody = lead.follow("show everybody")
    assert len(everybody.table()) == world.store.count(Staff)


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        pytest.param("unselected", "Who Ever has not passed selection at an assessment centre.", id="not selected"),
        pytest.param("too_old", "serves to book from 1 January 2026 to 31 December 2026", id="passed too long ago"),
        pytest.param("suspended", "Who Ever is suspended on those days.", id="suspended"),
        pytest.param("leaving", "Who Ever is not in the service on all of those days.", id="leaves"),
        pytest.param("trainer", "Who Ever trains this event, and nobody assesses themselves.", id="trains it"),
        pytest.param("booked", "Who Ever is already booked on this event.", id="booked already"),
    ],
)
def test_each_refusal_has_its_reason_on_the_page_and_at_the_door(
    world: World, lead: Browserlike, prepare: str, reason: str
) -> None:
    who = prepared(world, prepare)
    page = lead.get(f"/training/events/{world.event.id}/book", words="who ever")
    assert reason in page.table()[0]["Can they be booked?"]
    assert not page.soup.select("input[name=people]"), "who cannot be booked cannot be ticked"
    before = world.store.count(Booking)
    refused = book(lead, world.event, who)
    assert any(reason in error for error in refused.errors)
    assert world.store.count(Booking) == before


def prepared(world: World, how: str) -> Staff:
    """Somebody who cannot be booked, for one reason."""
    with world.store.session() as session:
        event = session.get_one(Event, world.event.id)
        if how == "unselected":
            return people.staff(session, "Who Ever")
        if how == "too_old":
            who = people.staff(session, "Who Ever")
            chain.certificate(session, who, Stage.SELECTION, first=date(2026, 1, 1), by=world.lead)
            return who
        left_on = LAST_DAY - timedelta(days=1) if how == "leaving" else None
        who = training.ready(session, "Who Ever", by=world.lead, left_on=left_on)
        if how == "trainer":
            event.trainers.append(who)
        if how == "booked":
            training.booking(session, event, who)
        if how == "suspended":
            session.add(
                Stop(
                    staff_id=who.id,
                    kind="suspension",
                    from_day=LAST_DAY,
                    to_day=date(2027, 12, 31),
                    reason="A complaint.",
                    decided_by_id=world.lead.id,
                    decided_at=now(),
                )
            )
        return who


def test_programme_training_takes_fundamental_training(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        event = training.event(session, session.merge(world.specific))
    selected, trained = world.ready("Sel Ected"), world.ready("Tra Ined", stage=Stage.PROGRAMME)
    page = book(lead, event, selected)
    assert any("Sel Ected has not passed fundamental training." in error for error in page.errors)
    assert "1 person is booked" in book(lead, event, trained).banner


@pytest.mark.parametrize(
    ("months", "booked"), [pytest.param(8, True, id="long enough"), pytest.param(7, False, id="too short")]
)
def test_the_period_of_a_pass_is_that_of_the_standard_of_its_decision(
    world: World, lead: Browserlike, months: int, booked: bool
) -> None:
    with world.store.session() as session:
        standard = standards.standard(session, pass_valid_months=months)
        ann = people.staff(session, "Ann Lee")
        training.selected(session, ann, standard, by=world.lead)  # on 1 September 2026, the event is on 5 April
    page = book(lead, world.event, ann)
    assert bool(page.banner) is booked
    assert booked or "serves to book from 1 September 2026 to 31 March 2027" in page.errors[0]


def test_who_could_not_be_booked_any_more_is_marked_on_the_event(world: World, lead: Browserlike, clock: Clock) -> None:
    ann, ben, cat, dan = (world.booked(name) for name in ("Ann Lee", "Ben Roe", "Cat Orr", "Dan Poe"))
    world.store.sql(
        "UPDATE certificate SET valid_to = '2027-03-14', withdrawn_on = '2027-03-15', withdrawn_reason = 'No'"
        " WHERE staff_id = :who",
        who=ann.staff_id,
    )
    with world.store.session() as session:
        standings.stop(session, session.get_one(Staff, ben.staff_id), by=world.lead, first=LAST_DAY, last=LAST_DAY)
        session.get_one(Staff, cat.staff_id).left_on = LAST_DAY - timedelta(days=1)
        session.get_one(Staff, dan.staff_id).left_on = LAST_DAY
    page = lead.get(f"/training/events/{world.event.id}")
    marks = {"Ann": "No longer holds the step before", "Ben": "Suspended or deselected", "Cat": "Leaves before"}
    for row in page.table():
        first = row["Name"].split(" ")[0]
        assert [mark in row["Name"] for mark in marks.values()] == [first == one for one in marks], first


def test_a_full_event_takes_nobody_more(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 2
    world.booked("Cat Orr")
    page = book(lead, world.event, world.ready("Ann Lee"), world.ready("Ben Roe"))
    assert page.errors[0].startswith("1 place is free, and 2 are wanted.")
    assert world.store.count(Booking) == 1


def test_nobody_ticked(world: World, lead: Browserlike) -> None:
    world.ready("Ann Lee")
    assert book(lead, world.event).errors == ["Choose at least one person."]


def test_an_event_that_is_over_takes_nobody(world: World, lead: Browserlike, clock: Clock) -> None:
    ann = world.ready("Ann Lee")
    clock.set(LAST_DAY)
    page = lead.get(f"/training/events/{world.event.id}")
    assert "Book people" in page.links, "on its last day somebody may still come"
    clock.set(LAST_DAY + timedelta(days=1))
    assert any("The event is over." in error for error in book(lead, world.event, ann).errors)
    assert "Book people" not in lead.get(f"/training/events/{world.event.id}").links


def test_a_booking_sent_twice_is_there_once(world: World, lead: Browserlike) -> None:
    ann = world.ready("Ann Lee")
    book(lead, world.event, ann)
    again = book(lead, world.event, ann)
    assert any("Ann Lee is already booked on this event." in error for error in again.errors)
    assert world.store.count(Booking) == 1


def test_people_and_events_out_of_reach_are_not_there(world: World, as_: Callable[..., Browserlike]) -> None:
    south = world.ready("Sue South", in_area="South")
    north = as_(Role.TRAINING_LEAD, in_area="North")
    page = north.get(f"/training/events/{world.event.id}/book", show="everybody")
    assert "Sue South" not in page.main
    book(north, world.event, south, expect=404)
    north.post(f"/training/events/{world.event.id}/book", {"people": [99999], "csrf_token": token(page)}, expect=404)
    assert world.store.count(Booking) == 0


def test_ids_that_are_no_numbers_are_said(world: World, lead: Browserlike) -> None:
    page = lead.get(f"/training/events/{world.event.id}/book")
    refused = lead.post(page.path, {"people": ["x"], "csrf_token": token(page)})
    assert refused.errors
    assert world.store.count(Booking) == 0


def test_a_booking_is_cancelled_stays_on_record_and_can_be_renewed(world: World, lead: Browserlike) -> None:
    booking = world.booked("Ann Lee")
    lead.get(f"/training/events/{world.event.id}")
    page = lead.fill(button="Cancel the booking of Ann Lee")
    assert "cancelled" in page.banner
    assert "Nobody is booked." in page.main
    assert "Cancelled bookings Ann Lee" in page.main
    lead.get(f"/training/events/{world.event.id}/book")
    page = lead.fill({"people": [str(booking.staff_id)]}, button="Book those ticked")
    assert page.all("caption") == ["1 booked, by name"]
    (stored,) = world.store.all(select(Booking))
    assert (stored.id, stored.cancelled_at) == (booking.id, None)
    assert [len(world.trail(f"booking.{done}")) for done in ("made", "cancelled")] == [1, 1]


def test_a_place_that_was_cancelled_is_free_again(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        session.get_one(Event, world.event.id).places = 1
    world.booked("Ann Lee")
    lead.get(f"/training/events/{world.event.id}")
    lead.fill(button="Cancel the booking of Ann Lee")
    assert "1 person is booked" in book(lead, world.event, world.ready("Ben Roe")).banner


def test_cancelling_twice_cancels_once_and_an_older_page_is_told(world: World, lead: Browserlike) -> None:
    booking = world.booked("Ann Lee")
    old = lead.get(f"/training/events/{world.event.id}")
    lead.fill(button="Cancel the booking of Ann Lee")
    lead.fill(page=old, button="Cancel the booking of Ann Lee")
    assert len(world.trail("booking.cancelled")) == 1
    with world.store.session() as session:
        session.get_one(Booking, booking.id).cancelled_at = None
    lead.fill(page=old, button="Cancel the booking of Ann Lee", expect=409)


@pytest.mark.parametrize(
    ("day", "with_result", "reason"),
    [
        pytest.param(LAST_DAY, True, "A result is recorded for this booking", id="with a result"),
        pytest.param(LAST_DAY + timedelta(days=1), False, "The event is over.", id="over"),
    ],
)
def test_a_booking_that_came_to_something_is_not_cancelled(
    world: World, lead: Browserlike, clock: Clock, day: date, with_result: bool, reason: str
) -> None:
    booking = world.attended("Ann Lee")
    if with_result:
        with world.store.session() as session:
            training.result(session, booking, by=world.trainer)
    clock.set(day)
    page = lead.get(f"/training/events/{world.event.id}")
    assert "Cancel the booking" not in page.main
    sent = {"version": booking.version, "csrf_token": token(lead.get("/training/courses/new"))}
    refused = lead.post(f"/training/bookings/{booking.id}/cancel", sent, expect=409)
    assert reason in refused.main
    assert world.store.count(Booking, Booking.cancelled_at.is_(None)) == 1


def test_a_booking_out_of_reach_is_not_there(world: World, as_: Callable[..., Browserlike]) -> None:
    booking = world.booked("Ann Lee")
    browser = as_(Role.TRAINING_LEAD, in_area="South")
    sent = {"version": "1", "csrf_token": token(browser.get("/training/courses/new"))}
    browser.post(f"/training/bookings/{booking.id}/cancel", sent, expect=404)
    browser.get(f"/training/bookings/{booking.id}", expect=404)


def test_the_event_is_judged_on_its_first_day(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        ann = people.staff(session, "Ann Lee")
        chain.certificate(session, ann, Stage.SELECTION, first=MONDAY + timedelta(days=1), by=world.lead)
    page = book(lead, world.event, ann)
    assert "the event begins on 5 April 2027" in page.errors[0]
    assert "Earliest: 6 April 2027." in page.table()[0]["Can they be booked?"]


@pytest.mark.parametrize("decided", [False, True])
def test_a_centre_stands_in_the_way_until_it_has_decided(world: World, lead: Browserlike, decided: bool) -> None:
    who = world.ready("Ann Lee")
    with world.store.session() as session:
        standard = standards.standard(session)
        if decided:
            training.selected(
                session, session.get_one(Staff, who.id), standard, on=world.event.starts_on, by=world.lead
            )
        else:
            centre = Centre(
                title="June",
                area_id=who.area_id,
                standard_id=standard.id,
                chair_id=world.lead.staff_id,
                venue="Hall",
                held_on=world.event.starts_on,
            )
            session.add(centre)
            session.flush()
            session.add(Candidacy(centre_id=centre.id, staff_id=who.id, put_forward_on=centre.held_on))
    answer = lead.get(f"/training/events/{world.event.id}/book").table()[0]["Can they be booked?"]
    assert answer.startswith("Can be booked" if decided else "No Ann Lee is a candidate at “June” on 5 April 2027.")
