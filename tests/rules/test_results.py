"""When a result can be recorded and certified, and what courses, events and recognitions must be."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from selection.rules.courses import (
    MOST_DAYS,
    EventPlan,
    EventSoFar,
    Serves,
    reasons_against_course,
    reasons_against_event,
    reasons_against_number,
    reasons_against_place,
    reasons_against_roll,
    weekdays,
)
from selection.rules.programmes import Stage
from selection.rules.recognition import RecognitionPlan, reasons_against_recognition
from selection.rules.results import (
    Attended,
    Issued,
    Parts,
    Recorded,
    Standing,
    Taking,
    reasons_against_certifying,
    reasons_against_result,
    reassess_until,
    standing,
)
from selection.rules.training import CourseFacts, PartResult
from tests.rules.path_facts import CSOGP, OTHER, days
from tests.rules.selection_facts import codes

PASSED, NOT_YET, NOT_ASSESSED = PartResult
MONDAY = date(2027, 5, 3)
WEEK = tuple(MONDAY + timedelta(days=number) for number in range(5))
FRIDAY = WEEK[-1]
ANN, LEAD = 1, 9

ALL = Parts(understanding=PASSED, competencies=PASSED, abilities=PASSED)
SHORT = replace(ALL, abilities=NOT_YET)
NONE = Parts(understanding=NOT_ASSESSED, competencies=NOT_ASSESSED, abilities=NOT_ASSESSED)
THERE = Attended(held=WEEK, present=dict.fromkeys(WEEK, True))
TAKING = Taking(staff_id=ANN, name="Ann Lee", cancelled=False, attended=THERE, latest=None)
PASS = Recorded(parts=ALL, attended_enough=True, passed=True, recorded_on=FRIDAY, reassess_by=None)
FAIL = Recorded(parts=SHORT, attended_enough=True, passed=False, recorded_on=FRIDAY, reassess_by=date(2027, 8, 7))
COURSE = CourseFacts(
    stage=Stage.FUNDAMENTAL,
    programme_id=None,
    attendance_percent=80,
    valid_months=36,
    months_after_step_before=12,
    reassess_months=3,
)


@pytest.mark.parametrize(
    ("taking", "parts", "reason", "recorder", "today", "expected"),
    [
        pytest.param(TAKING, ALL, "", LEAD, FRIDAY, [], id="on the last day"),
        pytest.param(TAKING, NONE, "", LEAD, FRIDAY, [], id="nothing assessed is a result too"),
        pytest.param(TAKING, ALL, "", None, FRIDAY, ["result.nobody"], id="by who is nobody on the register"),
        pytest.param(TAKING, ALL, "", ANN, FRIDAY, ["result.own"], id="one's own"),
        pytest.param(TAKING, ALL, "", LEAD, WEEK[3], ["event.not_over"], id="the day before the last"),
        pytest.param(replace(TAKING, cancelled=True), ALL, "", LEAD, FRIDAY, ["booking.cancelled"], id="cancelled"),
        pytest.param(
            replace(TAKING, attended=Attended(held=WEEK, present=dict.fromkeys(WEEK[:4], True))),
            ALL,
            "",
            LEAD,
            FRIDAY,
            ["roll.incomplete"],
            id="no roll on the last day",
        ),
        pytest.param(
            replace(TAKING, attended=Attended(held=WEEK, present=dict.fromkeys(WEEK, False))),
            NONE,
            "",
            LEAD,
            FRIDAY,
            [],
            id="absent is an answer",
        ),
        pytest.param(replace(TAKING, latest=PASS), SHORT, " ", LEAD, FRIDAY, ["reason.missing"], id="without a reason"),
        pytest.param(
            replace(TAKING, latest=PASS), SHORT, "Wrong line", LEAD, date(2028, 1, 1), [], id="an error put right"
        ),
        pytest.param(
            replace(TAKING, latest=FAIL), ALL, "Again", LEAD, date(2027, 8, 7), [], id="again on the last possible day"
        ),
        pytest.param(
            replace(TAKING, latest=FAIL), ALL, "Again", LEAD, date(2027, 8, 8), ["result.too_late"], id="a day too late"
        ),
        pytest.param(
            replace(TAKING, latest=FAIL), SHORT, "Again", LEAD, date(2027, 8, 8), [], id="late, and still not passed"
        ),
        pytest.param(
            replace(TAKING, latest=replace(FAIL, parts=NONE)),
            ALL,
            "Again",
            LEAD,
            date(2027, 8, 8),
            ["result.too_late"] * 3,
            id="every part too late",
        ),
        pytest.param(
            replace(TAKING, cancelled=True, attended=Attended(held=WEEK, present={}), latest=FAIL),
            ALL,
            "",
            ANN,
            date(2027, 8, 8),
            ["result.own", "booking.cancelled", "roll.incomplete", "reason.missing", "result.too_late"],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_result(
    taking: Taking, parts: Parts, reason: str, recorder: int | None, today: date, expected: list[str]
) -> None:
    assert codes(reasons_against_result(taking, parts, reason=reason, recorder_id=recorder, today=today)) == expected


def test_a_missing_roll_says_which_day_and_how_many_more() -> None:
    taking = replace(TAKING, attended=Attended(held=WEEK, present={WEEK[0]: True}))
    (reason,) = reasons_against_result(taking, ALL, reason="", recorder_id=LEAD, today=FRIDAY)
    assert reason.message == "The roll was not taken for Ann Lee on 4 May 2027 and 3 more."


@pytest.mark.parametrize(
    ("latest", "parts", "today", "expected"),
    [
        pytest.param(None, ALL, FRIDAY, None, id="passed"),
        pytest.param(None, SHORT, FRIDAY, date(2027, 8, 7), id="a part not yet"),
        pytest.param(None, NONE, FRIDAY, date(2027, 8, 7), id="not assessed is open as well"),
        pytest.param(FAIL, SHORT, date(2027, 7, 1), date(2027, 8, 7), id="failing again gives no more time"),
        pytest.param(FAIL, ALL, date(2027, 7, 1), None, id="passed the second time"),
        pytest.param(PASS, SHORT, date(2027, 7, 1), date(2027, 10, 1), id="a pass that was an error"),
    ],
)
def test_reassess_until(latest: Recorded | None, parts: Parts, today: date, expected: date | None) -> None:
    assert reassess_until(replace(TAKING, latest=latest), parts, COURSE, today=today) == expected


@pytest.mark.parametrize(
    ("passed", "issued", "expected"),
    [
        pytest.param(None, None, Standing.AWAITED, id="no result"),
        pytest.param(False, None, Standing.NOT_YET, id="not passed"),
        pytest.param(True, None, Standing.PASSED, id="passed"),
        pytest.param(True, Issued(on_latest=True, withdrawn=False), Standing.CERTIFIED, id="certified"),
        pytest.param(True, Issued(on_latest=False, withdrawn=False), Standing.CERTIFIED, id="passed again since"),
        pytest.param(False, Issued(on_latest=False, withdrawn=False), Standing.TO_WITHDRAW, id="corrected since"),
        pytest.param(True, Issued(on_latest=True, withdrawn=True), Standing.WITHDRAWN, id="withdrawn"),
        pytest.param(False, Issued(on_latest=False, withdrawn=True), Standing.NOT_YET, id="corrected and withdrawn"),
        pytest.param(
            True, Issued(on_latest=False, withdrawn=True), Standing.PASSED, id="passed anew after a withdrawal"
        ),
    ],
)
def test_standing(passed: bool | None, issued: Issued | None, expected: Standing) -> None:
    assert standing(passed, issued) == expected


@pytest.mark.parametrize(
    ("came_to", "enough", "certifier", "expected"),
    [
        pytest.param(Standing.PASSED, True, LEAD, [], id="passed"),
        pytest.param(Standing.PASSED, True, ANN, ["certificate.own"], id="one's own"),
        pytest.param(Standing.PASSED, False, LEAD, ["roll.changed"], id="the roll says otherwise by now"),
        pytest.param(Standing.NOT_YET, True, LEAD, ["result.not_passed"], id="not passed"),
        pytest.param(Standing.AWAITED, True, LEAD, ["result.not_passed"], id="no result"),
        pytest.param(Standing.TO_WITHDRAW, True, LEAD, ["result.not_passed"], id="corrected since"),
        pytest.param(Standing.WITHDRAWN, True, LEAD, ["certificate.withdrawn"], id="withdrawn"),
        pytest.param(Standing.NOT_YET, False, ANN, ["certificate.own", "result.not_passed"], id="own and not passed"),
    ],
)
def test_reasons_against_certifying(came_to: Standing, enough: bool, certifier: int, expected: list[str]) -> None:
    reasons = reasons_against_certifying(ANN, "Ann Lee", came_to, enough_now=enough, certifier_id=certifier)
    assert codes(reasons) == expected


FOR_ALL = Serves(stage=Stage.FUNDAMENTAL, programme_id=None)
FOR_ONE = Serves(stage=Stage.PROGRAMME, programme_id=CSOGP)


@pytest.mark.parametrize(
    ("wanted", "now", "has_events", "expected"),
    [
        pytest.param(FOR_ALL, None, False, [], id="fundamental"),
        pytest.param(FOR_ONE, None, False, [], id="of a programme"),
        pytest.param(replace(FOR_ONE, programme_id=None), None, False, ["course.programme_missing"], id="of none"),
        pytest.param(replace(FOR_ALL, programme_id=CSOGP), None, False, ["course.programme_needless"], id="needless"),
        pytest.param(FOR_ONE, FOR_ALL, False, [], id="changed before its first event"),
        pytest.param(FOR_ONE, FOR_ALL, True, ["course.has_events"], id="changed after it"),
        pytest.param(
            replace(FOR_ONE, programme_id=OTHER), FOR_ONE, True, ["course.has_events"], id="another programme"
        ),
        pytest.param(FOR_ONE, FOR_ONE, True, [], id="as it was"),
    ],
)
def test_reasons_against_course(wanted: Serves, now: Serves | None, has_events: bool, expected: list[str]) -> None:
    assert codes(reasons_against_course(wanted, now=now, has_events=has_events)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(MONDAY, FRIDAY, WEEK, id="a working week"),
        pytest.param(MONDAY, FRIDAY + timedelta(days=2), WEEK, id="the weekend is skipped"),
        pytest.param(FRIDAY, FRIDAY + timedelta(days=3), (FRIDAY, FRIDAY + timedelta(days=3)), id="over a weekend"),
        pytest.param(FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2), (), id="nothing but a weekend"),
        pytest.param(FRIDAY, MONDAY, (), id="the wrong way round"),
    ],
)
def test_weekdays(first: date, last: date, expected: tuple[date, ...]) -> None:
    assert weekdays(days(first, last)) == expected
    assert weekdays(days(first, last), {first, last}) == tuple(day for day in expected if day not in (first, last))


PLAN = EventPlan(days=WEEK, places=12, trainers=frozenset({7}))
NEW = EventSoFar(booked={})
BOOKED = EventSoFar(days=WEEK, places=2, booked={1: "Ann Lee", 2: "Ben Roe"}, trainers=frozenset({7}))


@pytest.mark.parametrize(
    ("plan", "course_days", "so_far", "today", "expected"),
    [
        pytest.param(PLAN, 5, NEW, MONDAY, [], id="a new event"),
        pytest.param(PLAN, 5, NEW, FRIDAY, [], id="its last day is today"),
        pytest.param(PLAN, 5, NEW, FRIDAY + timedelta(days=1), ["days.past"], id="it is over already"),
        pytest.param(PLAN, 5, BOOKED, date(2028, 1, 1), [], id="days that stay may be past"),
        pytest.param(replace(PLAN, days=()), 5, NEW, MONDAY, ["days.none"], id="no day"),
        pytest.param(replace(PLAN, days=WEEK[:4]), 5, NEW, MONDAY, ["days.too_few"], id="fewer than the course takes"),
        pytest.param(PLAN, 4, NEW, MONDAY, [], id="more than the course takes"),
        pytest.param(
            replace(PLAN, days=weekdays(days(MONDAY, date(2099, 1, 1)))),
            5,
            NEW,
            MONDAY,
            ["days.too_many"],
            id="for years",
        ),
        pytest.param(
            replace(PLAN, days=WEEK[1:]),
            4,
            replace(BOOKED, roll_taken=frozenset(WEEK[:2])),
            MONDAY,
            ["days.roll_taken"],
            id="a day whose roll was taken goes",
        ),
        pytest.param(replace(PLAN, places=2), 5, BOOKED, MONDAY, [], id="as many places as bookings"),
        pytest.param(replace(PLAN, places=1), 5, BOOKED, MONDAY, ["places.too_few"], id="one fewer"),
        pytest.param(
            replace(PLAN, trainers=frozenset({2, 7})), 5, BOOKED, MONDAY, ["trainer.booked"], id="one is booked"
        ),
    ],
)
def test_reasons_against_event(
    plan: EventPlan, course_days: int, so_far: EventSoFar, today: date, expected: list[str]
) -> None:
    assert codes(reasons_against_event(plan, course_days=course_days, so_far=so_far, today=today)) == expected


def test_a_span_of_years_stops_counting_soon() -> None:
    assert len(weekdays(days(MONDAY))) == MOST_DAYS + 1


@pytest.mark.parametrize(
    ("staff_id", "expected"),
    [(1, ["booking.already"]), (7, ["booking.trainer"]), (3, [])],
)
def test_reasons_against_place(staff_id: int, expected: list[str]) -> None:
    assert codes(reasons_against_place(staff_id, "Somebody", BOOKED)) == expected


@pytest.mark.parametrize(
    ("wanted", "places", "message"),
    [
        (0, 2, None),
        (1, 3, None),
        (1, 2, "No place is free, and 1 is wanted."),
        (2, 3, "1 place is free, and 2 are wanted."),
        (4, 5, "3 places are free, and 4 are wanted."),
    ],
)
def test_reasons_against_number(wanted: int, places: int, message: str | None) -> None:
    reasons = reasons_against_number(wanted, places=places, booked=2)
    assert [reason.message for reason in reasons] == ([message] if message else [])


RECOGNITION = RecognitionPlan(
    staff_id=ANN,
    stage=Stage.FUNDAMENTAL,
    programme_id=None,
    evidence="A certificate of another service.",
    reason="The same content.",
    requested_by_id=2,
    days=days(MONDAY, date(2030, 5, 2)),
)


@pytest.mark.parametrize(
    ("plan", "approver", "expected"),
    [
        pytest.param(RECOGNITION, LEAD, [], id="fundamental"),
        pytest.param(replace(RECOGNITION, stage=Stage.SELECTION, days=days(MONDAY)), LEAD, [], id="without an end"),
        pytest.param(replace(RECOGNITION, days=days(MONDAY)), LEAD, ["days.no_end"], id="training without an end"),
        pytest.param(replace(RECOGNITION, requested_by_id=ANN), LEAD, [], id="asked for by the person"),
        pytest.param(RECOGNITION, ANN, ["recognition.own"], id="one's own"),
        pytest.param(RECOGNITION, 2, ["recognition.requester"], id="who asked"),
        pytest.param(
            replace(RECOGNITION, requested_by_id=ANN),
            ANN,
            ["recognition.own", "recognition.requester"],
            id="all in one",
        ),
        pytest.param(RECOGNITION, None, ["recognition.nobody"], id="a login without a person"),
        pytest.param(
            replace(RECOGNITION, stage=Stage.PROGRAMME),
            LEAD,
            ["recognition.programme_missing"],
            id="of which programme",
        ),
        pytest.param(replace(RECOGNITION, programme_id=CSOGP), LEAD, ["recognition.programme_needless"], id="needless"),
        pytest.param(replace(RECOGNITION, evidence=" "), LEAD, ["evidence.missing"], id="no evidence"),
        pytest.param(replace(RECOGNITION, reason=""), LEAD, ["reason.missing"], id="no reason"),
        pytest.param(
            replace(RECOGNITION, days=days(MONDAY - timedelta(days=1), FRIDAY)), LEAD, ["days.past"], id="in the past"
        ),
        pytest.param(replace(RECOGNITION, days=days(FRIDAY, MONDAY)), LEAD, ["days.order"], id="ends before it begins"),
    ],
)
def test_reasons_against_recognition(plan: RecognitionPlan, approver: int | None, expected: list[str]) -> None:
    assert codes(reasons_against_recognition(plan, approver_id=approver, today=MONDAY)) == expected


def test_every_combination_of_parts_is_passed_only_whole() -> None:
    whole = [
        parts
        for parts in product(PartResult, repeat=3)
        if Parts(understanding=parts[0], competencies=parts[1], abilities=parts[2]).all_passed
    ]
    assert whole == [(PASSED, PASSED, PASSED)]


@pytest.mark.parametrize(
    ("taken", "booked", "today", "expected"),
    [
        pytest.param(WEEK, 2, FRIDAY, [], id="every day"),
        pytest.param(WEEK[:1], 2, MONDAY, [], id="the first day, on that day"),
        pytest.param(WEEK[:2], 2, MONDAY, ["roll.coming_day"], id="a day to come"),
        pytest.param((MONDAY - timedelta(days=1),), 2, MONDAY, ["roll.other_day"], id="another day"),
        pytest.param((), 2, MONDAY, ["roll.no_day"], id="no day"),
        pytest.param(WEEK[:1], 0, MONDAY, ["roll.nobody"], id="nobody"),
    ],
)
def test_reasons_against_roll(taken: tuple[date, ...], booked: int, today: date, expected: list[str]) -> None:
    assert codes(reasons_against_roll(taken, WEEK, booked=booked, today=today)) == expected
