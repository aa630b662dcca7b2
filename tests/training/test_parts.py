"""Part by part: who assesses what, how often, by which mark; and a second person, close to nobody, who certifies."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.models.notices import Notice
from selection.models.people import Acquaintance, Staff
from selection.models.training import Booking, CourseResult, Event, PartAssessment
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people, training
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import ALL_PASSED, LAST_DAY, ONE_SHORT, World

SAVE = "Save the result"
pytestmark = pytest.mark.usefixtures("over")


@pytest.fixture
def trainer(world: World, as_: Callable[..., Browserlike]) -> Browserlike:
    """The browser of somebody who trains the event and has no other right."""
    with world.store.session() as session:
        tom = people.staff(session, "Tom Rain")
        event = session.get_one(Event, world.event.id)
        event.trainers.append(tom)
    return as_(Role.STAFF_MEMBER, of=tom)


def assessments(world: World) -> list[tuple[str, int, str, int | None]]:
    """What is on record of parts: part, attempt, result, and which row it corrects."""
    rows = world.store.all(select(PartAssessment).order_by(PartAssessment.id))
    return [(row.part, row.attempt, row.result, row.corrects_id) for row in rows]


def test_a_trainer_records_and_a_training_lead_certifies(world: World, lead: Browserlike, trainer: Browserlike) -> None:
    booking = world.booked("Ann Lee")
    page = trainer.get("/training/mine")
    page = trainer.follow("Spring course")
    assert "Book people" not in page.links
    page = trainer.follow("Take the roll")
    ticks = [str(box["value"]) for box in page.soup.select("input[name=present]")]
    trainer.fill({"present": ticks}, button="Save the roll")
    trainer.get(f"/training/bookings/{booking.id}")
    page = trainer.fill(ALL_PASSED, button=SAVE)
    assert "Passed, to certify" in page.main
    assert "Tom Rain" in page.main
    trainer.get(f"/training/events/{world.event.id}/certify", expect=403)
    assert assessments(world) == [(part, 1, "passed", None) for part in ALL_PASSED]
    lead.get(f"/training/events/{world.event.id}/certify")
    assert "1 certificate is issued." in lead.fill(button="Certify those ticked").banner


def test_a_trainer_of_another_event_sees_nothing_here(world: World, trainer: Browserlike) -> None:
    with world.store.session() as session:
        other = training.event(session, session.merge(world.fundamental), title="Not theirs")
    for path in (f"events/{other.id}", f"events/{other.id}/roll"):
        trainer.get(f"/training/{path}", expect=404)


def test_whoever_recorded_does_not_certify(world: World, lead: Browserlike) -> None:
    booking, ben = world.attended("Ann Lee"), world.attended("Ben Roe")
    with world.store.session() as session:
        training.result(session, ben, by=world.trainer)
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill(ALL_PASSED, button=SAVE)
    assert "so another training lead certifies it" in page.main
    page = lead.get(f"/training/events/{world.event.id}/certify")
    assert "1 cannot be certified by you now Ann Lee" in page.main
    assert "it takes a second person to certify it" in page.main
    assert "1 certificate is issued." in lead.fill(button="Certify those ticked").banner
    assert world.certificate(booking) is None
    assert world.certificate(ben) is not None


@pytest.mark.parametrize("how", ["line_manager", "managed", "acquainted"])
def test_nobody_records_or_certifies_for_who_is_close_to_them(world: World, lead: Browserlike, how: str) -> None:
    booking, other = world.attended("Ann Lee"), world.attended("Ben Roe")
    with world.store.session() as session:
        mine, theirs = session.get_one(Staff, world.lead.staff_id), session.get_one(Staff, booking.staff_id)
        if how == "line_manager":
            theirs.line_manager_id = mine.id
        elif how == "managed":
            mine.line_manager_id = theirs.id
        else:
            session.add(Acquaintance(staff_id=theirs.id, other_id=mine.id, declared_on=date(2027, 1, 1)))
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill(ALL_PASSED, button=SAVE)
    assert any("so you do not record this" in error for error in page.errors)
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer)
        training.result(session, other, by=world.trainer)
    page = lead.get(f"/training/events/{world.event.id}/certify")
    assert "so you do not certify this" in page.main
    result = world.results(booking)[0]
    with pytest.raises(DatabaseError):  # and in plain SQL
        world.store.sql(
            "INSERT INTO certificate (number, staff_id, stage, valid_from, valid_to, issued_at, issued_by_id,"
            " result_id, result_passed, withdrawn_reason, version) VALUES ('X', :who, 'fundamental', '2027-04-07',"
            " '2030-04-06', '2027-04-07 12:00:00', :by, :result, true, '', 1)",
            who=booking.staff_id,
            by=world.lead.id,
            result=result.id,
        )
    with pytest.raises(DatabaseError):
        world.store.sql(
            "INSERT INTO part_assessment (booking_id, staff_id, part, attempt, result, method, note, assessed_on,"
            " assessed_by_id, recorded_by_id, recorded_at, reason) VALUES (:booking, :who, 'abilities', 1, 'passed',"
            " 'x', '', '2027-04-07', :by, :account, '2027-04-07 12:00:00', '')",
            booking=booking.id,
            who=booking.staff_id,
            by=world.lead.staff_id,
            account=world.lead.id,
        )
    assert world.certificate(booking) is None


def test_a_part_is_assessed_again_on_a_day_that_is_told_and_fails_for_good_at_last(
    world: World, lead: Browserlike, clock: Clock
) -> None:
    booking = world.attended("Ann Lee")
    path = f"/training/bookings/{booking.id}"
    lead.get(path)
    lead.fill(ONE_SHORT, button=SAVE)
    late: dict[str, Value] = {"on_day": date(2027, 7, 8), "venue": "Room 4"}
    assert "until 7 July 2027" in lead.fill(late, button="Set the day and tell Ann Lee").errors[0]
    page = lead.fill({"on_day": date(2027, 6, 3)}, button="Set the day and tell Ann Lee")
    assert "Assessed again 3 June 2027, Room 4" in page.main
    letter = world.store.one(select(Notice).where(Notice.key.like("reassessment:%")))
    assert "What: abilities" in letter.body
    clock.set(date(2027, 6, 3))
    lead.get(path)
    page = lead.fill({"abilities": "again", "reason": "Still unsure."}, button=SAVE)
    assert "Failed" in page.main
    assert assessments(world)[-1] == ("abilities", 2, "not_yet", None)
    (first, second) = world.results(booking)
    assert (first.ended_as, second.ended_as, second.reassess_by) == (None, "failed", None)
    page = lead.fill({"abilities": "passed", "reason": "A third time."}, button=SAVE)
    assert "Abilities can be assessed 2 times, and was. They take the course again." in page.errors


def test_a_correction_replaces_what_it_corrects_and_says_why(world: World, lead: Browserlike) -> None:
    booking = world.attended("Ann Lee")
    lead.get(f"/training/bookings/{booking.id}")
    lead.fill(ALL_PASSED, button=SAVE)
    wrong = {"abilities": "not_yet", "reason": "Ben's line."}
    assert "passed already" in lead.fill(wrong, button=SAVE).errors[0]
    page = lead.fill({"what": "correction"}, button=SAVE)
    assert "Replaced" in page.main
    first = world.store.one(
        select(PartAssessment).where(PartAssessment.part == "abilities", PartAssessment.reason == "")
    )
    assert assessments(world)[-1] == ("abilities", 1, "not_yet", first.id)
    page = lead.fill({"abilities": "not_assessed", "what": "correction", "reason": "No."}, button=SAVE)
    assert page.errors == ["Abilities was assessed, and that stays on record. Correct what it came to instead."]
    with pytest.raises(DatabaseError):
        world.store.sql("UPDATE part_assessment SET result = 'passed'")


def test_a_mark_decides_where_the_course_has_one(world: World, lead: Browserlike, clock: Clock) -> None:
    with world.store.session() as session:
        course = training.course(session, understanding_mark=60)
        event = training.event(session, course, first=world.event.starts_on, title="With a paper")
    booking = world.booked("Ann Lee", on=event, present=(True, True, True))
    page = lead.get(f"/training/bookings/{booking.id}")
    assert "The pass mark is 60%." in page.main
    parts = {"understanding_mark": "59", "competencies": "passed", "abilities": "passed"}
    assert "Not passed yet" in lead.fill(parts, button=SAVE).main
    page = lead.fill({"understanding_mark": "60", "reason": "Sat it again."}, button=SAVE)
    assert "Passed, to certify" in page.main
    assert "60% (pass mark 60%)" in page.main


@pytest.mark.parametrize(
    ("how", "present", "error"),
    [
        pytest.param("withdrawn", (True, False, False), "", id="withdrew"),
        pytest.param("absent", (False, False, False), "", id="never came"),
        pytest.param("absent", (True, False, False), "By the roll Ann Lee was there on a day.", id="was there"),
    ],
)
def test_what_ended_otherwise_is_said(
    world: World, lead: Browserlike, how: str, present: tuple[bool, ...], error: str
) -> None:
    booking = world.booked("Ann Lee", present=present)
    lead.get(f"/training/bookings/{booking.id}")
    page = lead.fill({"how": how, "why": "Wrote on Monday."}, button="Record how it ended")
    assert bool(page.errors) is bool(error)
    assert not error or error in page.errors[0]
    assert world.store.count(CourseResult, CourseResult.ended_as == how) == (not error)
    if not error:
        assert {"withdrawn": "Withdrew", "absent": "Absent"}[how] in page.main
        assert {"withdrawn": "Withdrew", "absent": "Absent"}[how] in lead.get(f"/training/events/{world.event.id}").main


def test_a_pass_is_not_ended_otherwise(world: World, lead: Browserlike) -> None:
    booking = world.attended("Ann Lee")
    page = lead.get(f"/training/bookings/{booking.id}")
    with world.store.session() as session:
        training.result(session, session.get_one(Booking, booking.id), by=world.trainer)
    page = lead.fill({"how": "failed", "why": "x"}, page=page, button="Record how it ended")
    assert page.errors == ["Ann Lee has passed. If that is an error, correct the result first."]
    assert world.results(booking)[-1].recorded_on == LAST_DAY
