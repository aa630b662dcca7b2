"""Booking, attendance and the three-part result: attending is not passing, and nothing is skipped."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.booking import reasons_against_booking, reasons_against_cancelling
from selection.rules.calendar import NO_END
from selection.rules.eligibility import Person
from selection.rules.programmes import Stage
from selection.rules.training import (
    CourseFacts,
    PartResult,
    Result,
    attended_enough,
    certificate_days,
    is_passed,
    reassess_by,
)
from selection.rules.validity import Span
from tests.rules.path_facts import CSOGP, OTHER, days, deselected, person, step, suspended
from tests.rules.selection_facts import codes

TODAY = date(2027, 3, 15)
PASSED, NOT_YET, NOT_ASSESSED = PartResult

FUNDAMENTAL = CourseFacts(
    stage=Stage.FUNDAMENTAL,
    programme_id=None,
    attendance_percent=80,
    valid_months=36,
    months_after_step_before=12,
    reassess_months=3,
)
PROGRAMME = replace(FUNDAMENTAL, stage=Stage.PROGRAMME, programme_id=CSOGP, months_after_step_before=18)
EVENT = days(date(2027, 5, 3), date(2027, 5, 7))

SELECTED = step(Stage.SELECTION, days(date(2026, 9, 1)), id=41)
TRAINED = step(Stage.FUNDAMENTAL, days(date(2026, 9, 1), date(2029, 8, 31)))


@pytest.mark.parametrize(
    ("present", "held", "percent", "expected"),
    [
        pytest.param(4, 5, 80, True, id="exactly the share"),
        pytest.param(3, 5, 80, False, id="a day short"),
        pytest.param(5, 5, 100, True, id="every day"),
        pytest.param(9, 10, 100, False, id="all but one where every day is asked for"),
        pytest.param(2, 3, 67, False, id="two thirds are not 67 percent"),
        pytest.param(2, 3, 66, True, id="two thirds are more than 66 percent"),
        pytest.param(0, 5, 0, True, id="no share asked for"),
        pytest.param(0, 0, 0, False, id="no day held"),
        pytest.param(1, 1, 100, True, id="an event of one day"),
    ],
)
def test_attended_enough(present: int, held: int, percent: int, expected: bool) -> None:
    result = Result(understanding=PASSED, competencies=PASSED, abilities=PASSED, days_present=present, days_held=held)
    assert attended_enough(result, replace(FUNDAMENTAL, attendance_percent=percent)) is expected


@pytest.mark.parametrize("parts", list(product(PartResult, repeat=3)))
@pytest.mark.parametrize("present", [5, 4, 3, 0])
def test_passed_needs_all_three_parts_and_the_attendance(parts: tuple[PartResult, ...], present: int) -> None:
    understanding, competencies, abilities = parts
    result = Result(
        understanding=understanding, competencies=competencies, abilities=abilities, days_present=present, days_held=5
    )
    assert is_passed(result, FUNDAMENTAL) is (parts == (PASSED, PASSED, PASSED) and present >= 4)


@pytest.mark.parametrize(
    ("passed_on", "months", "last"),
    [
        pytest.param(date(2027, 5, 7), 36, date(2030, 5, 6), id="the eve of the anniversary"),
        pytest.param(date(2028, 2, 29), 12, date(2029, 2, 27), id="from a leap day"),
        pytest.param(date(2027, 8, 31), 6, date(2028, 2, 28), id="to a month that is shorter"),
        pytest.param(date(2027, 1, 1), 12, date(2027, 12, 31), id="a calendar year"),
    ],
)
def test_certificate_days(passed_on: date, months: int, last: date) -> None:
    course = replace(FUNDAMENTAL, valid_months=months)
    assert certificate_days(course, passed_on=passed_on) == Span(first=passed_on, last=last)


@pytest.mark.parametrize(
    ("recorded_on", "months", "expected"),
    [
        pytest.param(date(2027, 5, 7), 3, date(2027, 8, 7), id="three months on"),
        pytest.param(date(2027, 11, 30), 3, date(2028, 2, 29), id="to the end of a shorter month"),
        pytest.param(date(2027, 5, 7), 0, date(2027, 5, 7), id="no time at all"),
    ],
)
def test_reassess_by(recorded_on: date, months: int, expected: date) -> None:
    assert reassess_by(replace(FUNDAMENTAL, reassess_months=months), recorded_on=recorded_on) == expected


@pytest.mark.parametrize(
    ("who", "course", "event", "expected"),
    [
        pytest.param(person(steps=(SELECTED,)), FUNDAMENTAL, EVENT, [], id="selected: fundamental training"),
        pytest.param(person(steps=(TRAINED,)), PROGRAMME, EVENT, [], id="trained: programme training"),
        pytest.param(person(), FUNDAMENTAL, EVENT, ["selection.missing"], id="not selected"),
        pytest.param(person(steps=(TRAINED,)), FUNDAMENTAL, EVENT, ["selection.missing"], id="trained, not selected"),
        pytest.param(person(steps=(SELECTED,)), PROGRAMME, EVENT, ["fundamental.missing"], id="a step skipped"),
        pytest.param(
            person(steps=(SELECTED, step(Stage.PROGRAMME))), PROGRAMME, EVENT, ["fundamental.missing"], id="two for one"
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2026, 9, 1), date(2026, 8, 31))),)),
            FUNDAMENTAL,
            EVENT,
            ["selection.missing"],
            id="withdrawn before it began",
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2026, 9, 1), date(2027, 5, 2))),)),
            FUNDAMENTAL,
            EVENT,
            ["selection.not_valid"],
            id="ends on the eve of the event",
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2026, 9, 1), date(2027, 5, 3))),)),
            FUNDAMENTAL,
            EVENT,
            [],
            id="ends on the first day: that day is what counts",
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2026, 5, 4))),)),
            FUNDAMENTAL,
            EVENT,
            [],
            id="the last day of the twelve months",
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2026, 5, 3))),)),
            FUNDAMENTAL,
            EVENT,
            ["selection.not_valid"],
            id="the day after them",
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2027, 5, 4))),)),
            FUNDAMENTAL,
            EVENT,
            ["selection.not_valid"],
            id="passed on the second day",
        ),
        pytest.param(
            person(steps=(step(Stage.SELECTION, days(date(2024, 1, 1))), SELECTED)),
            FUNDAMENTAL,
            EVENT,
            [],
            id="an old pass and a new one",
        ),
        pytest.param(
            person(steps=(step(Stage.FUNDAMENTAL, days(date(2025, 11, 3), date(2028, 11, 2))),)),
            PROGRAMME,
            EVENT,
            ["fundamental.not_valid"],
            id="fundamental training too long ago for this course",
        ),
        pytest.param(
            person(steps=(SELECTED,)), FUNDAMENTAL, days(date(2027, 3, 8), date(2027, 3, 14)), ["event.over"], id="over"
        ),
        pytest.param(
            person(steps=(SELECTED,)), FUNDAMENTAL, days(date(2027, 3, 8), TODAY), [], id="its last day is today"
        ),
        pytest.param(
            person(steps=(SELECTED,), employed=days(date(2027, 5, 4))),
            FUNDAMENTAL,
            EVENT,
            ["person.not_here"],
            id="joins",
        ),
        pytest.param(
            person(steps=(SELECTED,), employed=days(date(2020, 1, 1), date(2027, 5, 6))),
            FUNDAMENTAL,
            EVENT,
            ["person.not_here"],
            id="leaves before the last day",
        ),
        pytest.param(
            person(steps=(SELECTED,), employed=EVENT), FUNDAMENTAL, EVENT, [], id="employed for just those days"
        ),
        pytest.param(
            person(steps=(SELECTED,), stops=(suspended(days(date(2027, 5, 7))),)),
            FUNDAMENTAL,
            EVENT,
            ["person.suspension"],
            id="suspended on the last day",
        ),
        pytest.param(
            person(steps=(SELECTED,), stops=(suspended(days(date(2027, 1, 1), date(2027, 5, 2))),)),
            FUNDAMENTAL,
            EVENT,
            [],
            id="suspended until the eve",
        ),
        pytest.param(
            person(steps=(SELECTED,), stops=(suspended(EVENT, CSOGP),)),
            FUNDAMENTAL,
            EVENT,
            [],
            id="suspended on one programme only",
        ),
        pytest.param(
            person(steps=(TRAINED,), stops=(suspended(EVENT, CSOGP), suspended(EVENT, OTHER))),
            PROGRAMME,
            EVENT,
            ["person.suspension"],
            id="suspended on this programme",
        ),
        pytest.param(
            person(stops=(deselected(date(2027, 1, 1)),), employed=days(date(2027, 1, 1), date(2027, 2, 1))),
            FUNDAMENTAL,
            days(date(2027, 1, 4), date(2027, 2, 2)),
            ["event.over", "person.not_here", "person.deselection", "selection.missing"],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_booking(who: Person, course: CourseFacts, event: Span, expected: list[str]) -> None:
    assert codes(reasons_against_booking(who, course, event, pass_months={}, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("pass_months", "course_months", "first_day", "expected"),
    [
        pytest.param({41: 6}, 12, date(2027, 2, 28), [], id="the standard's six months, last day"),
        pytest.param({41: 6}, 12, date(2027, 3, 1), ["selection.not_valid"], id="the day after them"),
        pytest.param({41: 24}, 12, date(2027, 8, 31), [], id="the course's twelve months, last day"),
        pytest.param({41: 24}, 12, date(2027, 9, 1), ["selection.not_valid"], id="the day after those"),
        pytest.param({41: 24}, 36, date(2028, 8, 31), [], id="the standard's twenty-four, last day"),
        pytest.param({41: 24}, 36, date(2028, 9, 1), ["selection.not_valid"], id="the day after the twenty-four"),
        pytest.param({}, 36, date(2028, 8, 31), [], id="a recognition serves twenty-four months"),
        pytest.param({}, 36, date(2028, 9, 1), ["selection.not_valid"], id="and no longer"),
        pytest.param({99: 1}, 12, date(2027, 8, 31), [], id="another certificate's period does not matter"),
    ],
)
def test_the_shorter_of_both_periods_holds(
    pass_months: dict[int, int], course_months: int, first_day: date, expected: list[str]
) -> None:
    course = replace(FUNDAMENTAL, months_after_step_before=course_months)
    reasons = reasons_against_booking(
        person(steps=(SELECTED,)), course, days(first_day, first_day), pass_months=pass_months, today=date(2027, 1, 1)
    )
    assert codes(reasons) == expected


def test_each_pass_has_the_period_of_its_own_standard() -> None:
    who = person(steps=(SELECTED, step(Stage.SELECTION, days(date(2026, 11, 1)), id=42)))
    event = days(date(2027, 5, 3), date(2027, 5, 3))
    for pass_months, expected in [
        ({41: 6, 42: 6}, ["selection.not_valid"]),
        ({41: 6, 42: 12}, []),
        ({41: 12, 42: 6}, []),
    ]:
        reasons = reasons_against_booking(who, FUNDAMENTAL, event, pass_months=pass_months, today=TODAY)
        assert codes(reasons) == expected


def test_a_reason_says_from_when_to_when_a_pass_serves() -> None:
    (reason,) = reasons_against_booking(
        person(steps=(SELECTED,)), FUNDAMENTAL, days(date(2027, 9, 1), date(2027, 9, 3)), pass_months={}, today=TODAY
    )
    assert reason.message == (
        "Ann Lee's pass of selection at an assessment centre serves to book from 1 September 2026 to 31 August 2027,"
        " and the event begins on 1 September 2027."
    )
    assert reason.remedy
    assert reason.earliest is None


def test_a_pass_to_come_gives_the_earliest_day() -> None:
    who = person(steps=(step(Stage.SELECTION, days(date(2027, 6, 1))),))
    (reason,) = reasons_against_booking(who, FUNDAMENTAL, EVENT, pass_months={}, today=TODAY)
    assert reason.earliest == date(2027, 6, 1)


@given(
    present=st.integers(min_value=0, max_value=60),
    held=st.integers(min_value=1, max_value=60),
    percent=st.integers(min_value=0, max_value=100),
)
def test_one_more_day_never_turns_enough_into_too_little(present: int, held: int, percent: int) -> None:
    course = replace(FUNDAMENTAL, attendance_percent=percent)
    result = Result(
        understanding=PASSED, competencies=PASSED, abilities=NOT_ASSESSED, days_present=present, days_held=held
    )
    if attended_enough(result, course):
        assert attended_enough(replace(result, days_present=present + 1), course)
    assert not is_passed(result, course)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=1, max_value=120))
def test_a_certificate_is_valid_from_the_day_of_the_pass_and_ends(passed_on: date, months: int) -> None:
    span = certificate_days(replace(FUNDAMENTAL, valid_months=months), passed_on=passed_on)
    assert span.first == passed_on
    assert passed_on < span.last < NO_END


@pytest.mark.parametrize(
    ("has_result", "today", "expected"),
    [
        pytest.param(False, EVENT.last, [], id="on the last day"),
        pytest.param(False, date(2027, 5, 8), ["event.over"], id="the day after it"),
        pytest.param(True, EVENT.last, ["booking.has_result"], id="with a result"),
        pytest.param(True, date(2027, 5, 8), ["booking.has_result", "event.over"], id="both"),
    ],
)
def test_reasons_against_cancelling(has_result: bool, today: date, expected: list[str]) -> None:
    assert codes(reasons_against_cancelling(EVENT, has_result=has_result, today=today)) == expected


def test_what_a_course_takes_unless_it_says_otherwise() -> None:
    assert (FUNDAMENTAL.attempts, FUNDAMENTAL.recognised_pass_months, FUNDAMENTAL.prerequisites) == (2, 24, ())
