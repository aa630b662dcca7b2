"""A borderline outcome is reviewed by two people, each alone, and resolved once both say the same."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from selection.rules.outcomes import ExerciseResult, Outcome
from selection.rules.reviews import (
    Resolvers,
    Review,
    View,
    reasons_against_asking,
    reasons_against_saying,
    resolved,
)
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import ANN, BEN, CAT, DEV

COMPETENT, BORDERLINE, NOT_YET, INCOMPLETE, VOID = Outcome
CANDIDATE = 9
PEOPLE = Resolvers(
    chair_id=CAT,
    candidate_id=CANDIDATE,
    assessors=frozenset({ANN, BEN, DEV, CANDIDATE, 5}),
    sat_by=frozenset({ANN, BEN}),
    can_sign_in=frozenset({ANN, BEN, DEV, CANDIDATE}),
)
YES, NO = View(outcome=COMPETENT, reason="It came late."), View(outcome=NOT_YET, reason="Too late.")
BEGUN = Review(chair_id=CAT, second_id=DEV)


def result(outcome: Outcome) -> ExerciseResult:
    return ExerciseResult(
        kind=ExerciseKind.ROLE_PLAY, outcome=outcome, mean=Fraction(11, 4), working=("The mean is 2.75.",)
    )


@pytest.mark.parametrize(
    ("before", "chair_id", "second_id", "expected"),
    [
        pytest.param(BORDERLINE, CAT, DEV, [], id="the chair and an assessor who did not sit it"),
        pytest.param(BORDERLINE, BEN, DEV, [("not_chair", None)], id="not by the chair"),
        pytest.param(BORDERLINE, CAT, ANN, [("sat_exercise", "second")], id="the second sat the exercise"),
        pytest.param(BORDERLINE, CAT, 7, [("not_assessor", "second")], id="the second is no assessor"),
        pytest.param(BORDERLINE, CAT, 5, [("no_login", "second")], id="the second cannot sign in"),
        pytest.param(
            BORDERLINE, CAT, CAT, [("same_person", "second"), ("not_assessor", "second")], id="the chair alone"
        ),
        pytest.param(BORDERLINE, CAT, CANDIDATE, [("own_result", "second")], id="the candidate as the second"),
        pytest.param(COMPETENT, CAT, DEV, [("not_borderline", None)], id="a competent outcome stands"),
        pytest.param(NOT_YET, CAT, DEV, [("not_borderline", None)], id="not yet stands: no override"),
        pytest.param(
            INCOMPLETE,
            CANDIDATE,
            BEN,
            [("not_borderline", None), ("not_chair", None), ("sat_exercise", "second"), ("own_result", "second")],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_asking(
    before: Outcome, chair_id: int, second_id: int, expected: list[tuple[str, str | None]]
) -> None:
    reasons = reasons_against_asking(result(before), chair_id=chair_id, second_id=second_id, people=PEOPLE)
    assert [(reason.code, reason.field) for reason in reasons] == [(f"review.{code}", at) for code, at in expected]


@pytest.mark.parametrize(
    ("review", "change", "expected"),
    [
        pytest.param(BEGUN, {}, [], id="the chair first"),
        pytest.param(BEGUN, {"by_id": DEV, "outcome": NOT_YET}, [], id="the second first"),
        pytest.param(replace(BEGUN, of_chair=NO), {}, [], id="a changed mind"),
        pytest.param(replace(BEGUN, of_chair=NO, of_second=YES), {}, [], id="while they differ"),
        pytest.param(replace(BEGUN, of_chair=YES, of_second=YES), {}, ["agreed"], id="once they agree"),
        pytest.param(BEGUN, {"by_id": ANN}, ["not_reviewer"], id="somebody else"),
        pytest.param(BEGUN, {"by_id": None}, ["not_reviewer"], id="a login of nobody"),
        pytest.param(BEGUN, {"outcome": BORDERLINE}, ["no_outcome"], id="borderline again"),
        pytest.param(BEGUN, {"outcome": VOID, "reason": " "}, ["no_outcome", "no_reason"], id="void, without a reason"),
    ],
)
def test_reasons_against_saying(review: Review, change: dict[str, Any], expected: list[str]) -> None:
    said: dict[str, Any] = {"by_id": CAT, "outcome": COMPETENT, "reason": "It came late."}
    reasons = reasons_against_saying(review, **(said | change))
    assert [reason.code for reason in reasons] == [f"review.{code}" for code in expected]


@pytest.mark.parametrize(("first", "second"), list(product([None, YES, NO], repeat=2)))
def test_it_is_resolved_only_as_both_say(first: View | None, second: View | None) -> None:
    review = replace(BEGUN, of_chair=first, of_second=second)
    if first is None or first is not second:
        assert review.agreed is None
        with pytest.raises(ValueError, match="do not say the same"):
            resolved(result(BORDERLINE), review)
        return
    done = resolved(result(BORDERLINE), review)
    assert (done.outcome, done.mean, done.resolved) == (first.outcome, Fraction(11, 4), True)
    assert done.working == (
        "The mean is 2.75.",
        f"The chair and an assessor who did not sit the exercise resolved it as {first.outcome.words}.",
        f"The chair: {first.reason}",
        f"The assessor: {first.reason}",
    )


def test_a_view_is_of_who_gave_it() -> None:
    review = BEGUN.with_view(DEV, NO).with_view(CAT, YES)
    assert (review.view_of(CAT), review.view_of(DEV), review.view_of(ANN)) == (YES, NO, None)
    assert review.is_complete
    assert review.with_view(DEV, YES).agreed is COMPETENT
