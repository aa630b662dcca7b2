"""Certifying: only what is passed, once, never by oneself; a correction leaves the certificate to be withdrawn."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from selection.models.authorisations import Authorisation, Certificate
from selection.models.notices import Notice
from selection.models.people import Staff
from selection.models.training import Attendance, Booking
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import chain, training
from tests.factories.training import MONDAY
from tests.pages import Browserlike, Page
from tests.training.conftest import LAST_DAY, ONE_SHORT, World, token

pytestmark = pytest.mark.usefixtures("over")


def passed(world: World, name: str, *, passed: bool = True) -> Booking:
    """The booking of somebody whose result is recorded."""
    booking = world.attended(name)
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer, passed=passed)
    return booking


def certify(world: World, browser: Browserlike, *bookings: Booking, expect: int = 200) -> Page:
    """Send that the latest results of the bookings shall be certified, whether or not the page offers it."""
    event = f"/training/events/{world.event.id}"
    sent = {
        "results": [world.results(booking)[-1].id for booking in bookings],
        "csrf_token": token(browser.get("/training/courses/new")),
    }
    return browser.post(f"{event}/certify", sent, expect=expect)


def test_one_click_certifies_all_who_passed(world: World, lead: Browserlike) -> None:
    ann, ben, cat = passed(world, "Ann Lee"), passed(world, "Ben Roe"), passed(world, "Cat Orr", passed=False)
    page = lead.get(f"/training/events/{world.event.id}")
    assert "2 people have passed and have no certificate yet." in page.main
    lead.follow("See whom you can certify")
    page = lead.fill(button="Certify those ticked")
    assert "2 certificates are issued." in page.banner
    certificates = [world.certificate(booking) for booking in (ann, ben)]
    assert {(row.valid_from, row.valid_to, row.stage) for row in certificates if row} == {
        (LAST_DAY, date(2030, 4, 6), "fundamental")
    }
    assert world.certificate(cat) is None
    assert [row["Result"].split(" C-")[0] for row in page.table()] == [
        "Certified",
        "Certified",
        "Not passed yet Again by 7 July 2027",
    ]
    assert {entry.staff_id for entry in world.trail("certificate.issued")} == {ann.staff_id, ben.staff_id}
    letters = world.store.all(select(Notice))
    assert {letter.staff_id for letter in letters} == {ann.staff_id, ben.staff_id}
    assert "It is valid from 7 April 2027 to 6 April 2030." in letters[0].body


def test_or_one_person(world: World, lead: Browserlike) -> None:
    passed(world, "Ann Lee")
    ben = passed(world, "Ben Roe")
    lead.get(f"/training/bookings/{ben.id}")
    lead.fill(button="Certify Ben Roe")
    certificate = world.store.one(select(Certificate).where(Certificate.result_id.is_not(None)))
    assert certificate.staff_id == ben.staff_id


def test_certified_twice_is_certified_once(world: World, lead: Browserlike) -> None:
    booking = passed(world, "Ann Lee")
    page = lead.get(f"/training/events/{world.event.id}/certify")
    lead.fill(page=page, button="Certify those ticked")
    again = lead.fill(page=page, button="Certify those ticked")
    assert "issued already; nothing changed" in again.banner
    assert world.certificate(booking) is not None
    assert len(world.trail("certificate.issued")) == 1


def test_no_step_is_skipped_by_a_withdrawal_between_booking_and_event(world: World, lead: Browserlike) -> None:
    booking = passed(world, "Ann Lee")
    world.store.sql(
        "UPDATE certificate SET valid_to = :eve, withdrawn_on = :day, withdrawn_reason = 'No' WHERE staff_id = :who",
        eve=MONDAY - timedelta(days=1),
        day=MONDAY,
        who=booking.staff_id,
    )
    page = lead.get(f"/training/events/{world.event.id}/certify")
    assert "Ann Lee did not hold the certificate that the course builds on." in page.main
    certify(world, lead, booking, expect=409)
    assert world.certificate(booking) is None


def test_a_pass_recorded_later_counts_from_that_day(world: World, lead: Browserlike, clock: Clock) -> None:
    booking = passed(world, "Ann Lee", passed=False)
    clock.set(date(2027, 6, 1))
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer, on=date(2027, 6, 1))
    clock.set(date(2027, 6, 9))
    certify(world, lead, booking)
    certificate = world.certificate(booking)
    assert certificate is not None
    assert (certificate.valid_from, certificate.valid_to) == (date(2027, 6, 1), date(2030, 5, 31))


def test_what_is_not_passed_is_not_certified_and_nothing_else_with_it(world: World, lead: Browserlike) -> None:
    ann, cat = passed(world, "Ann Lee"), passed(world, "Cat Orr", passed=False)
    page = certify(world, lead, ann, cat, expect=409)
    assert "Cat Orr's latest result is not a pass." in page.main
    assert world.certificate(ann) is None


def test_nobody_certifies_themselves(world: World, lead: Browserlike, as_: Callable[..., Browserlike]) -> None:
    with world.store.session() as session:
        own = session.merge(world.lead).staff
        assert own is not None
        chain.certificate(session, own, Stage.SELECTION, by=session.merge(world.trainer))
    booking = world.attended(of=own)
    other = world.account(Role.TRAINING_LEAD)
    with world.store.session() as session:
        training.result(session, booking, by=other)
    page = lead.get(f"/training/events/{world.event.id}")
    assert "Your own certificate is issued by somebody else." in page.main
    assert not page.soup.select("form[action$=certify] button")
    refused = certify(world, lead, booking, expect=409)
    assert "Nobody certifies themselves." in refused.main
    assert world.certificate(booking) is None
    certify(world, as_(Role.TRAINING_LEAD), booking)
    assert world.certificate(booking) is not None


def test_a_result_that_was_replaced_meanwhile_is_not_certified(world: World, lead: Browserlike) -> None:
    booking = passed(world, "Ann Lee")
    page = lead.get(f"/training/events/{world.event.id}/certify")
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer, passed=False)
    refused = lead.fill(page=page, button="Certify those ticked", expect=409)
    assert "A later result has taken the place of one that you saw." in refused.main
    assert world.certificate(booking) is None


def test_a_roll_that_was_changed_since_is_looked_at_again(world: World, lead: Browserlike) -> None:
    booking = passed(world, "Ann Lee")
    world.store.sql("UPDATE attendance SET present = :no WHERE day = :day", no=False, day=str(LAST_DAY))
    assert world.store.count(Attendance, ~Attendance.present) == 1
    assert "Too short since the roll changed" in lead.get(f"/training/events/{world.event.id}").main
    page = certify(world, lead, booking, expect=409)
    assert "The roll was changed after Ann Lee's result" in page.main
    assert world.certificate(booking) is None


def test_a_corrected_result_leaves_the_certificate_to_be_withdrawn(world: World, lead: Browserlike) -> None:
    booking = passed(world, "Ann Lee")
    certify(world, lead, booking)
    lead.get(f"/training/bookings/{booking.id}")
    wrong = {**ONE_SHORT, "what": "correction", "reason": "It was Ben's line."}
    page = lead.fill(wrong, button="Save the result")
    assert "No authorisation leans on it from today on." in page.main, "what withdrawing would touch is shown"
    assert "By the latest one it was not earned." in page.main
    assert "Certificate to withdraw" in page.main
    certificate = world.certificate(booking)
    assert certificate is not None
    assert page.links["Withdraw the certificate"] == f"/authorisations/certificates/{certificate.id}/withdraw"
    assert certificate.withdrawn_on is None, "withdrawing is a decision of its own"
    row = lead.get(f"/training/events/{world.event.id}").table()[0]
    assert "Withdraw it" in row["Result"]


def test_a_later_pass_stands_on_the_certificate_that_is_there(world: World, lead: Browserlike) -> None:
    booking = passed(world, "Ann Lee")
    certify(world, lead, booking)
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill({"note": "A word more.", "reason": "The note was cut off."}, button="Save the result")
    assert "Certified" in page.main
    certify(world, lead, booking)
    assert world.certificate(booking) is not None, "and there is only one"


def test_the_third_certificate_makes_the_authorisation_at_once(world: World, lead: Browserlike, clock: Clock) -> None:
    with world.store.session() as session:
        event = training.event(session, session.merge(world.specific), title="C-SOGP course")
    bookings = []
    for name in ("Ann Lee", "Ben Roe"):
        with world.store.session() as session:
            who = training.ready(session, name, by=world.lead, stage=Stage.PROGRAMME)
            bookings.append(training.booking(session, session.merge(event), who, present=(True, True, True)))
            training.result(session, bookings[-1], by=world.trainer)
    lead.get(f"/training/events/{event.id}/certify")
    lead.fill(button="Certify those ticked")
    rights = world.store.all(select(Authorisation).order_by(Authorisation.id))
    assert [right.staff_id for right in rights] == [booking.staff_id for booking in bookings]
    assert {(right.valid_from, right.valid_to) for right in rights} == {(LAST_DAY, date(2029, 8, 31))}


def test_who_may_not_certify_does_not(world: World, as_: Callable[..., Browserlike]) -> None:
    booking = passed(world, "Ann Lee")
    result = world.results(booking)[0].id
    manager = as_(Role.PROGRAMME_MANAGER)
    page = manager.get(f"/training/events/{world.event.id}")
    assert not page.soup.select("form[action$=certify]")
    path = f"/training/events/{world.event.id}/certify"
    manager.post(path, {"results": [result], "csrf_token": token(page)}, expect=403)
    elsewhere = as_(Role.TRAINING_LEAD, in_area="South")
    sent = {"results": [result], "csrf_token": token(elsewhere.get("/training/courses/new"))}
    elsewhere.post(path, sent, expect=404)
    assert world.certificate(booking) is None


def test_a_result_of_another_event_is_not_certified_here(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        other = training.event(session, session.merge(world.fundamental), first=LAST_DAY - timedelta(days=2))
    booking = world.booked("Ann Lee", on=other, present=(True, True, True))
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer)
    certify(world, lead, booking, expect=409)
    lead.post(
        f"/training/events/{world.event.id}/certify",
        {"csrf_token": token(lead.get("/training/courses/new"))},
        expect=404,
    )
    assert world.certificate(booking) is None


def test_the_certificate_can_be_read_and_printed(
    world: World, lead: Browserlike, as_: Callable[..., Browserlike]
) -> None:
    booking = passed(world, "Ann Lee")
    certify(world, lead, booking)
    certificate = world.certificate(booking)
    assert certificate is not None
    path = f"/training/certificates/{certificate.id}"
    page = lead.get(path)
    assert page.heading == f"Certificate {certificate.number} Ann Lee"
    assert "has completed fundamental training." in page.main
    assert "Passed the course “Fundamental skills” (Spring course), 7 April 2027" in page.main
    assert "Assessed" in page.main
    assert world.trail("staff.viewed")[-1].staff_id == booking.staff_id
    own = as_(Role.STAFF_MEMBER, of=world.store.one(select(Staff).where(Staff.id == booking.staff_id)))
    assert "Withdraw" not in own.get(path).links
    as_(Role.STAFF_MEMBER).get(path, expect=404)
    as_(Role.AUDITOR, in_area="South").get(path, expect=404)
