"""A decision cannot be bought by strength elsewhere."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.outcomes import Decision, Outcome, decide
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import codes

COMPETENT, BORDERLINE, NOT_YET, INCOMPLETE, VOID = Outcome


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
