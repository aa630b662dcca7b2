"""Results: three parts and the attendance; nobody ticks that somebody passed, and nobody records their own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from selection.core.clock import now
from selection.models.training import Booking, CourseResult
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import ALL_PASSED, LAST_DAY, ONE_SHORT, World, token

SAVE = "Save the result"
pytestmark = pytest.mark.usefixtures("over")


@pytest.mark.parametrize(
    ("present", "parts", "passed", "enough", "reassess_by", "says"),
    [
        pytest.param((True, True, True), ALL_PASSED, True, True, None, "Passed, to certify", id="all of it"),
        pytest.param(
            (True, True, False), ALL_PASSED, False, False, None, "Not passed yet", id="two days of three are no 80 %"
        ),
        pytest.param(
            (True, True, True), ONE_SHORT, False, True, date(2027, 7, 7), "Not passed yet", id="a part not yet"
        ),
        pytest.param(
            (False, False, False),
            dict.fromkeys(ALL_PASSED, "not_assessed"),
            False,
            False,
            date(2027, 7, 7),
            "Not passed yet",
            id="never came",
        ),
    ],
)
def test_what_passed_means_is_computed(
    world: World,
    lead: Browserlike,
    present: tuple[bool, ...],
    parts: dict[str, Value],
    passed: bool,
    enough: bool,
    reassess_by: date | None,
    says: str,
) -> None:
    booking = world.booked("Ann Lee", present=present)
    form = lead.get(f"/training/bookings/{booking.id}").form("#result")
    assert form.names == {"csrf_token", "version", "understanding", "competencies", "abilities", "assessed_on", "note"}
    page = lead.fill({**parts, "note": "Good with the group."}, button=SAVE)
    assert says in page.main
    (result,) = world.results(booking)
    assert (result.passed, result.attended_enough, result.reassess_by) == (passed, enough, reassess_by)
    assert (result.note, result.recorded_on, result.recorded_by_id) == ("Good with the group.", LAST_DAY, world.lead.id)
    (entry,) = world.trail("result.recorded")
    assert entry.staff_id == booking.staff_id
    assert entry.after is not None
    assert entry.after["passed"] is passed


def test_nobody_can_send_that_somebody_passed(world: World, lead: Browserlike) -> None:
    booking = world.booked("Ann Lee", present=(True, False, False))
    page = lead.get(f"/training/bookings/{booking.id}")
    sent = {**page.form("#result").sent(), **ONE_SHORT, "passed": "true", "attended_enough": "true"}
    lead.post(page.path, sent)
    (result,) = world.results(booking)
    assert (result.passed, result.attended_enough) == (False, False)


@pytest.mark.parametrize(
    ("present", "day", "reason"),
    [
        pytest.param(
            (True, True, True), LAST_DAY - timedelta(days=1), "The event runs until 7 April 2027.", id="still running"
        ),
        pytest.param((True,), LAST_DAY, "The roll was not taken for Ann Lee on 6 April 2027 and 1 more.", id="no roll"),
    ],
)
def test_a_result_waits_for_the_end_and_for_the_roll(
    world: World, lead: Browserlike, clock: Clock, present: tuple[bool, ...], day: date, reason: str
) -> None:
    booking = world.booked("Ann Lee", present=present)
    clock.set(day)
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill({**ALL_PASSED, "note": "Kept."}, button=SAVE)
    assert any(reason in error for error in page.errors), page.errors
    assert ("note", "Kept.") in [(name, value.strip()) for name, value in page.form("#result").pairs]
    assert world.results(booking) == []


def test_what_is_not_answered_is_said(world: World, lead: Browserlike) -> None:
    booking = world.attended("Ann Lee")
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill({"understanding": "passed", "note": "x" * 4001}, button=SAVE)
    assert page.errors == [
        "Choose what competencies came to",
        "Choose what abilities came to",
        "At most 4,000 characters",
    ]
    page = lead.get(f"/training/bookings/{booking.id}")
    bad = {**page.form("#result").sent(), **ALL_PASSED, "abilities": "brilliant"}
    assert lead.post(page.path, bad).errors
    assert world.results(booking) == []


def test_nobody_records_their_own(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        own = session.merge(world.lead).staff
        assert own is not None
    booking = world.attended(of=own)
    page = lead.get(f"/training/bookings/{booking.id}")
    assert "This is your own booking." in page.main
    assert not page.soup.select("#result")
    csrf = token(lead.get("/training/courses/new"))
    sent = {**ALL_PASSED, "version": "0", "note": "", "assessed_on": ["7", "4", "2027"], "csrf_token": csrf}
    refused = lead.post(f"/training/bookings/{booking.id}", sent)
    assert any("Nobody records their own result." in error for error in refused.errors)
    assert world.results(booking) == []


def test_a_result_sent_twice_is_there_once(world: World, lead: Browserlike) -> None:
    booking = world.attended("Ann Lee")
    form = lead.get(f"/training/bookings/{booking.id}")
    for _ in range(2):
        lead.fill(ALL_PASSED, page=form, button=SAVE)
    assert len(world.results(booking)) == 1
    assert len(world.trail("result.recorded")) == 1


def test_a_part_assessed_again_is_a_later_row_with_its_reason(world: World, lead: Browserlike, clock: Clock) -> None:
    booking = world.attended("Ann Lee")
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill(ONE_SHORT, button=SAVE)
    assert "can be assessed again until 7 July 2027" in page.main
    clock.set(date(2027, 7, 7))
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill(ALL_PASSED, button=SAVE)
    assert any("Say why the result changes" in error for error in page.errors)
    page = lead.fill({"reason": "Abilities assessed again on 6 July."}, button=SAVE)
    assert "Passed, to certify" in page.main
    assert "Reason: Abilities assessed again on 6 July." in page.main
    first, second = world.results(booking)
    assert (first.passed, second.passed, second.recorded_on) == (False, True, date(2027, 7, 7))
    entry = world.trail("result.recorded")[-1]
    assert entry.before is not None
    assert entry.before["abilities"] == "not_yet"


def test_a_part_can_no_longer_be_assessed_again_after_its_day(world: World, lead: Browserlike, clock: Clock) -> None:
    booking = world.attended("Ann Lee")
    lead.get(f"/training/bookings/{booking.id}")
    lead.fill(ONE_SHORT, button=SAVE)
    clock.set(date(2027, 7, 8))
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill({**ALL_PASSED, "reason": "Again."}, button=SAVE)
    assert page.errors == ["Abilities could be assessed again until 7 July 2027. They take the course again."]
    assert len(world.results(booking)) == 1


def test_whoever_opened_the_form_before_another_result_is_shown_both(world: World, lead: Browserlike) -> None:
    booking = world.attended("Ann Lee")
    old = lead.get(f"/training/bookings/{booking.id}")
    lead.fill(ONE_SHORT, button=SAVE)
    page = lead.fill(ALL_PASSED, page=old, button=SAVE, expect=409)
    (row,) = [row for row in page.table() if row["Field"] == "Abilities"]
    assert (row["Stored now"], row["What you sent"]) == ("not_yet", "passed (differs)")
    assert len(world.results(booking)) == 1


def test_save_and_next_leads_through_those_without_a_result(world: World, lead: Browserlike) -> None:
    ann, cat, ben = world.attended("Ann Lee"), world.attended("Cat Orr"), world.attended("Ben Roe")
    lead.get(f"/training/bookings/{ann.id}")
    for following in (ben, cat):
        page = lead.fill(ALL_PASSED, button="Save and go to the next person")
        assert page.path == f"/training/bookings/{following.id}"
    page = lead.fill(ALL_PASSED, button="Save and go to the next person")
    assert page.path == f"/training/events/{world.event.id}"
    assert world.store.count(CourseResult) == 3


def test_a_cancelled_booking_has_no_result(world: World, lead: Browserlike) -> None:
    booking = world.attended("Ann Lee")
    page = lead.get(f"/training/bookings/{booking.id}")
    with world.store.session() as session:
        session.get_one(Booking, booking.id).cancelled_at = now()
    refused = lead.fill(ALL_PASSED, page=page, button=SAVE)
    assert "Ann Lee's booking was cancelled." in refused.errors
    assert "Booking cancelled" in refused.main


def test_a_look_at_a_booking_leaves_a_trail_and_needs_the_right(world: World, as_: Callable[..., Browserlike]) -> None:
    booking = world.attended("Ann Lee")
    auditor = as_(Role.AUDITOR)
    page = auditor.get(f"/training/bookings/{booking.id}")
    assert not page.soup.select("#result")
    (entry,) = world.trail("staff.viewed")
    assert entry.staff_id == booking.staff_id
    auditor.post(page.path, {"csrf_token": "none"}, expect=400)
    as_(Role.STAFF_MEMBER).get(f"/training/bookings/{booking.id}", expect=404)
    as_(Role.AUDITOR, in_area="South").get(f"/training/bookings/{booking.id}", expect=404)
    assert world.store.one(select(Booking)).cancelled_at is None
