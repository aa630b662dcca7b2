"""An assessor is current on the day and free of conflict; every reason is given at once."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.calendar import NO_END
from selection.rules.pairing import (
    Assessor,
    Candidate,
    reasons_against_pairing,
    reasons_against_seating,
    reasons_against_training,
)
from selection.rules.validity import Span
from tests.rules.selection_facts import codes

DAY = date(2027, 3, 15)
TRAINED = Span(first=date(2026, 4, 1), last=date(2027, 3, 31))
ANN = Assessor(staff_id=1, name="Ann", employed=Span(first=date(2020, 1, 6), last=NO_END), trained=(TRAINED,))
CARA = Candidate(staff_id=9, name="Cara", line_manager_id=5, nominated_by_id=6)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="current and free"),
        pytest.param({"trained": (Span(first=DAY, last=DAY),)}, [], id="current on that day alone"),
        pytest.param(
            {"trained": (Span(first=date(2026, 3, 15), last=date(2027, 3, 14)),)},
            ["assessor.not_current"],
            id="current until the day before",
        ),
        pytest.param(
            {"trained": (Span(first=date(2027, 3, 16), last=date(2028, 3, 15)),)},
            ["assessor.not_current"],
            id="current from the day after",
        ),
        pytest.param({"trained": ()}, ["assessor.not_current"], id="never trained"),
        pytest.param({"staff_id": 9}, ["assessor.own"], id="the candidate"),
        pytest.param({"staff_id": 5}, ["assessor.line_manager"], id="the line manager"),
        pytest.param({"staff_id": 6}, ["assessor.nominator"], id="the nominator"),
        pytest.param({"acquaintances": frozenset({9})}, ["assessor.acquaintance"], id="an acquaintance"),
        pytest.param({"acquaintances": frozenset({8})}, [], id="an acquaintance of somebody else"),
        pytest.param({"assessed_before": frozenset({9})}, ["assessor.assessed_before"], id="a re-sit's old assessor"),
        pytest.param(
            {"employed": Span(first=date(2020, 1, 6), last=date(2027, 3, 14))}, ["assessor.not_here"], id="left before"
        ),
        pytest.param(
            {"staff_id": 5, "trained": (), "acquaintances": frozenset({9})},
            ["assessor.not_current", "assessor.line_manager", "assessor.acquaintance"],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_pairing(change, expected):
    assert codes(reasons_against_pairing(replace(ANN, **change), CARA, on=DAY)) == expected


def test_nobody_is_the_manager_of_who_has_none():
    alone = Candidate(staff_id=9, name="Cara")
    assert reasons_against_pairing(ANN, alone, on=DAY) == ()


def test_the_earliest_day_is_when_the_next_training_begins():
    later = replace(ANN, trained=(Span(first=date(2027, 5, 1), last=date(2028, 4, 30)),))
    [reason] = reasons_against_pairing(later, CARA, on=DAY)
    assert reason.earliest == date(2027, 5, 1)
    assert reason.message == "Ann is not current as an assessor on 15 March 2027."


@pytest.mark.parametrize(
    ("seated", "expected"),
    [
        pytest.param(frozenset(), [], id="both places free"),
        pytest.param(frozenset({2}), [], id="one place left"),
        pytest.param(frozenset({2, 3}), ["assessor.no_place"], id="no place left"),
        pytest.param(frozenset({1}), ["assessor.seated"], id="there already"),
        pytest.param(frozenset({1, 2}), ["assessor.seated"], id="there already, and full"),
    ],
)
def test_reasons_against_seating(seated, expected):
    assert codes(reasons_against_seating(ANN, CARA, on=DAY, seated=seated, places=2)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(Span(first=date(2027, 4, 1), last=date(2028, 3, 31)), [], id="the next year"),
        pytest.param(Span(first=date(2026, 4, 1), last=date(2027, 4, 1)), [], id="a day longer"),
        pytest.param(TRAINED, ["training.known"], id="the same again"),
        pytest.param(Span(first=DAY, last=date(2027, 3, 20)), ["training.known"], id="within what is known"),
        pytest.param(Span(first=DAY, last=date(2027, 3, 14)), ["training.no_days"], id="ends before it starts"),
    ],
)
def test_reasons_against_training(days, expected):
    assert codes(reasons_against_training("Ann", days, known=[TRAINED])) == expected
    assert codes(reasons_against_training("Ann", days, known=[], oneself=True)) == ["training.own"]
