"""What a cell of the skills matrix says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Person, Practised, Right, Step, StopKind, Stopped
from selection.rules.matrix import NOTHING, Cell, Column, State, cells, columns, in_words, standing
from selection.rules.programmes import Stage
from selection.rules.validity import Span

TODAY = date(2027, 3, 15)
SOON = 90


def days(first: int, last: int | None) -> Span:
    """Return a span told in days from today; None is no end."""
    end = NO_END if last is None else TODAY + timedelta(days=last)
    return Span(first=TODAY + timedelta(days=first), last=end)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], NOTHING, id="nothing"),
        pytest.param([days(-9, None)], Cell(state=State.VALID), id="no end"),
        pytest.param([days(-9, 91)], Cell(state=State.VALID), id="ends a day beyond soon"),
        pytest.param([days(-9, 90)], Cell(state=State.SOON, day=date(2027, 6, 13)), id="ends on the last day of soon"),
        pytest.param([days(0, 0)], Cell(state=State.SOON, day=TODAY), id="valid today only"),
        pytest.param([days(-9, 5), days(6, 200)], Cell(state=State.VALID), id="renewed without a gap"),
        pytest.param([days(-9, 5), days(7, 200)], Cell(state=State.SOON, day=date(2027, 3, 20)), id="a gap of a day"),
        pytest.param([days(-9, -1)], Cell(state=State.ENDED, day=date(2027, 3, 14)), id="ended yesterday"),
        pytest.param([days(-9, -1), days(3, 9)], Cell(state=State.AHEAD, day=date(2027, 3, 18)), id="comes again"),
        pytest.param([days(1, 0)], NOTHING, id="ended before it began"),
    ],
)
def test_how_spans_stand(spans: list[Span], expected: Cell) -> None:
    assert standing(spans, today=TODAY, soon=SOON) == expected


def test_columns_are_the_shared_steps_and_three_a_programme() -> None:
    assert len(columns({})) == 2
    assert columns({7: 6})[2:] == (
        Column(stage=Stage.PROGRAMME, programme_id=7),
        Column(stage=None, programme_id=7, first_delivery_months=6),
        Column(stage=None, programme_id=7, supervises=True),
    )


def person(*stops: Stopped) -> Person:
    whole = days(-9, 200)
    return Person(
        staff_id=1,
        name="Ann",
        employed=days(-99, None),
        steps=tuple(
            Step(id=number, stage=stage, programme_id=programme_id, days=whole)
            for number, (stage, programme_id) in enumerate(
                [(Stage.SELECTION, None), (Stage.FUNDAMENTAL, None), (Stage.PROGRAMME, 7)]
            )
        ),
        rights=(
            Right(id=1, programme_id=7, role=ActingRole.FACILITATOR, days=whole),
            Right(id=2, programme_id=7, role=ActingRole.DESIGNATED_SUPERVISOR, days=whole),
        ),
        stops=stops,
    )


def states(*stops: Stopped) -> list[State]:
    return [cell.state for cell in cells(person(*stops), columns({7: 6, 8: 6}), today=TODAY, soon=SOON)]


def stopped(kind: StopKind, programme_id: int | None, span: Span) -> Stopped:
    return Stopped(kind=kind, programme_id=programme_id, days=span)


def test_a_programme_counts_for_itself_alone() -> None:
    assert states() == [State.VALID] * 5 + [State.NONE] * 3


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        pytest.param(stopped(StopKind.SUSPENSION, None, days(-1, 5)), State.SUSPENDED, id="on every programme"),
        pytest.param(stopped(StopKind.SUSPENSION, 7, days(0, 0)), State.SUSPENDED, id="on this one, for today"),
        pytest.param(stopped(StopKind.DESELECTION, 7, days(-5, None)), State.DESELECTED, id="deselected"),
        pytest.param(stopped(StopKind.SUSPENSION, 8, days(-1, 5)), State.VALID, id="on another programme"),
        pytest.param(stopped(StopKind.SUSPENSION, None, days(1, 5)), State.VALID, id="from tomorrow"),
    ],
)
def test_a_stop_shows_on_the_rights_and_leaves_the_steps(stop: Stopped, expected: State) -> None:
    assert states(stop)[:5] == [State.VALID] * 3 + [expected] * 2
    assert states(stop)[5:] == [State.NONE] * 3


@pytest.mark.parametrize(
    ("practices", "expected"),
    [
        pytest.param([days(-9, 0)], Cell(state=State.VALID), id="the last day to begin"),
        pytest.param([days(-9, -1)], Cell(state=State.LAPSED, day=date(2027, 3, 14)), id="lapsed yesterday"),
        pytest.param([days(-9, -1), days(0, 9)], Cell(state=State.VALID), id="refreshed today"),
        pytest.param([days(-9, -1), days(1, 9)], Cell(state=State.LAPSED, day=date(2027, 3, 14)), id="from tomorrow"),
        pytest.param([days(-9, -3), days(9, -1)], Cell(state=State.LAPSED, day=date(2027, 3, 12)), id="never begun"),
    ],
)
def test_whoever_has_lapsed_does_not_stand_as_somebody_who_may_begin(practices: list[Span], expected: Cell) -> None:
    who = replace(
        person(), practices=tuple(Practised(id=n, programme_id=7, days=one) for n, one in enumerate(practices))
    )
    delivers, supervises = cells(who, columns({7: 6}), today=TODAY, soon=SOON)[3:]
    assert delivers == expected
    assert supervises == Cell(state=State.VALID), "to supervise is not to deliver"


LATE = Cell(state=State.LATE, day=date(2027, 3, 14))


@pytest.mark.parametrize(
    ("practices", "expected"),
    [
        pytest.param([(date(2026, 9, 15), False)], Cell(state=State.VALID), id="the last day on which it is in time"),
        pytest.param([(date(2026, 9, 14), False)], LATE, id="expected by yesterday"),
        pytest.param([(date(2026, 9, 14), True)], Cell(state=State.VALID), id="delivered"),
        pytest.param([(date(2024, 9, 1), True), (date(2026, 9, 1), False)], Cell(state=State.VALID), id="refreshed"),
        pytest.param([(date(2024, 9, 1), False), (date(2026, 9, 14), False)], LATE, id="counted from the latest"),
    ],
)
def test_whoever_is_late_to_deliver_first_shows(practices: list[tuple[date, bool]], expected: Cell) -> None:
    held = tuple(
        Practised(id=n, programme_id=7, days=Span(first=first, last=date(2028, 9, 1)), delivered=delivered)
        for n, (first, delivered) in enumerate(practices)
    )
    delivers, supervises = cells(replace(person(), practices=held), columns({7: 6}), today=TODAY, soon=SOON)[3:]
    assert delivers == expected
    assert supervises == Cell(state=State.VALID), "to supervise is not to deliver"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([(days(-9, 200), True)], Cell(state=State.VALID, recognised=True), id="recognised"),
        pytest.param([(days(-9, 200), True), (days(-5, 99), False)], Cell(state=State.VALID), id="and assessed too"),
        pytest.param(
            [(days(-9, -1), False), (days(0, 5), True)],
            Cell(state=State.SOON, day=date(2027, 3, 20), recognised=True),
            id="assessed once, recognised now",
        ),
        pytest.param([(days(-9, -1), True)], Cell(state=State.ENDED, day=date(2027, 3, 14)), id="over"),
    ],
)
def test_a_step_that_holds_by_recognition_says_so(steps: list[tuple[Span, bool]], expected: Cell) -> None:
    held = [Step(id=1, stage=Stage.SELECTION, programme_id=None, days=one, recognised=by) for one, by in steps]
    assert cells(replace(person(), steps=tuple(held)), columns({}), today=TODAY, soon=SOON)[0] == expected
    assert in_words(expected, "20 March").endswith(", recognised") == expected.recognised
