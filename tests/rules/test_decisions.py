"""A borderline outcome is resolved by two people; a decision cannot be bought by strength elsewhere."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.outcomes import (
    Decision,
    ExerciseResult,
    Outcome,
    Resolution,
    Resolvers,
    decide,
    reasons_against_resolving,
    resolve_borderline,
)
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import ANN, BEN, CAT, DEV, codes

COMPETENT, BORDERLINE, NOT_YET, INCOMPLETE, VOID = Outcome


def result(outcome: Outcome) -> ExerciseResult:
    return ExerciseResult(
        kind=ExerciseKind.ROLE_PLAY, outcome=outcome, mean=Fraction(11, 4), working=("The mean is 2.75.",)
    )


EDGE = result(BORDERLINE)
AGREED = Resolution(outcome=COMPETENT, chair_id=CAT, second_id=DEV, reason="The last scene shows it.")
PEOPLE = Resolvers(chair_id=CAT, candidate_id=9, assessors=frozenset({ANN, BEN, DEV, 9}), sat_by=frozenset({ANN, BEN}))


@pytest.mark.parametrize(
    ("before", "change", "expected"),
    [
        pytest.param(EDGE, {}, [], id="by the chair and an assessor who did not sit it"),
        pytest.param(EDGE, {"outcome": NOT_YET}, [], id="as not yet"),
        pytest.param(EDGE, {"outcome": BORDERLINE}, [("no_outcome", "outcome")], id="as borderline again"),
        pytest.param(EDGE, {"outcome": VOID}, [("no_outcome", "outcome")], id="as void"),
        pytest.param(EDGE, {"chair_id": BEN}, [("not_chair", "chair_id")], id="not by the chair"),
        pytest.param(EDGE, {"second_id": ANN}, [("sat_exercise", "second_id")], id="the second sat the exercise"),
        pytest.param(EDGE, {"second_id": 7}, [("not_assessor", "second_id")], id="the second is no assessor"),
        pytest.param(
            EDGE, {"second_id": CAT}, [("same_person", "second_id"), ("not_assessor", "second_id")], id="chair alone"
        ),
        pytest.param(EDGE, {"second_id": 9}, [("own_result", "second_id")], id="the candidate as the second"),
        pytest.param(EDGE, {"reason": " "}, [("no_reason", "reason")], id="without a reason"),
        pytest.param(result(COMPETENT), {}, [("not_borderline", "outcome")], id="a competent outcome stands"),
        pytest.param(result(NOT_YET), {}, [("not_borderline", "outcome")], id="not yet stands: no override"),
        pytest.param(
            result(NOT_YET),
            {"outcome": INCOMPLETE, "chair_id": 9, "second_id": ANN, "reason": ""},
            [
                ("not_borderline", "outcome"),
                ("no_outcome", "outcome"),
                ("not_chair", "chair_id"),
                ("sat_exercise", "second_id"),
                ("own_result", "chair_id"),
                ("no_reason", "reason"),
            ],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_resolving(
    before: ExerciseResult, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    reasons = reasons_against_resolving(before, replace(AGREED, **change), PEOPLE)
    assert [(reason.code, reason.field) for reason in reasons] == [(f"resolution.{c}", field) for c, field in expected]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [pytest.param(COMPETENT, "competent", id="competent"), pytest.param(NOT_YET, "not yet competent", id="not yet")],
)
def test_a_resolved_outcome_keeps_its_arithmetic(outcome: Outcome, words: str) -> None:
    resolved = resolve_borderline(EDGE, replace(AGREED, outcome=outcome), PEOPLE)
    assert (resolved.outcome, resolved.mean, resolved.resolved) == (outcome, EDGE.mean, True)
    assert resolved.working[:-1] == EDGE.working
    assert resolved.working[-1] == (
        f"The chair and an assessor who did not sit the exercise resolved it as {words}: The last scene shows it."
    )


def test_what_is_refused_is_not_resolved() -> None:
    with pytest.raises(ValueError, match="no reason"):
        resolve_borderline(EDGE, replace(AGREED, reason=""), PEOPLE)


@pytest.mark.parametrize(
    ("outcomes", "decision", "reasons"),
    [
        pytest.param((COMPETENT, COMPETENT, COMPETENT), Decision.SELECTED, [], id="all three competent"),
        pytest.param((NOT_YET, COMPETENT, COMPETENT), Decision.NOT_YET, ["not_yet"], id="role play not yet"),
        pytest.param((COMPETENT, NOT_YET, COMPETENT), Decision.NOT_YET, ["not_yet"], id="presentation not yet"),
        pytest.param((COMPETENT, COMPETENT, NOT_YET), Decision.NOT_YET, ["not_yet"], id="interview not yet"),
        pytest.param((NOT_YET, NOT_YET, NOT_YET), Decision.NOT_YET, ["not_yet"] * 3, id="none competent"),
        pytest.param((COMPETENT, COMPETENT, BORDERLINE), Decision.DEFERRED, ["borderline"], id="one to be resolved"),
        pytest.param((COMPETENT, INCOMPLETE, COMPETENT), Decision.DEFERRED, ["incomplete"], id="evidence incomplete"),
        pytest.param((COMPETENT, None, COMPETENT), Decision.DEFERRED, ["missing"], id="one not sat"),
        pytest.param((None, None, None), Decision.DEFERRED, ["missing"] * 3, id="none sat"),
        pytest.param((VOID, COMPETENT, COMPETENT), Decision.VOID, ["void"], id="one not run properly"),
        pytest.param((NOT_YET, INCOMPLETE, COMPETENT), Decision.DEFERRED, ["not_yet", "incomplete"], id="not all told"),
        pytest.param((NOT_YET, VOID, COMPETENT), Decision.VOID, ["not_yet", "void"], id="void before not yet"),
        pytest.param((INCOMPLETE, VOID, NOT_YET), Decision.VOID, ["incomplete", "void", "not_yet"], id="void first"),
    ],
)
def test_decide(outcomes: tuple[Outcome | None, ...], decision: Decision, reasons: list[str]) -> None:
    sat = {kind: each for kind, each in zip(ExerciseKind, outcomes, strict=True) if each is not None}
    verdict = decide(sat)
    assert verdict.decision is decision
    assert codes(verdict.reasons) == [f"decision.{reason}" for reason in reasons]


@pytest.mark.parametrize("role_play", [pytest.param(each, id=each or "missing") for each in (None, *Outcome)])
def test_nobody_is_selected_with_an_exercise_short_of_competent(role_play: Outcome | None) -> None:
    for others in product([None, *Outcome], repeat=2):
        held = dict(zip(ExerciseKind, (role_play, *others), strict=True))
        verdict = decide({kind: outcome for kind, outcome in held.items() if outcome is not None})
        assert (verdict.decision is Decision.SELECTED) is (set(held.values()) == {COMPETENT})
        assert [each.field for each in verdict.reasons] == [kind for kind in held if held[kind] is not COMPETENT]


@settings(max_examples=40, deadline=None)
@given(
    outcomes=st.dictionaries(st.sampled_from(ExerciseKind), st.sampled_from(Outcome)),
    kind=st.sampled_from(ExerciseKind),
)
def test_the_order_of_exercises_does_not_matter_and_a_better_one_never_harms(
    outcomes: dict[ExerciseKind, Outcome], kind: ExerciseKind
) -> None:
    assert decide(dict(reversed(outcomes.items()))) == decide(outcomes)
    better = decide({**outcomes, kind: COMPETENT})
    assert {each.field for each in better.reasons} <= {each.field for each in decide(outcomes).reasons}
