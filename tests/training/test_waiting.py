"""What waits: for training leads, events that are over and not finished; for everybody, their own coming events."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.authorisations import Certificate
from selection.models.people import Account, Staff
from selection.models.training import Attendance, Booking, Event
from selection.rules.roles import Role
from selection.training.queries import waiting_for
from selection.web.waiting import Waiting
from tests.conftest import Clock
from tests.factories import people, training
from tests.pages import Browserlike
from tests.training.conftest import LAST_DAY, World

AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture
def waits(app: Flask, world: World) -> Callable[..., list[Waiting]]:
    """Returns what waits for a login on a day."""

    def asked(login: Account | None = None, day: date = AFTER) -> list[Waiting]:
        with app.test_request_context():
            return list(waiting_for(people.actor(login or world.lead), day))

    return asked


def test_a_lead_is_told_what_is_left_to_do_until_nothing_is(world: World, waits: Callable[..., list[Waiting]]) -> None:
    ann, ben = world.booked("Ann Lee"), world.booked("Ben Roe")
    assert waits(day=LAST_DAY) == [], "the event is not over"
    (one,) = waits()
    assert (one.title, one.due, one.url) == ("Spring course", LAST_DAY, f"/training/events/{world.event.id}")
    assert one.detail == "Roll to complete for 2 people, result to record for 2 people."
    for booking in (ann, ben):
        with world.store.session() as session:
            stored = session.get_one(Booking, booking.id)
            stored.attendance = [
                Attendance(day=world.event.starts_on + timedelta(days=number), present=True) for number in range(3)
            ]
    assert waits()[0].detail == "Result to record for 2 people."
    with world.store.session() as session:
        training.result(session, ann, by=world.trainer, passed=False)
        first = training.result(session, ben, by=world.trainer)
    assert waits()[0].detail == "Part to assess again for 1 person, certificate to issue for 1 person."
    late = waits(day=date(2027, 7, 8))[0].detail  # what is open could be assessed again until the 7th
    assert late.startswith("Open result to end, its time being over, for 1 person")
    with world.store.session() as session:
        training.result(session, ann, by=world.trainer, passed=False, ended_as="failed", reassess_by=None)
    with world.store.session() as session:
        session.add(
            Certificate(
                number="X-1",
                staff_id=ben.staff_id,
                stage="fundamental",
                valid_from=LAST_DAY,
                valid_to=date(2030, 1, 1),
                issued_at=first.recorded_at,
                issued_by_id=world.lead.id,
                result_id=first.id,
                result_passed=True,
            )
        )
    assert waits() == []
    with world.store.session() as session:
        training.result(session, ben, by=world.trainer, passed=False)  # a correction
    assert waits()[0].detail == "Certificate to withdraw, as the result is no longer a pass, for 1 person."


def test_cancelled_bookings_old_events_and_other_areas_do_not_wait(
    world: World, waits: Callable[..., list[Waiting]]
) -> None:
    booking = world.booked("Ann Lee")
    south = world.account(Role.TRAINING_LEAD, in_area="South")
    assert waits(south) == []
    assert waits(day=date(2028, 4, 7)) != []
    assert waits(day=date(2028, 4, 8)) == [], "a year later it is only in the list"
    with world.store.session() as session:
        session.get_one(Booking, booking.id).cancelled_at = booking.booked_at
    assert waits() == []


def test_everybody_sees_their_own_coming_events_and_nobody_elses(
    world: World, waits: Callable[..., list[Waiting]]
) -> None:
    booking = world.booked("Ann Lee")
    world.booked("Ben Roe")
    own = world.account(Role.STAFF_MEMBER, of=world.store.one(select(Staff).where(Staff.id == booking.staff_id)))
    (one,) = waits(own, day=LAST_DAY)
    assert one.title == "You are booked on Spring course"
    assert one.detail == "Training centre, North: 5 April 2027 to 7 April 2027."
    assert one.url == "/training/mine"
    assert waits(own) == [], "it is over, and finishing it is the lead's work"
    assert waits(world.account(Role.STAFF_MEMBER), day=LAST_DAY) == []


def test_it_is_on_the_first_page(world: World, lead: Browserlike, clock: Clock) -> None:
    world.booked("Ann Lee")
    clock.set(AFTER)
    assert "Roll to complete for 1 person, result to record for 1 person." in lead.get("/").main
    assert world.store.one(select(Event)).title == "Spring course"
