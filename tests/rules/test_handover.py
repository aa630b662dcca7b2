"""Who may supervise a group on which days, and how days pass from one to another."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.assignment import GroupFacts
from selection.rules.eligibility import ActingRole
from selection.rules.handover import (
    cut_by_rights,
    hands_over,
    open_days,
    reasons_against_taking_over,
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
    JUNE,
    LAST,
    MAY,
    TILL_MAY,
    TODAY,
    TOM,
    group,
    on,
    under,
)
from tests.rules.path_facts import appointed, days, person, right, three
from tests.rules.selection_facts import codes

MANAGER = ActingRole.TREATMENT_MANAGER
ANN_MAY = person(steps=three(), appointments=(appointed(),), rights=(right(role=MANAGER),))
PLANNED = GroupState.PLANNED


@pytest.mark.parametrize(
    ("of", "wanted", "expected"),
    [
        pytest.param(group(state=PLANNED), ALL, [], id="the first, for the whole time"),
        pytest.param(group(state=PLANNED), TILL_MAY, [], id="the first of several"),
        pytest.param(group(under(TOM, TILL_MAY), state=PLANNED), FROM_JUNE, [], id="the next"),
        pytest.param(group(under(TOM)), FROM_JUNE, [], id="a handover"),
        pytest.param(group(under(TOM)), JUNE, [], id="a stand-in for a month"),
        pytest.param(
            group(under(TOM, TILL_MAY), state=PLANNED),
            days(date(2027, 5, 1), LAST),
            ["days.outside_group"],
            id="before the group",
        ),
        pytest.param(
            group(under(TOM, TILL_MAY), state=PLANNED), ALL, [], id="over days that somebody has and open ones"
        ),
        pytest.param(group(under(TOM)), days(LAST, FIRST), ["days.order"], id="the wrong way round"),
        pytest.param(group(state=PLANNED), FROM_JUNE, ["supervision.gap"], id="a gap before"),
        pytest.param(group(under(TOM, MAY), state=PLANNED), FROM_JUNE, ["supervision.gap"], id="a gap of a day"),
        pytest.param(group(under(TOM)), days(FIRST, date(2027, 8, 1)), ["days.outside_group"], id="beyond the group"),
        pytest.param(
            group(under(TOM), placed=(on(ANN, JUNE),)), ALL, ["supervision.own"], id="of a group that they deliver"
        ),
        pytest.param(group(under(TOM), placed=(on(ANN, JUNE), on(FINN))), TILL_MAY, [], id="before they deliver it"),
        pytest.param(
            group(under(ANN, TILL_MAY), under(TOM, FROM_JUNE)), MAY, ["supervision.already"], id="what they do already"
        ),
        pytest.param(group(under(ANN, TILL_MAY), under(TOM, FROM_JUNE)), ALL, [], id="more than they do already"),
        pytest.param(group(under(ANN, ALL, ActingRole.DESIGNATED_SUPERVISOR)), ALL, [], id="as something else"),
        pytest.param(group(under(TOM), state=GroupState.CLOSED), ALL, ["group.closed"], id="closed"),
    ],
)
def test_the_days_and_the_group(of: GroupFacts, wanted: Span, expected: list[str]) -> None:
    assert codes(reasons_against_taking_over(ANN_MAY, MANAGER, of, wanted, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("of", "wanted", "expected"),
    [
        pytest.param(group(under(TOM)), FROM_JUNE, ["days.begun"], id="from today"),
        pytest.param(group(under(TOM)), days(date(2027, 6, 2), LAST), [], id="from tomorrow"),
        pytest.param(
            group(under(TOM, TILL_MAY), state=GroupState.HALTED), FROM_JUNE, [], id="from today, under nobody so far"
        ),
    ],
)
def test_what_of_today_has_begun_stays_under_who_supervises_today(
    of: GroupFacts, wanted: Span, expected: list[str]
) -> None:
    found = reasons_against_taking_over(ANN_MAY, MANAGER, of, wanted, today=date(2027, 6, 1), begun=True)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("of", "wanted", "remedy"),
    [
        pytest.param(group(under(TOM)), ALL, "Choose today or a later day.", id="days that somebody had"),
        pytest.param(group(state=PLANNED), ALL, "Move the group's first day.", id="a group that never opened"),
        pytest.param(
            group(under(TOM, days(FIRST, date(2027, 6, 10))), state=GroupState.HALTED),
            days(date(2027, 6, 11), LAST),
            "A group cannot go on after days without a supervisor: close it and plan a new one.",
            id="a group that was halted too long",
        ),
    ],
)
def test_nobody_is_named_for_days_that_are_over(of: GroupFacts, wanted: Span, remedy: str) -> None:
    found = reasons_against_taking_over(ANN_MAY, MANAGER, of, wanted, today=date(2027, 6, 15))
    assert [(reason.code, reason.remedy) for reason in found] == [("days.past", remedy)]


@pytest.mark.parametrize(
    ("who", "role", "expected"),
    [
        pytest.param(
            person(),
            MANAGER,
            ["selection.missing", "fundamental.missing", "programme.missing", "appointment.missing"],
            id="anybody",
        ),
        pytest.param(person(steps=three(), rights=(right(),)), MANAGER, ["appointment.missing"], id="a facilitator"),
        pytest.param(
            ANN_MAY, ActingRole.DESIGNATED_SUPERVISOR, ["appointment.missing"], id="appointed as something else"
        ),
        pytest.param(
            person(steps=three(), appointments=(appointed(MAY),), rights=(right(MAY, MANAGER),)),
            MANAGER,
            ["appointment.missing"],
            id="appointed too short",
        ),
        pytest.param(
            person(steps=three(), appointments=(appointed(),)),
            MANAGER,
            ["authorisation.missing"],
            id="appointed, not authorised",
        ),
    ],
)
def test_who_supervises_is_authorised_to(who: object, role: ActingRole, expected: list[str]) -> None:
    assert codes(reasons_against_taking_over(who, role, group(under(TOM)), ALL, today=TODAY)) == expected  # type: ignore[arg-type]


def test_which_days_are_open() -> None:
    assert open_days(group()) == ALL
    assert open_days(group(under(TOM, TILL_MAY))) == FROM_JUNE
    assert open_days(group(under(TOM))) is None


def test_days_that_somebody_has_are_handed_over() -> None:
    of = group(under(TOM, TILL_MAY))
    assert hands_over(of, days(date(2027, 5, 31), LAST))
    assert not hands_over(of, FROM_JUNE)


def test_links_stand_on_one_authorisation_each() -> None:
    old, new = right(days(date(2027, 1, 1), date(2027, 5, 31)), MANAGER), right(days(date(2027, 6, 1)), MANAGER)
    assert [(link.days, link.right) for link in cut_by_rights(ALL, [new, old])] == [(TILL_MAY, old), (FROM_JUNE, new)]
    assert cut_by_rights(MAY, [new]) == ()


def test_dora_is_not_ann() -> None:
    """Whoever else is on the team stands in nobody's way."""
    of = group(under(DORA), placed=(on(FINN),))
    assert reasons_against_taking_over(ANN_MAY, MANAGER, of, ALL, today=TODAY) == ()


@pytest.mark.parametrize(
    ("lapses", "wanted", "expected"),
    [
        pytest.param(date(2027, 6, 1), FROM_JUNE, [], id="on the day of the handover"),
        pytest.param(date(2027, 5, 31), FROM_JUNE, ["supervision.after_a_lapse"], id="the day before"),
        pytest.param(date(2027, 5, 31), ALL, [], id="nobody begins anew"),
        pytest.param(JUNE.last, JUNE, ["supervision.after_a_lapse"], id="when a stand-in hands back"),
    ],
)
def test_nobody_goes_on_under_another_after_a_lapse(lapses: date, wanted: Span, expected: list[str]) -> None:
    placed = replace(on(FINN), lapses_on=lapses)
    found = reasons_against_taking_over(ANN_MAY, MANAGER, group(under(TOM), placed=(placed,)), wanted, today=TODAY)
    assert codes(found) == expected
