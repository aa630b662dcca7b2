"""What a refresher, a conversion and a course with prerequisites ask for; and when one can cancel or wait."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.booking import reasons_against_booking, reasons_against_cancelling, reasons_against_waiting
from selection.rules.eligibility import Person
from selection.rules.programmes import Stage
from selection.rules.training import CourseFacts, CourseKind, Prerequisite
from tests.rules.path_facts import CSOGP, OTHER, days, person, step
from tests.rules.selection_facts import codes

TODAY = date(2027, 3, 15)
EVENT = days(date(2027, 5, 3), date(2027, 5, 7))
REFRESHER = CourseFacts(
    stage=Stage.PROGRAMME,
    programme_id=CSOGP,
    attendance_percent=80,
    valid_months=36,
    months_after_step_before=6,
    reassess_months=3,
    kind=CourseKind.REFRESHER,
)
CONVERSION = replace(REFRESHER, kind=CourseKind.CONVERSION, from_programme_id=OTHER, from_programme="OTHER")
FUNDAMENTAL = step(Stage.FUNDAMENTAL, days(date(2026, 1, 1), date(2028, 12, 31)))


def trained(first: date, last: date, programme_id: int = CSOGP) -> Person:
    """Somebody with fundamental training and the training of a programme."""
    return person(steps=(FUNDAMENTAL, step(Stage.PROGRAMME, days(first, last), programme_id=programme_id)))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(trained(date(2025, 1, 1), date(2027, 12, 31)), [], id="still valid"),
        pytest.param(trained(date(2023, 11, 3), date(2026, 11, 3)), [], id="ended six months ago to the day"),
        pytest.param(trained(date(2023, 11, 2), date(2026, 11, 2)), ["programme.not_valid"], id="a day longer ago"),
        pytest.param(
            trained(date(2027, 5, 4), date(2030, 5, 3)), ["programme.not_valid"], id="begins after the first day"
        ),
        pytest.param(
            trained(date(2025, 1, 1), date(2027, 12, 31), OTHER), ["programme.missing"], id="another programme"
        ),
        pytest.param(
            trained(date(2025, 1, 1), date(2024, 12, 31)), ["programme.missing"], id="withdrawn before it began"
        ),
        pytest.param(person(), ["programme.missing"], id="nothing to refresh"),
    ],
)
def test_a_refresher_renews_what_is_there_or_has_not_long_ended(who: Person, expected: list[str]) -> None:
    assert codes(reasons_against_booking(who, REFRESHER, EVENT, pass_months={}, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(trained(date(2025, 1, 1), EVENT.first, OTHER), [], id="valid on the first day"),
        pytest.param(trained(date(2025, 1, 1), date(2027, 5, 2), OTHER), ["programme.not_valid"], id="ends on the eve"),
        pytest.param(
            trained(date(2025, 1, 1), date(2028, 1, 1)), ["programme.missing"], id="trained in the target alone"
        ),
        pytest.param(
            person(steps=(step(Stage.PROGRAMME, EVENT, programme_id=OTHER),)),
            ["fundamental.missing"],
            id="without fundamental training",
        ),
        pytest.param(person(), ["fundamental.missing", "programme.missing"], id="nothing to build on"),
    ],
)
def test_a_conversion_builds_on_the_other_programme(who: Person, expected: list[str]) -> None:
    assert codes(reasons_against_booking(who, CONVERSION, EVENT, pass_months={}, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        pytest.param({}, ["prerequisite.missing"], id="never"),
        pytest.param({9: [date(2027, 5, 3)]}, [], id="on the first day"),
        pytest.param({9: [date(2027, 5, 4)]}, ["prerequisite.missing"], id="a day late"),
        pytest.param({8: [date(2026, 1, 1)]}, ["prerequisite.missing"], id="another course"),
    ],
)
def test_other_courses_come_first_where_they_are_asked_for(passed: dict[int, list[date]], expected: list[str]) -> None:
    course = replace(REFRESHER, prerequisites=(Prerequisite(course_id=9, title="Risk assessment"),))
    who = trained(date(2025, 1, 1), date(2027, 12, 31))
    assert codes(reasons_against_booking(who, course, EVENT, pass_months={}, passed=passed, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("today", "oneself", "expected"),
    [
        pytest.param(date(2027, 5, 2), True, [], id="on the eve"),
        pytest.param(date(2027, 5, 3), True, ["event.begun"], id="on the first day"),
        pytest.param(date(2027, 5, 3), False, [], id="a training lead on the first day"),
        pytest.param(date(2027, 5, 8), True, ["event.over"], id="afterwards"),
    ],
)
def test_cancelling_oneself_ends_when_the_event_begins(today: date, oneself: bool, expected: list[str]) -> None:
    assert codes(reasons_against_cancelling(EVENT, has_result=False, today=today, oneself=oneself)) == expected


@pytest.mark.parametrize(
    ("free", "waits", "expected"),
    [(0, False, []), (1, False, ["waiting.needless"]), (0, True, ["waiting.already"]), (2, True, ["waiting.already"])],
)
def test_nobody_waits_where_a_place_is_free_or_twice(free: int, waits: bool, expected: list[str]) -> None:
    assert codes(reasons_against_waiting("Ann", free=free, waits=waits)) == expected
