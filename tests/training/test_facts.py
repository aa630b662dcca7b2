"""Facts of training in raw SQL: what the pages would never write, the tables do not take either."""

from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from selection.models.authorisations import Certificate
from selection.models.training import Booking, CourseResult
from tests.factories import programmes, training
from tests.factories.training import MONDAY
from tests.store import Store
from tests.training.conftest import LAST_DAY, World

RESULT = (
    "INSERT INTO course_result (booking_id, staff_id, course_id, stage, programme_id, understanding, competencies,"
    " abilities, attended_enough, passed, note, reassess_by, recorded_by_id, recorded_on, recorded_at)"
    " VALUES (:booking_id, :staff_id, :course_id, :stage, :programme_id, :understanding, :competencies, :abilities,"
    " :attended_enough, :passed, '', NULL, :recorded_by_id, '2027-04-07', '2027-04-07 12:00:00')"
)
CERTIFICATE = (
    "INSERT INTO certificate (number, staff_id, stage, programme_id, valid_from, valid_to, issued_at, issued_by_id,"
    " result_id, result_passed, withdrawn_reason, version)"
    " VALUES (:number, :staff_id, :stage, :programme_id, '2027-04-07', '2030-04-06', '2027-04-07 12:00:00',"
    " :issued_by_id, :result_id, :result_passed, '', 1)"
)


def refused(store: Store, statement: str, **values: Any) -> None:
    """Fail unless the database refuses the statement."""
    with pytest.raises(DatabaseError):
        store.sql(statement, **values)


def result_of(world: World, booking: Booking, **change: Any) -> dict[str, Any]:
    """The values of a result that is passed, as far as it is not said otherwise."""
    values = {
        "booking_id": booking.id,
        "staff_id": booking.staff_id,
        "course_id": world.fundamental.id,
        "stage": "fundamental",
        "programme_id": None,
        "understanding": "passed",
        "competencies": "passed",
        "abilities": "passed",
        "attended_enough": True,
        "passed": True,
        "recorded_by_id": world.trainer.id,
    }
    return values | change


def certificate_on(world: World, result: CourseResult, **change: Any) -> dict[str, Any]:
    """The values of the certificate that the result earns, as far as it is not said otherwise."""
    values = {
        "number": f"X-{result.id}",
        "staff_id": result.staff_id,
        "stage": result.stage,
        "programme_id": result.programme_id,
        "issued_by_id": world.lead.id,
        "result_id": result.id,
        "result_passed": True,
    }
    return values | change


SHORT: dict[str, dict[str, Any]] = {
    "understanding not yet": {"understanding": "not_yet"},
    "competencies not assessed": {"competencies": "not_assessed"},
    "abilities not yet": {"abilities": "not_yet"},
    "too little attendance": {"attended_enough": False},
    "a word that is none": {"abilities": "excellent"},
    "another stage than the course's": {"stage": "programme", "programme_id": 1},
    "a programme for fundamental training": {"programme_id": 1},
}


def test_a_passed_result_short_of_something_is_not_stored(world: World) -> None:
    booking = world.booked("Ann Lee")
    for change in SHORT.values():
        refused(world.store, RESULT, **result_of(world, booking, **change))
    assert world.store.count(CourseResult) == 0
    world.store.sql(RESULT, **result_of(world, booking))


def test_a_result_on_somebody_elses_booking_is_not_stored(world: World) -> None:
    ann, ben = world.booked("Ann Lee"), world.booked("Ben Roe")
    refused(world.store, RESULT, **result_of(world, ann, staff_id=ben.staff_id))
    assert world.store.count(CourseResult) == 0


def test_results_are_only_ever_added_to(world: World) -> None:
    booking = world.attended("Ann Lee")
    with world.store.session() as session:
        training.result(session, booking, by=world.trainer, passed=False)
    refused(world.store, "UPDATE course_result SET abilities = 'passed', passed = true")
    refused(world.store, "UPDATE course_result SET note = 'another'")
    refused(world.store, "DELETE FROM course_result")


def test_a_certificate_stands_on_the_persons_own_passed_result_of_its_step_and_programme_and_no_other_does(
    world: World,
) -> None:
    with world.store.session() as session:
        other = programmes.programme(session, "OTHER")
        event = training.event(session, session.merge(world.specific), first=MONDAY)
    ann, ben = world.booked("Ann Lee", on=event), world.booked("Ben Roe", on=event)
    with world.store.session() as session:
        failed = training.result(session, ben, by=world.trainer, passed=False, on=LAST_DAY)
        passed = training.result(session, ann, by=world.trainer, on=LAST_DAY)
    attacks: list[tuple[CourseResult, dict[str, Any]]] = [
        (failed, {}),
        (failed, {"result_passed": False}),
        (failed, {"result_passed": None}),
        (passed, {"staff_id": ben.staff_id}),
        (passed, {"programme_id": other.id}),
        (passed, {"programme_id": None}),
        (passed, {"stage": "fundamental", "programme_id": None}),
        (passed, {"stage": "selection", "programme_id": None}),
        (passed, {"result_id": None, "result_passed": None}),
        (passed, {"result_id": 9999}),
    ]
    for result, change in attacks:
        refused(world.store, CERTIFICATE, **certificate_on(world, result, **change))
    before = world.store.count(Certificate)
    world.store.sql(CERTIFICATE, **certificate_on(world, passed))
    refused(world.store, CERTIFICATE, **certificate_on(world, passed, number="X-second"))
    assert world.store.count(Certificate) == before + 1
