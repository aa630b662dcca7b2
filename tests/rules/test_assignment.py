"""Who may be assigned to a group for which days, how an assignment ends, and that every reason is said at once."""

from datetime import date

import pytest

from selection.rules.assignment import (
    GroupFacts,
    reasons_against_assignment,
    reasons_against_cancelling,
    reasons_against_last_day,
)
from selection.rules.supervision import GroupState
from selection.rules.validity import Span
from tests.rules.group_facts import (
    ALL,
    ANN,
    DORA,
    FINN,
    FIRST,
    FROM_JUNE,
    JULY,
    LAST,
    MAY,
    TILL_MAY,
    TODAY,
    TOM,
    group,
    on,
    under,
)
from tests.rules.path_facts import days, person, right, suspended, three
from tests.rules.selection_facts import codes

READY = person(steps=three(), rights=(right(),))


@pytest.mark.parametrize(
    ("of", "wanted", "expected"),
    [
        pytest.param(group(under(TOM)), ALL, [], id="every day of the group"),
        pytest.param(group(under(TOM)), days(LAST, LAST), [], id="its last day alone"),
        pytest.param(group(under(TOM, TILL_MAY), under(DORA, FROM_JUNE)), ALL, [], id="over a handover"),
        pytest.param(group(under(TOM), placed=(on(FINN),)), ALL, [], id="beside somebody else"),
        pytest.param(group(under(TOM), placed=(on(ANN, MAY),)), FROM_JUNE, [], id="after an earlier spell of theirs"),
        pytest.param(group(under(TOM, TILL_MAY), under(ANN, FROM_JUNE)), TILL_MAY, [], id="before they supervise"),
        pytest.param(group(under(TOM)), days(LAST, FIRST), ["days.order"], id="the wrong way round"),
        pytest.param(group(state=GroupState.PLANNED), ALL, ["group.not_open", "supervision.gap"], id="planned"),
        pytest.param(group(under(TOM, TILL_MAY), state=GroupState.HALTED), MAY, ["group.not_open"], id="halted"),
        pytest.param(group(under(TOM), state=GroupState.CLOSED), ALL, ["group.not_open"], id="closed"),
        pytest.param(
            group(under(TOM)),
            days(date(2027, 4, 11), LAST),
            ["days.past", "days.outside_group", "supervision.gap"],
            id="past",
        ),
        pytest.param(
            group(under(TOM)),
            days(FIRST, date(2027, 7, 31)),
            ["days.outside_group", "supervision.gap"],
            id="a day too long",
        ),
        pytest.param(
            group(under(TOM, TILL_MAY), under(ANN, FROM_JUNE)), ALL, ["supervision.own"], id="under themselves"
        ),
        pytest.param(group(under(TOM), placed=(on(ANN, MAY),)), ALL, ["assignment.already"], id="twice"),
        pytest.param(
            group(under(TOM), placed=(on(ANN, days(LAST, LAST)),)), JULY, ["assignment.already"], id="twice on one day"
        ),
    ],
)
def test_the_days_and_the_group(of: GroupFacts, wanted: Span, expected: list[str]) -> None:
    assert codes(reasons_against_assignment(READY, of, wanted, today=TODAY)) == expected


def test_every_reason_is_said_at_once() -> None:
    somebody = person(steps=three()[:1], stops=(suspended(MAY),))
    of = group(under(ANN), state=GroupState.HALTED)
    assert codes(reasons_against_assignment(somebody, of, ALL, today=date(2027, 5, 4))) == [
        "group.not_open",
        "days.past",
        "person.suspended",
        "fundamental.missing",
        "programme.missing",
        "supervision.own",
    ]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        pytest.param(days(date(2027, 4, 30), LAST), "starts_on", id="begins before the group"),
        pytest.param(days(FIRST, date(2027, 8, 1)), "ends_on", id="ends after it"),
    ],
)
def test_days_outside_the_group_are_said_at_their_field(wanted: Span, field: str) -> None:
    found = reasons_against_assignment(READY, group(under(TOM)), wanted, today=TODAY)
    assert [reason.field for reason in found if reason.code == "days.outside_group"] == [field]


RUNNING = date(2027, 6, 15)


@pytest.mark.parametrize(
    ("stay", "last", "expected"),
    [
        pytest.param(ALL, date(2027, 6, 30), [], id="earlier"),
        pytest.param(MAY.shared_with(ALL), date(2027, 6, 30), ["assignment.over"], id="over for weeks"),
        pytest.param(days(FIRST, date(2027, 6, 14)), LAST, [], id="later, when it ended yesterday"),
        pytest.param(days(FIRST, date(2027, 6, 13)), LAST, ["assignment.over"], id="later, when it ended before"),
        pytest.param(ALL, date(2027, 6, 14), [], id="yesterday"),
        pytest.param(ALL, date(2027, 6, 13), ["days.past"], id="the day before"),
        pytest.param(ALL, LAST, ["assignment.unchanged"], id="the same"),
        pytest.param(days(RUNNING, LAST), date(2027, 6, 14), ["days.order"], id="before its first day"),
    ],
)
def test_a_new_last_day(stay: Span, last: date, expected: list[str]) -> None:
    assert codes(reasons_against_last_day(stay, last, today=RUNNING)) == expected


@pytest.mark.parametrize(("last", "expected"), [(date(2027, 6, 14), ["days.begun"]), (RUNNING, [])])
def test_whoever_was_there_today_stays_until_today(last: date, expected: list[str]) -> None:
    assert codes(reasons_against_last_day(ALL, last, today=RUNNING, begun=True)) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        pytest.param(date(2027, 6, 16), [], id="begins tomorrow"),
        pytest.param(RUNNING, ["assignment.begun"], id="begins today"),
    ],
)
def test_only_what_has_not_begun_is_cancelled(first: date, expected: list[str]) -> None:
    assert codes(reasons_against_cancelling(days(first, LAST), today=RUNNING)) == expected
