"""The roll: everybody and every day at once, no day to come, and nobody writes over another's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from selection.models.training import Attendance, Booking
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories.training import MONDAY
from tests.pages import Browserlike
from tests.store import Store
from tests.training.conftest import LAST_DAY, World, token

TUESDAY = MONDAY + timedelta(days=1)


def stored(store: Store, booking: Booking) -> dict[str, bool]:
    """The roll of one person, as it is stored."""
    rows = store.all(select(Attendance).where(Attendance.booking_id == booking.id).order_by(Attendance.day))
    return {str(row.day): row.present for row in rows}


def test_the_roll_of_all_days_until_today_is_taken_at_once(world: World, lead: Browserlike, clock: Clock) -> None:
    ann, ben = world.booked("Ann Lee"), world.booked("Ben Roe")
    clock.set(TUESDAY)
    page = lead.get(f"/training/events/{world.event.id}/roll")
    assert [box["value"] for box in page.soup.select("input[name=days]")] == [str(MONDAY), str(TUESDAY)]
    assert "1 day is still to come" in page.main
    page = lead.fill({"present": [f"{ann.id}.{MONDAY}", f"{ann.id}.{TUESDAY}", f"{ben.id}.{MONDAY}"]})
    assert "It changed for 2 people." in page.banner
    assert stored(world.store, ann) == {str(MONDAY): True, str(TUESDAY): True}
    assert stored(world.store, ben) == {str(MONDAY): True, str(TUESDAY): False}
    assert [entry.staff_id for entry in world.trail("attendance.recorded")] == [ann.staff_id, ben.staff_id]


def test_a_day_whose_tick_is_off_is_left_as_it_is(world: World, lead: Browserlike, clock: Clock) -> None:
    ann = world.booked("Ann Lee", present=(True,))
    clock.set(TUESDAY)
    lead.get(f"/training/events/{world.event.id}/roll")
    lead.fill({"days": [str(TUESDAY)], "present": []})
    assert stored(world.store, ann) == {str(MONDAY): True, str(TUESDAY): False}
    (entry,) = world.trail("attendance.recorded")
    assert (entry.before, entry.after) == (None, {"days": f"{TUESDAY} absent"})


def test_a_correction_says_what_it_was_before(world: World, lead: Browserlike, clock: Clock) -> None:
    ann = world.booked("Ann Lee", present=(False,))
    clock.set(MONDAY)
    page = lead.get(f"/training/events/{world.event.id}/roll")
    assert not page.soup.select("input[name=present][checked]")
    lead.fill({"present": [f"{ann.id}.{MONDAY}"]})
    (entry,) = world.trail("attendance.recorded")
    assert (entry.before, entry.after) == ({"days": f"{MONDAY} absent"}, {"days": f"{MONDAY} present"})


@pytest.mark.parametrize(
    ("days", "error"),
    [
        pytest.param([], "Choose at least one day to save.", id="no day"),
        pytest.param([str(TUESDAY)], "6 April 2027 is still to come.", id="tomorrow"),
        pytest.param(["2027-01-01"], "1 January 2027 is not a day of the event.", id="another day"),
        pytest.param(["someday"], "could not be coerced", id="no day at all"),
    ],
)
def test_other_days_are_refused_and_the_ticks_stay(
    world: World, lead: Browserlike, clock: Clock, days: list[str], error: str
) -> None:
    ann = world.booked("Ann Lee")
    clock.set(MONDAY)
    page = lead.get(f"/training/events/{world.event.id}/roll")
    sent = page.form().sent() | {"days": days, "present": [f"{ann.id}.{MONDAY}"]}
    refused = lead.post(page.path, sent)
    assert any(error in one for one in refused.errors), refused.errors
    assert len(refused.soup.select("input[name=present][checked]")) == 1
    assert stored(world.store, ann) == {}


def test_before_the_event_there_is_no_roll(world: World, lead: Browserlike, clock: Clock) -> None:
    clock.set(MONDAY - timedelta(days=1))
    assert "Nobody is booked" in lead.get(f"/training/events/{world.event.id}/roll").main
    world.booked("Ann Lee")
    assert "The roll can be taken from then on." in lead.get(f"/training/events/{world.event.id}/roll").main


def test_the_same_roll_sent_twice_changes_nothing_the_second_time(
    world: World, lead: Browserlike, clock: Clock
) -> None:
    ann = world.booked("Ann Lee")
    clock.set(MONDAY)
    form = lead.get(f"/training/events/{world.event.id}/roll")
    lead.fill({"present": [f"{ann.id}.{MONDAY}"]}, page=form)
    page = lead.fill({"present": [f"{ann.id}.{MONDAY}"]}, page=form)
    assert "It changed for 0 people." in page.banner
    assert len(world.trail("attendance.recorded")) == 1


def test_nobody_writes_over_a_roll_that_they_have_not_seen(world: World, lead: Browserlike, clock: Clock) -> None:
    ann = world.booked("Ann Lee")
    clock.set(MONDAY)
    old = lead.get(f"/training/events/{world.event.id}/roll")
    lead.fill({"present": [f"{ann.id}.{MONDAY}"]})
    page = lead.fill({"present": []}, page=old, expect=409)
    (row,) = page.table()
    assert row["Field"] == "Ann Lee"
    assert row["Stored now"] == f"{MONDAY} present"
    assert stored(world.store, ann) == {str(MONDAY): True}


def test_a_tick_for_somebody_who_is_not_booked_counts_for_nothing(
    world: World, lead: Browserlike, clock: Clock
) -> None:
    ann = world.booked("Ann Lee")
    clock.set(LAST_DAY)
    page = lead.get(f"/training/events/{world.event.id}/roll")
    lead.post(page.path, page.form().sent() | {"present": [f"9999.{MONDAY}", f"{ann.id}.{MONDAY}"]})
    assert world.store.count(Attendance) == 3
    assert world.store.count(Attendance, Attendance.present) == 1


def test_the_roll_needs_the_right(world: World, as_: Callable[..., Browserlike]) -> None:
    browser = as_(Role.TREATMENT_MANAGER)
    page = browser.get(f"/training/events/{world.event.id}")
    browser.post(f"/training/events/{world.event.id}/roll", {"csrf_token": token(page)}, expect=404)
