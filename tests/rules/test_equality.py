"""Which figures of equality monitoring are shown, and to whom."""

from datetime import date

import pytest

from selection.rules.equality import (
    QUESTIONS,
    Counted,
    Figure,
    counted_before,
    figures,
    reasons_against_seeing_figures,
)
from selection.rules.roles import Actor, Held, Role
from tests.rules.selection_facts import codes

DISABILITY = QUESTIONS[-1]


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        pytest.param(Counted(9, 4), (None, None), id="nine are too few"),
        pytest.param(Counted(10, 4), (10, 5), id="ten are enough"),
        pytest.param(Counted(12, 2), (10, 0), id="rounded down"),
        pytest.param(Counted(13, 3), (15, 5), id="rounded up"),
        pytest.param(None, (None, None), id="nobody gave the answer"),
    ],
)
def test_figures_of_few_people_are_not_shown(counted: Counted | None, shown: tuple[int | None, int | None]) -> None:
    found = figures(DISABILITY, {"yes": counted} if counted else {}, least=10)
    assert found == (Figure("Yes", *shown), Figure("No", None, None))


@pytest.mark.parametrize(
    ("roles", "area", "reasons"),
    [
        pytest.param([Role.AUDITOR], None, [], id="an auditor of the whole service"),
        pytest.param([Role.AUDITOR], 1, ["only_some_areas"], id="an auditor of one area"),
        pytest.param([Role.AUDITOR, Role.ASSESSOR], None, ["judges"], id="an auditor who assesses"),
        pytest.param([Role.AUDITOR, Role.COORDINATOR], None, ["judges"], id="an auditor who decides"),
        pytest.param(list(Role), None, ["judges"], id="somebody with every role"),
    ],
)
def test_who_judges_sees_no_figures(roles: list[Role], area: int | None, reasons: list[str]) -> None:
    actor = Actor(account_id=1, staff_id=1, name="x", held=tuple(Held(role=role, area_id=area) for role in roles))
    assert codes(reasons_against_seeing_figures(actor)) == [f"equality.{reason}" for reason in reasons]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        pytest.param(date(2027, 3, 31), date(2027, 1, 1), id="the last day of a quarter"),
        pytest.param(date(2027, 4, 1), date(2027, 4, 1), id="the first day of a quarter"),
        pytest.param(date(2027, 12, 31), date(2027, 10, 1), id="the last day of a year"),
    ],
)
def test_decisions_of_the_present_quarter_are_not_counted(today: date, first: date) -> None:
    assert counted_before(today) == first
