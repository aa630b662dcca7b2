"""When a group may be planned, changed and closed."""

from datetime import date

import pytest

from selection.rules.groups import (
    Run,
    Sizes,
    reasons_against_change,
    reasons_against_closing,
    reasons_against_planning,
)
from selection.rules.supervision import GroupState
from selection.rules.validity import Span
from tests.rules.group_facts import ALL, FIRST, LAST, TODAY
from tests.rules.path_facts import days
from tests.rules.selection_facts import codes

SIZES = Sizes(least=8, most=10)
PLANNED, OPEN, HALTED, CLOSED = GroupState


@pytest.mark.parametrize(
    ("wanted", "size", "expected"),
    [
        pytest.param(ALL, 8, [], id="the smallest"),
        pytest.param(ALL, 10, [], id="the largest"),
        pytest.param(days(TODAY, TODAY), 9, [], id="today alone"),
        pytest.param(ALL, 7, ["group.size"], id="too small"),
        pytest.param(ALL, 11, ["group.size"], id="too large"),
        pytest.param(days(LAST, FIRST), 9, ["days.order"], id="the wrong way round"),
        pytest.param(days(date(2027, 4, 11), LAST), 9, ["days.past"], id="yesterday"),
        pytest.param(
            days(date(2027, 4, 11), date(2027, 4, 10)), 0, ["group.size", "days.order", "days.past"], id="all"
        ),
    ],
)
def test_planning(wanted: Span, size: int, expected: list[str]) -> None:
    assert codes(reasons_against_planning(wanted, size=size, sizes=SIZES, today=TODAY)) == expected


RUNNING = date(2027, 6, 15)
LATER = days(date(2027, 5, 10), LAST)


@pytest.mark.parametrize(
    ("state", "wanted", "today", "expected"),
    [
        pytest.param(OPEN, ALL, RUNNING, [], id="nothing of the days"),
        pytest.param(OPEN, days(FIRST, date(2027, 9, 1)), RUNNING, [], id="longer"),
        pytest.param(OPEN, days(FIRST, RUNNING), RUNNING, [], id="until today"),
        pytest.param(OPEN, days(FIRST, date(2027, 6, 14)), RUNNING, ["days.past"], id="until yesterday"),
        pytest.param(OPEN, LATER, RUNNING, ["group.begun"], id="the first day of a group that began"),
        pytest.param(OPEN, LATER, FIRST, ["group.begun"], id="the first day on the first day"),
        pytest.param(OPEN, LATER, TODAY, [], id="the first day of one to come"),
        pytest.param(OPEN, days(date(2027, 4, 11), LAST), TODAY, ["days.past"], id="the first day to the past"),
        pytest.param(PLANNED, days(RUNNING, LAST), RUNNING, [], id="the first day of one that never opened"),
        pytest.param(HALTED, LATER, RUNNING, ["group.begun"], id="halted"),
        pytest.param(OPEN, days(LAST, FIRST), TODAY, ["days.order"], id="the wrong way round"),
        pytest.param(CLOSED, ALL, RUNNING, ["group.closed"], id="closed"),
    ],
)
def test_changing_days(state: GroupState, wanted: Span, today: date, expected: list[str]) -> None:
    run = Run(state=state, days=ALL, supervised_to=LAST)
    assert codes(reasons_against_change(run, wanted, size=9, sizes=SIZES, today=today)) == expected


def test_the_size_is_held_when_changing_too() -> None:
    run = Run(state=OPEN, days=ALL, supervised_to=LAST)
    assert codes(reasons_against_change(run, ALL, size=11, sizes=SIZES, today=TODAY)) == ["group.size"]


@pytest.mark.parametrize(
    ("state", "supervised_to", "today", "expected"),
    [
        pytest.param(OPEN, LAST, date(2027, 7, 31), [], id="the day after"),
        pytest.param(OPEN, LAST, LAST, ["group.running"], id="on its last day"),
        pytest.param(HALTED, date(2027, 6, 14), RUNNING, [], id="halted yesterday"),
        pytest.param(HALTED, RUNNING, RUNNING, ["group.running"], id="halted from tomorrow"),
        pytest.param(HALTED, None, TODAY, [], id="halted before it began"),
        pytest.param(PLANNED, None, TODAY, [], id="only planned"),
        pytest.param(CLOSED, LAST, date(2027, 8, 1), ["group.closed"], id="closed already"),
    ],
)
def test_closing(state: GroupState, supervised_to: date | None, today: date, expected: list[str]) -> None:
    assert (
        codes(reasons_against_closing(Run(state=state, days=ALL, supervised_to=supervised_to), today=today)) == expected
    )
