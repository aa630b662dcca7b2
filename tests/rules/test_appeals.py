"""An appeal is lodged once, in time and with grounds, and heard by somebody who was not involved."""

from datetime import date
from typing import Any

import pytest

from selection.rules.appeals import (
    Appealed,
    Involved,
    reasons_against_appealing,
    reasons_against_finding,
    reasons_against_hearing,
)
from selection.rules.outcomes import Decision
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import codes

ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
DECIDED = date(2027, 3, 1)
NOT_YET = Appealed(decision=Decision.NOT_YET, decided_on=DECIDED)


@pytest.mark.parametrize(
    ("against", "change", "expected"),
    [
        pytest.param(NOT_YET, {}, [], id="on the day of the decision"),
        pytest.param(NOT_YET, {"today": date(2027, 3, 29)}, [], id="on the last day"),
        pytest.param(NOT_YET, {"today": date(2027, 3, 30)}, ["too_late"], id="the day after"),
        pytest.param(NOT_YET, {"by_candidate": False}, ["not_own"], id="by somebody else"),
        pytest.param(NOT_YET, {"grounds": " \n"}, ["no_grounds"], id="without grounds"),
        pytest.param(Appealed(decision=Decision.DEFERRED, decided_on=DECIDED), {}, [], id="against deferred"),
        pytest.param(Appealed(decision=Decision.VOID, decided_on=DECIDED), {}, [], id="against void"),
        pytest.param(Appealed(decision=Decision.SELECTED, decided_on=DECIDED), {}, ["selected"], id="against selected"),
        pytest.param(
            Appealed(decision=Decision.SELECTED, decided_on=DECIDED, appealed=True),
            {"by_candidate": False, "grounds": "", "today": date(2027, 4, 1)},
            ["not_own", "already", "selected", "too_late", "no_grounds"],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_appealing(against: Appealed, change: dict[str, Any], expected: list[str]) -> None:
    asked: dict[str, Any] = {"by_candidate": True, "grounds": "The actor had no brief.", "today": DECIDED, "days": 28}
    reasons = reasons_against_appealing(against, **(asked | change))
    assert codes(reasons) == [f"appeal.{code}" for code in expected]


@pytest.mark.parametrize(
    ("by", "heard", "expected"),
    [
        pytest.param(7, False, [], id="somebody who was not involved"),
        pytest.param(7, True, ["heard"], id="a second time"),
        pytest.param(None, False, ["nobody"], id="a login of nobody"),
        pytest.param(9, False, ["own"], id="one's own"),
        pytest.param(1, False, ["involved"], id="the chair"),
        pytest.param(2, False, ["involved", "involved"], id="an assessor who also put them forward"),
    ],
)
def test_reasons_against_hearing(by: int | None, heard: bool, expected: list[str]) -> None:
    involved = Involved(candidate_id=9, roles=((1, "chair the centre"), (2, "put Cara forward"), (2, "assessed Cara")))
    assert codes(reasons_against_hearing(involved, by, heard=heard)) == [f"appeal.{code}" for code in expected]


@pytest.mark.parametrize(
    ("upheld", "void", "reason", "expected"),
    [
        pytest.param(True, (ROLE_PLAY,), "No brief.", [], id="upheld"),
        pytest.param(False, (), "It was as it should be.", [], id="dismissed"),
        pytest.param(True, (), "No brief.", ["nothing_void"], id="upheld of nothing"),
        pytest.param(False, (ROLE_PLAY,), "No brief.", ["void_though_dismissed"], id="dismissed and void"),
        pytest.param(True, (INTERVIEW,), "No brief.", ["not_sat"], id="what was not sat"),
        pytest.param(True, (), " ", ["nothing_void", "no_reason"], id="no reason either"),
    ],
)
def test_reasons_against_finding(
    upheld: bool, void: tuple[ExerciseKind, ...], reason: str, expected: list[str]
) -> None:
    found = reasons_against_finding(upheld=upheld, void=void, sat=(ROLE_PLAY, PRESENTATION), reason=reason)
    assert codes(found) == [f"appeal.{code}" for code in expected]
