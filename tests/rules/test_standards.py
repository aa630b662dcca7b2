"""A draft is published only if it can be applied without a doubt."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from selection.rules.drafts import problems_with
from selection.rules.standards import Anchor, Competency, Exercise, ExerciseKind, in_points
from tests.rules.selection_facts import EMPATHY, FOUR, INTERVIEW, PRESENTATION, ROLE_PLAY, STANDARD, codes

ANCHORS = STANDARD.anchors


def role_play_of(*competencies: Competency) -> tuple[Exercise, ...]:
    return replace(ROLE_PLAY, competencies=competencies), PRESENTATION, INTERVIEW


def role_play_with(indicators: tuple[str, ...]) -> tuple[Exercise, ...]:
    return role_play_of(replace(EMPATHY, indicators=indicators))


def role_play_as(**given: Any) -> tuple[Exercise, ...]:
    return replace(ROLE_PLAY, **given), PRESENTATION, INTERVIEW


def test_the_shipped_standard_may_be_published() -> None:
    assert problems_with(STANDARD) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"exercises": ()}, ["exercise_missing"] * 3, id="no exercise at all"),
        pytest.param({"exercises": (ROLE_PLAY, INTERVIEW)}, ["exercise_missing"], id="no presentation"),
        pytest.param(
            {"exercises": (ROLE_PLAY, ROLE_PLAY, PRESENTATION, INTERVIEW)}, ["exercise_doubled"], id="two role plays"
        ),
        pytest.param(
            {"exercises": (ROLE_PLAY, ROLE_PLAY, PRESENTATION)},
            ["exercise_doubled", "exercise_missing"],
            id="a role play in place of the interview",
        ),
        pytest.param({"exercises": (INTERVIEW, PRESENTATION, ROLE_PLAY)}, [], id="the order of exercises is free"),
        pytest.param({"exercises": role_play_of()}, ["no_competency"], id="a role play that looks for nothing"),
        pytest.param({"exercises": role_play_of(EMPATHY)}, [], id="one competency is enough"),
        pytest.param(
            {"exercises": role_play_of(EMPATHY, EMPATHY)},
            ["competency_doubled"],
            id="a competency twice in an exercise",
        ),
        pytest.param(
            {"exercises": (ROLE_PLAY, PRESENTATION, replace(INTERVIEW, competencies=(EMPATHY,)))},
            [],
            id="a competency in two exercises",
        ),
        pytest.param(
            {"exercises": role_play_of(replace(EMPATHY, name=" "))}, ["competency_unnamed"], id="a competency unnamed"
        ),
        pytest.param({"exercises": role_play_with(FOUR[:3])}, ["too_few_indicators"], id="three indicators"),
        pytest.param({"exercises": role_play_with(())}, ["too_few_indicators"], id="no indicator"),
        pytest.param({"exercises": role_play_with((*FOUR, "fifth"))}, [], id="five indicators"),
        pytest.param({"exercises": role_play_with((*FOUR, " "))}, ["indicator_empty"], id="an empty fifth indicator"),
        pytest.param(
            {"exercises": role_play_with((*FOUR[:3], ""))},
            ["indicator_empty", "too_few_indicators"],
            id="an empty indicator does not count",
        ),
        pytest.param(
            {"exercises": role_play_with((*FOUR[:3], " first "))},
            ["indicator_doubled", "too_few_indicators"],
            id="an indicator written twice counts once",
        ),
        pytest.param({"anchors": ANCHORS[:4]}, ["anchor_missing"], id="no anchor for the highest point"),
        pytest.param({"anchors": ()}, ["anchor_missing"] * 5, id="no anchors"),
        pytest.param({"anchors": (*ANCHORS, ANCHORS[0])}, ["anchor_doubled"], id="two anchors for a point"),
        pytest.param(
            {"anchors": (*ANCHORS, Anchor(points=6, words="More"))}, ["anchor_off_scale"], id="an anchor off the scale"
        ),
        pytest.param(
            {"anchors": (*ANCHORS[:4], Anchor(points=5, words=" "))}, ["anchor_empty"], id="an anchor without words"
        ),
        pytest.param({"scale_standard": 5, "floor": 5}, [], id="the standard at the top of the scale"),
        pytest.param({"scale_standard": 6}, ["standard_off_scale"], id="the standard above the scale"),
        pytest.param(
            {"scale_standard": 0}, ["standard_off_scale", "floor_off_scale"], id="the standard below the scale"
        ),
        pytest.param(
            {"scale_standard": 1, "floor": 1}, ["standard_off_scale"], id="nothing on the scale below the standard"
        ),
        pytest.param(
            {"scale_min": 5},
            ["scale_empty", "standard_off_scale", "floor_off_scale", *["anchor_off_scale"] * 4, "mean_off_scale"],
            id="a scale of one point",
        ),
        pytest.param({"floor": 1}, [], id="the floor at the lowest point"),
        pytest.param({"floor": 0}, ["floor_off_scale"], id="the floor below the scale"),
        pytest.param({"floor": 3}, [], id="the floor at the standard"),
        pytest.param({"floor": 4}, ["floor_off_scale"], id="the floor above the standard"),
        pytest.param({"assessors_per_exercise": 1}, ["too_few_assessors"], id="one assessor"),
        pytest.param({"assessors_per_exercise": 3}, [], id="three assessors"),
        pytest.param({"most_below_standard": 0}, [], id="none below the standard allowed"),
        pytest.param({"most_below_standard": -1}, ["below_none"], id="fewer than none below the standard"),
        pytest.param({"discuss_from_apart": 0}, ["discussed_when_equal"], id="even equal ratings discussed"),
        pytest.param({"discuss_from_apart": 1}, [], id="every difference discussed"),
        pytest.param({"discuss_from_apart": 4}, [], id="only the two ends of the scale discussed"),
        pytest.param({"discuss_from_apart": 5}, ["never_so_far_apart"], id="discussed from farther than the scale is"),
        pytest.param({"exercises": role_play_as(title=" ")}, ["exercise_untitled"], id="a role play without a title"),
        pytest.param({"exercises": role_play_as(brief="")}, ["no_brief"], id="a role play that tells nothing"),
        pytest.param({"exercises": role_play_as(minutes=0)}, ["no_time"], id="a role play of no length"),
        pytest.param(
            {"exercises": role_play_of(replace(EMPATHY, contrary=FOUR))}, ["nothing_shows_it"], id="all contrary"
        ),
        pytest.param({"exercises": role_play_of(replace(EMPATHY, contrary=FOUR[1:]))}, [], id="all but one contrary"),
        pytest.param({"mean_needed": Decimal(1)}, [], id="the mean needed at the lowest point"),
        pytest.param({"mean_needed": Decimal("5.01")}, ["mean_off_scale"], id="the mean needed above the scale"),
        pytest.param({"mean_needed": Decimal("0.99")}, ["mean_off_scale"], id="the mean needed below the scale"),
        pytest.param({"mean_needed": Decimal("NaN")}, ["not_a_number"], id="the mean needed is not a number"),
        pytest.param({"k": Decimal(0)}, [], id="no borderline band"),
        pytest.param({"k": Decimal("-0.1")}, ["negative"], id="k below nought"),
        pytest.param({"sem": Decimal("-0.1")}, ["negative"], id="the standard error below nought"),
        pytest.param({"sem": Decimal("Infinity")}, ["not_a_number"], id="an endless standard error"),
        pytest.param({"rated_share_needed": Decimal(0)}, [], id="a share of nought"),
        pytest.param({"rated_share_needed": Decimal(1)}, [], id="a share of one"),
        pytest.param({"rated_share_needed": Decimal("-0.01")}, ["share_out_of_range"], id="a share below nought"),
        pytest.param({"rated_share_needed": Decimal("1.01")}, ["share_out_of_range"], id="a share above one"),
        pytest.param({"rated_share_needed": Decimal(80)}, ["share_out_of_range"], id="a share in per cent"),
        pytest.param({"rated_share_needed": Decimal("NaN")}, ["not_a_number"], id="a share that is not a number"),
        pytest.param({"resit_wait_months": 0}, [], id="no wait before a re-sit"),
        pytest.param({"resit_wait_months": -1}, ["too_small"], id="a wait below nought"),
        pytest.param({"standing_months": 7}, [], id="standing a month longer than the wait"),
        pytest.param({"standing_months": 6}, ["never_stands"], id="standing no longer than the wait"),
        pytest.param({"standing_months": 0}, ["too_small", "never_stands"], id="standing for no time"),
        pytest.param({"attempts_allowed": 1}, [], id="one attempt"),
        pytest.param({"attempts_allowed": 0}, ["too_small"], id="no attempt"),
        pytest.param({"attempts_window_months": 0}, ["too_small"], id="an empty window of attempts"),
        pytest.param({"pass_valid_months": 0}, ["too_small"], id="a pass that is never valid"),
        pytest.param({"most_sat_alone": 0}, [], id="the whole centre is always sat again"),
        pytest.param({"most_sat_alone": 2}, [], id="two are sat again while the third stands"),
        pytest.param({"most_sat_alone": 3}, ["sat_alone"], id="all three sat again, and the others stand"),
        pytest.param({"most_sat_alone": -1}, ["sat_alone"], id="fewer than none sat again"),
        pytest.param({"appeal_days": 0}, ["too_small"], id="no day to appeal"),
        pytest.param({"feedback_days": 0}, ["too_small"], id="no day to release feedback"),
        pytest.param({"indicators_needed": 0}, ["too_small"], id="no indicator needed"),
        pytest.param({"indicators_needed": 5}, ["too_few_indicators"] * 5, id="more indicators needed than there are"),
        pytest.param(
            {"assessors_per_exercise": 1, "pass_valid_months": 0, "exercises": (ROLE_PLAY, PRESENTATION)},
            ["exercise_missing", "too_few_assessors", "too_small"],
            id="everything at once",
        ),
    ],
)
def test_problems_with(change: dict[str, Any], expected: list[str]) -> None:
    found = problems_with(replace(STANDARD, **change))
    assert codes(found) == [f"standard.{code}" for code in expected]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        pytest.param(
            {"exercises": role_play_with(FOUR[:1])},
            "exercises.role_play.11",
            "“Empathy and warmth” in the role play has 1 of the 4 indicators that it needs.",
            id="at the competency of its exercise",
        ),
        pytest.param({"anchors": ANCHORS[1:]}, "anchors.1", "No anchor says what 1 means.", id="at the anchor"),
        pytest.param(
            {"exercises": (ROLE_PLAY, PRESENTATION)},
            "exercises",
            "The standard has no formal interview.",
            id="at the exercises",
        ),
        pytest.param(
            {"attempts_allowed": 0},
            "attempts_allowed",
            "The number of attempts allowed is less than 1.",
            id="at the number",
        ),
    ],
)
def test_a_problem_is_told_where_it_is(change: dict[str, Any], field: str, message: str) -> None:
    [problem] = problems_with(replace(STANDARD, **change))
    assert (problem.field, problem.message) == (field, message)
    assert problem.remedy


def test_an_exercise_is_found_by_its_kind() -> None:
    assert STANDARD.exercise(ExerciseKind.PRESENTATION) is PRESENTATION
    with pytest.raises(KeyError):
        replace(STANDARD, exercises=(ROLE_PLAY,)).exercise(ExerciseKind.PRESENTATION)


def test_the_borderline_band_is_exact() -> None:
    tenths = replace(STANDARD, mean_needed=Decimal("0.3"), k=Decimal(2), sem=Decimal("0.1"))
    assert STANDARD.borderline_from == Fraction(11, 4)
    assert tenths.borderline_from == Fraction(1, 10)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(Fraction(3), "3", id="a whole number"),
        pytest.param(Fraction(7, 2), "3.5", id="a half"),
        pytest.param(Fraction(11, 4), "2.75", id="hundredths"),
        pytest.param(Fraction(8, 3), "about 2.66", id="a third is rounded down"),
        pytest.param(Fraction(2999, 1000), "about 2.99", id="just short never looks as if it had reached"),
        pytest.param(Decimal("3.0"), "3", id="a decimal without its nought"),
        pytest.param(Fraction(100), "100", id="a hundred keeps its noughts"),
        pytest.param(Fraction(0), "0", id="nought"),
    ],
)
def test_in_points(number: Fraction | Decimal, expected: str) -> None:
    assert in_points(number) == expected
