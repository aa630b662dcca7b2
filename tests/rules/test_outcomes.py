"""The pass rule at each of its boundaries, and the arithmetic as it is shown."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.moderation import Moderated, Moderation, Settlement
from selection.rules.outcomes import (
    ExerciseResult,
    Outcome,
    exercise_result,
)
from selection.rules.standards import Competency, Exercise
from tests.rules.selection_facts import ROLE_PLAY, STANDARD

COMPETENT, BORDERLINE, NOT_YET, INCOMPLETE, VOID = Outcome
HALF = Fraction(1, 2)
BAND = "2.75, which is 3 less 1 times the standard error of 0.25"
Points = int | Fraction | None


def exercise_of(size: int) -> Exercise:
    competencies = (Competency(id=number, name=f"C{number}", indicators=()) for number in range(1, size + 1))
    return replace(ROLE_PLAY, competencies=tuple(competencies))


def moderation_of(points: Sequence[Points], *, judgement_open: bool = False) -> Moderation:
    competencies = tuple(
        Moderated(
            competency=number,
            name=f"C{number}",
            how=Settlement.NOT_RATED if value is None else Settlement.TAKEN,
            points=None if value is None else Fraction(value),
            because="As recorded.",
        )
        for number, value in enumerate(points, start=1)
    )
    return Moderation(competencies=competencies, judgement_open=judgement_open)


def result_of(points: Sequence[Points], *, incident: bool = False, **change: Any) -> ExerciseResult:
    return exercise_result(
        exercise_of(len(points)),
        moderation_of(points),
        replace(STANDARD, **change),
        critical_incident_confirmed=incident,
    )


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        pytest.param([3, 3, 3], COMPETENT, id="all at the standard, mean exactly 3"),
        pytest.param([5, 5, 5], COMPETENT, id="all the highest"),
        pytest.param([2, 3, 4], COMPETENT, id="one below the standard, mean exactly 3"),
        pytest.param([2, *[3] * 99], BORDERLINE, id="mean 2.99"),
        pytest.param([2, 4, *[3] * 98], COMPETENT, id="mean 3.00"),
        pytest.param([2, *[3] * 199], BORDERLINE, id="mean 2.995 is not rounded up"),
        pytest.param([2, 2, 5], BORDERLINE, id="mean 3, but two below the standard"),
        pytest.param([2, 2, 5, 5], BORDERLINE, id="mean above 3, but two below the standard"),
        pytest.param([2 + HALF, 2 + HALF, 5], BORDERLINE, id="two moderated just below the standard"),
        pytest.param([2 + HALF, 3, 4], COMPETENT, id="one moderated just below the standard"),
        pytest.param([1, 4, 4], BORDERLINE, id="mean 3, but one below the floor"),
        pytest.param([1 + HALF, 4, 4], BORDERLINE, id="one moderated to just below the floor"),
        pytest.param([2, 4, 4], COMPETENT, id="one exactly at the floor"),
        pytest.param([2, 3, 3, 3], BORDERLINE, id="mean 2.75, the lower edge of the band"),
        pytest.param([*[2] * 25, *[3] * 75], BORDERLINE, id="mean 2.75 of a hundred"),
        pytest.param([*[2] * 26, *[3] * 74], NOT_YET, id="mean 2.74"),
        pytest.param([2, 3, 3], NOT_YET, id="mean two thirds above 2"),
        pytest.param([1, 1, 1], NOT_YET, id="all the lowest"),
        pytest.param([2], NOT_YET, id="one competency, below"),
        pytest.param([3], COMPETENT, id="one competency, at the standard"),
    ],
)
def test_the_pass_rule(points: Sequence[Points], expected: Outcome) -> None:
    assert result_of(points).outcome is expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        pytest.param([3, 3, 3], BORDERLINE, id="at the standard"),
        pytest.param([5, 5, 5], BORDERLINE, id="however high the mean"),
        pytest.param([2, 3, 3, 3], BORDERLINE, id="at the lower edge of the band"),
        pytest.param([2, 2, 3], NOT_YET, id="below the band"),
    ],
)
def test_a_confirmed_critical_incident_is_never_competent(points: Sequence[Points], expected: Outcome) -> None:
    assert result_of(points, incident=True).outcome is expected


@pytest.mark.parametrize(
    ("rated", "of", "expected"),
    [
        pytest.param(80, 100, COMPETENT, id="80 of 100"),
        pytest.param(79, 100, INCOMPLETE, id="79 of 100"),
        pytest.param(159, 200, INCOMPLETE, id="79.5 per cent is not rounded up"),
        pytest.param(4, 5, COMPETENT, id="four of five, exactly 80 per cent"),
        pytest.param(3, 4, INCOMPLETE, id="three of four"),
        pytest.param(3, 3, COMPETENT, id="all"),
        pytest.param(2, 3, INCOMPLETE, id="two of three"),
        pytest.param(0, 3, INCOMPLETE, id="none"),
    ],
)
def test_enough_competencies_are_rated(rated: int, of: int, expected: Outcome) -> None:
    result = result_of([*[3] * rated, *[None] * (of - rated)])
    assert result.outcome is expected
    assert (result.mean is None) is (expected is INCOMPLETE)


@pytest.mark.parametrize(
    ("change", "points", "expected"),
    [
        pytest.param({"mean_needed": Decimal("3.5")}, [3, 3, 4], BORDERLINE, id="a higher mean, within the band"),
        pytest.param({"mean_needed": Decimal("3.5")}, [3, 4], COMPETENT, id="a higher mean, reached"),
        pytest.param({"most_below_standard": 0}, [2, 4], BORDERLINE, id="none may be below the standard"),
        pytest.param({"most_below_standard": 2}, [2, 2, 5], COMPETENT, id="two may be below the standard"),
        pytest.param({"floor": 1}, [1, 5], COMPETENT, id="a lower floor"),
        pytest.param({"floor": 3, "scale_standard": 4}, [2, 4], BORDERLINE, id="a higher floor"),
        pytest.param({"k": Decimal(0)}, [2, *[3] * 99], NOT_YET, id="no band: 2.99 is not yet"),
        pytest.param({"k": Decimal(2)}, [2, 3], BORDERLINE, id="a band twice as wide: 2.5"),
        pytest.param({"sem": Decimal("0.1"), "k": Decimal(3)}, [*[2] * 3, *[3] * 7], BORDERLINE, id="2.7 on its edge"),
        pytest.param({"rated_share_needed": Decimal(0)}, [None, None], INCOMPLETE, id="no share asked, but none rated"),
        pytest.param({"rated_share_needed": Decimal(1)}, [3, 3, None], INCOMPLETE, id="all must be rated"),
    ],
)
def test_every_number_is_the_standards(change: dict[str, Any], points: Sequence[Points], expected: Outcome) -> None:
    assert result_of(points, **change).outcome is expected


OPEN = Moderated(competency=5, name="C5", how=Settlement.MUST_BE_DISCUSSED, points=None, because="Far apart.")


@pytest.mark.parametrize(
    ("moderation", "void_because", "expected"),
    [
        pytest.param(moderation_of([3] * 5), "", COMPETENT, id="settled"),
        pytest.param(None, "", INCOMPLETE, id="before the reveal"),
        pytest.param(
            moderation_of([3] * 5, judgement_open=True), "", INCOMPLETE, id="judgements still to be discussed"
        ),
        pytest.param(
            Moderation(competencies=(*moderation_of([3] * 4).competencies, OPEN), judgement_open=False),
            "",
            INCOMPLETE,
            id="enough rated, but one still to be discussed",
        ),
        pytest.param(moderation_of([3] * 4), "", COMPETENT, id="a competency without a value counts as not rated"),
        pytest.param(moderation_of([3] * 3), "", INCOMPLETE, id="two of them are too many"),
        pytest.param(moderation_of([3] * 9), "", COMPETENT, id="a competency that nobody asked for counts for nothing"),
        pytest.param(moderation_of([5] * 5), "The alarm went off.", VOID, id="void, however good"),
        pytest.param(None, "The alarm went off.", VOID, id="void before the reveal"),
        pytest.param(moderation_of([3] * 5), "  ", COMPETENT, id="a void without a reason is none"),
    ],
)
def test_before_there_is_anything_to_count(moderation: Moderation | None, void_because: str, expected: Outcome) -> None:
    result = exercise_result(
        exercise_of(5), moderation, STANDARD, critical_incident_confirmed=False, void_because=void_because
    )
    assert result.outcome is expected


def test_competencies_not_asked_for_cannot_lift_the_mean() -> None:
    moderation = moderation_of([2, 2, 5, 5, 5, 5])
    result = exercise_result(exercise_of(2), moderation, STANDARD, critical_incident_confirmed=False)
    assert (result.outcome, result.mean) == (NOT_YET, Fraction(2))


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        pytest.param(
            result_of([2 + HALF, 3, 4]),
            [
                "C1: 2.5. As recorded.",
                "C2: 3. As recorded.",
                "C3: 4. As recorded.",
                "3 of 3 competencies are rated; at least 80 % are needed.",
                "The mean is (2.5 + 3 + 4) / 3 = about 3.16; 3 is needed.",
                "Below 3: 1; at most 1 may be.",
                "Below 2: 0; none may be.",
                "No critical incident is confirmed.",
                "Every part of the pass rule is met: the outcome is competent.",
            ],
            id="competent",
        ),
        pytest.param(
            result_of([1, 3, 5], incident=True),
            [
                "C1: 1. As recorded.",
                "C2: 3. As recorded.",
                "C3: 5. As recorded.",
                "3 of 3 competencies are rated; at least 80 % are needed.",
                "The mean is (1 + 3 + 5) / 3 = 3; 3 is needed.",
                "Below 3: 1; at most 1 may be.",
                "Below 2: 1; none may be.",
                "A critical incident is confirmed.",
                f"The mean is at least {BAND}: the outcome is borderline.",
            ],
            id="borderline",
        ),
        pytest.param(
            result_of([2, None], rated_share_needed=Decimal("0.5")),
            [
                "C1: 2. As recorded.",
                "C2: no value. As recorded.",
                "1 of 2 competencies are rated; at least 50 % are needed.",
                "The mean is (2) / 1 = 2; 3 is needed.",
                "Below 3: 1; at most 1 may be.",
                "Below 2: 0; none may be.",
                "No critical incident is confirmed.",
                f"The mean is below {BAND}: the outcome is not yet competent.",
            ],
            id="not yet",
        ),
        pytest.param(
            exercise_result(
                exercise_of(1),
                Moderation(competencies=(replace(OPEN, competency=1, name="C1"),), judgement_open=True),
                STANDARD,
                critical_incident_confirmed=False,
            ),
            [
                "C1: no value. Far apart.",
                "0 of 1 competencies are rated; at least 80 % are needed.",
                "C1 is still to be discussed.",
                "The judgements of the whole exercise are on different sides and still to be discussed.",
                "The outcome is incomplete.",
            ],
            id="incomplete",
        ),
        pytest.param(
            exercise_result(
                exercise_of(1), None, STANDARD, critical_incident_confirmed=False, void_because="The alarm went off."
            ),
            ["The exercise was not run properly: The alarm went off.", "The outcome is void."],
            id="void",
        ),
    ],
)
def test_the_working_is_given_line_by_line(result: ExerciseResult, expected: list[str]) -> None:
    assert list(result.working) == expected


@settings(max_examples=60, deadline=None)
@given(
    points=st.lists(st.sampled_from([None, *range(1, 6), 3 * HALF, 7 * HALF]), min_size=1, max_size=6), data=st.data()
)
def test_the_order_of_competencies_does_not_matter(points: list[Points], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(points))
    assert result_of(points).outcome is result_of(shuffled).outcome
    assert result_of(points).mean == result_of(shuffled).mean


@settings(max_examples=60, deadline=None)
@given(points=st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_a_competent_exercise_meets_every_part_of_the_rule(points: list[int]) -> None:
    meets = sum(points) >= 3 * len(points) and sum(each < 3 for each in points) <= 1 and min(points) >= 2
    assert (result_of(points).outcome is COMPETENT) is meets
