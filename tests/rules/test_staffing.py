"""Who is in the room: enough, experienced, by turns, never in two at once, and not on too many groups."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from selection.rules.eligibility import OnGroup, Person
from selection.rules.moving import reasons_against_leaving_behind, reasons_against_schedule
from selection.rules.schedule import ModulePlan, Shift, WeeklySlot, When
from selection.rules.sessions import SessionKind
from selection.rules.staffing import (
    Busy,
    OnTeam,
    Room,
    Staffing,
    is_experienced,
    lacks,
    reasons_against_another_group,
    reasons_against_rooms,
    reasons_against_span,
    shared_out,
)
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span

DAY = date(2027, 4, 5)
LONG_AGO = datetime.combine(date(2026, 1, 1), time(8))
RULES = Staffing()


def one(staff_id: int, *, inside: bool = True, experienced: bool = False, cover: bool = False) -> OnTeam:
    kind = AssignmentKind.COVER if cover else AssignmentKind.REGULAR
    return OnTeam(staff_id=staff_id, name=f"P{staff_id}", kind=kind, in_room=inside, experienced=experienced)


@pytest.mark.parametrize(
    ("team", "codes"),
    [
        pytest.param((), ["room.short"], id="nobody"),
        pytest.param((one(1, experienced=True),), ["room.short"], id="one of two"),
        pytest.param((one(1), one(2)), ["room.inexperienced"], id="nobody with experience"),
        pytest.param((one(1), one(2, experienced=True)), [], id="whole"),
        pytest.param(
            (one(1), one(2), one(3, inside=False, experienced=True)),
            ["room.inexperienced"],
            id="experience outside does not count",
        ),
        pytest.param((one(1, cover=True, experienced=True), one(2)), [], id="cover counts in the room"),
    ],
)
def test_what_a_room_lacks(team: tuple[OnTeam, ...], codes: list[str]) -> None:
    assert [reason.code for reason in lacks(team, RULES)] == codes


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        pytest.param(date(2026, 10, 5), 6, True, id="six months to the day"),
        pytest.param(date(2026, 10, 6), 6, False, id="a day less"),
        pytest.param(None, 6, False, id="never on a group"),
        pytest.param(None, 0, True, id="a service that asks for none"),
    ],
)
def test_experience_is_time_since_the_first_day(first: date | None, months: int, expected: bool) -> None:
    assert is_experienced(first, DAY, months=months) is expected


def rooms(*teams: tuple[OnTeam, ...]) -> list[Room]:
    return [
        Room(session_id=number, day=date(2027, 4, number), starts_at=time(10), ends_at=time(12), team=team)
        for number, team in enumerate(teams, start=1)
    ]


def test_rooms_are_shared_out_by_turns_with_experience_in_each() -> None:
    team = (one(1, inside=False, experienced=True), one(2, inside=False), one(3, inside=False))
    inside = shared_out(rooms(*[team] * 4), RULES, {})
    assert [sorted(each) for each in inside.values()] == [[1, 2], [1, 3], [1, 2], [1, 3]]


def test_who_is_elsewhere_stays_out_and_who_is_in_stays_in() -> None:
    team = (one(1), one(2, inside=False), one(3, inside=False))
    busy = {2: [Busy(day=date(2027, 4, 1), starts_at=time(11, 59), ends_at=time(13), where="X")]}
    inside = shared_out(rooms(team, team), RULES, busy)
    assert [sorted(each) for each in inside.values()] == [[1, 3], [1, 2]]
    (reason,) = reasons_against_rooms(rooms((replace(team[1], in_room=True),)), busy)
    assert reason.message == "P2 is at X on 1 April 2027, 11:59 to 13:00."


@pytest.mark.parametrize(
    ("starts", "ends", "clashes"),
    [
        pytest.param(time(12), time(13), False, id="begins when the other ends"),
        pytest.param(time(9), time(10), False, id="ends when the other begins"),
        pytest.param(time(9), time(10, 1), True, id="a minute in common"),
        pytest.param(time.min, time.max, True, id="a whole day"),
    ],
)
def test_a_clash_is_a_minute_in_common(starts: time, ends: time, clashes: bool) -> None:
    assert Busy(day=DAY, starts_at=starts, ends_at=ends, where="").clashes_with(DAY, time(10), time(12)) is clashes


def spell(group: int, first: date, last: date) -> OnGroup:
    return OnGroup(group_id=group, programme_id=1, reference=f"G{group}", days=Span(first=first, last=last))


APRIL, MAY = Span(first=date(2027, 4, 1), last=date(2027, 4, 30)), Span(first=date(2027, 5, 1), last=date(2027, 5, 31))


@pytest.mark.parametrize(
    ("spells", "refused"),
    [
        pytest.param((), False, id="on none"),
        pytest.param((spell(1, APRIL.first, MAY.last),), False, id="on one"),
        pytest.param((spell(1, APRIL.first, MAY.last), spell(2, MAY.first, MAY.last)), False, id="the second is later"),
        pytest.param((spell(1, APRIL.first, MAY.last), spell(2, APRIL.last, MAY.last)), True, id="a day in common"),
        pytest.param((spell(1, APRIL.first, APRIL.first), spell(2, APRIL.last, MAY.last)), False, id="one after other"),
        pytest.param((spell(1, APRIL.first, MAY.last), spell(9, APRIL.first, MAY.last)), False, id="the group itself"),
    ],
)
def test_nobody_is_on_too_many_groups_at_a_time(spells: tuple[OnGroup, ...], refused: bool) -> None:
    person = Person(staff_id=1, name="Fay", employed=Span(first=date(2020, 1, 1), last=date.max), spells=spells)
    assert bool(reasons_against_another_group(person, 9, APRIL, most=2)) is refused


def test_a_supervisor_of_too_many_groups_takes_a_reason() -> None:
    groups = [("G1", APRIL), ("G2", APRIL)]
    assert [one.code for one in reasons_against_span("Tom", groups, APRIL, most=2, reason=" ")] == ["supervisor.span"]
    assert not reasons_against_span("Tom", groups, APRIL, most=2, reason="Nobody else is there.")
    assert not reasons_against_span("Tom", groups, MAY, most=2, reason="")


def test_a_move_outside_a_spell_names_who_and_why() -> None:
    was, now = (When(day=day, starts_at=time(10), ends_at=time(12)) for day in (APRIL.last, MAY.last))
    shift = Shift(id=7, number=1, module_id=1, title="Induction", kind=SessionKind.REGULAR, was=was, now=now)
    (reason,) = reasons_against_leaving_behind([shift], {7: [1, 2]}, {1: ("Fay", [APRIL]), 2: ("Finn", [APRIL, MAY])})
    assert (
        reason.message
        == "Fay is on the group from 1 April 2027 to 30 April 2027, and Induction would be on 31 May 2027."
    )


@pytest.mark.parametrize(
    ("modules", "slots", "codes"),
    [
        pytest.param("I", "0-10:00", [], id="whole"),
        pytest.param("", "0-10:00", ["modules.none"], id="no module"),
        pytest.param("I", "", ["slots.none"], id="no time"),
        pytest.param("IB", "0-10:00", ["module.separate"], id="a separate group among others"),
        pytest.param("b", "0-10:00", ["module.closed"], id="a closed group that is open"),
        pytest.param("I", "0-10:00 0-12:29", ["slots.overlap"], id="a minute too early"),
        pytest.param("I", "0-10:00 0-12:30", [], id="one after the other"),
        pytest.param("I", "0-22:00", ["slots.late"], id="past midnight"),
    ],
)
def test_reasons_against_a_schedule(modules: str, slots: str, codes: list[str]) -> None:
    known = {
        "I": ModulePlan(module_id=1, title="Induction", sessions=2, minutes=150),
        "B": ModulePlan(module_id=2, title="Better", sessions=2, minutes=150, is_separate=True),
        "b": ModulePlan(module_id=2, title="Better", sessions=2, minutes=150, is_separate=True, is_open=True),
    }
    weekly = [WeeklySlot(weekday=int(word[0]), starts_at=time.fromisoformat(word[2:])) for word in slots.split()]
    found = reasons_against_schedule([known[each] for each in modules], weekly, [], now=LONG_AGO)
    assert [reason.code for reason in found] == codes
