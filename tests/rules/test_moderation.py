"""Ratings that agree settle a competency; all others are talked over."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.moderation import (
    Settlement,
    compare,
    judgements_must_be_discussed,
    moderate,
)
from selection.rules.scoring import GlobalJudgement, Panel
from tests.rules.selection_facts import (
    ANN,
    BEN,
    CLARITY,
    PRESENTATION,
    ROLE_PLAY,
    STANDARD,
    panel_giving,
    sealed,
    unsealed,
)

CLEAR_NO, BORDERLINE, COMPETENT, STRONG = GlobalJudgement
TAKEN, MEAN, DISCUSS, NOT_RATED = (
    Settlement.TAKEN,
    Settlement.MEAN,
    Settlement.MUST_BE_DISCUSSED,
    Settlement.NOT_RATED,
)
GIVEN = st.lists(st.none() | st.integers(1, 5), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("points", "how", "value"),
    [
        pytest.param((1, 1), TAKEN, Fraction(1), id="both the lowest"),
        pytest.param((3, 3), TAKEN, Fraction(3), id="both at the standard"),
        pytest.param((5, 5), TAKEN, Fraction(5), id="both the highest"),
        pytest.param((1, 2), MEAN, Fraction(3, 2), id="one apart, both below the standard"),
        pytest.param((3, 4), MEAN, Fraction(7, 2), id="one apart, from the standard up"),
        pytest.param((4, 5), MEAN, Fraction(9, 2), id="one apart, both above the standard"),
        pytest.param((2, 3), DISCUSS, None, id="one apart, but on different sides"),
        pytest.param((3, 2), DISCUSS, None, id="one apart on different sides, the other way round"),
        pytest.param((3, 5), DISCUSS, None, id="two apart on the same side"),
        pytest.param((2, 4), DISCUSS, None, id="two apart on different sides"),
        pytest.param((1, 5), DISCUSS, None, id="four apart"),
        pytest.param((3, None), DISCUSS, None, id="one rated, one had no opportunity"),
        pytest.param((None, 5), DISCUSS, None, id="one had no opportunity, one rated"),
        pytest.param((None, None), NOT_RATED, None, id="neither had an opportunity"),
        pytest.param((3, 3, 3), TAKEN, Fraction(3), id="three alike"),
        pytest.param((3, 4, 4), MEAN, Fraction(11, 3), id="three within one point on the same side"),
        pytest.param((3, 4, 5), DISCUSS, None, id="three, two points apart at the ends"),
        pytest.param((2, 3, 3), DISCUSS, None, id="three, one on the other side"),
        pytest.param((3, 3, None), DISCUSS, None, id="three, one without opportunity"),
        pytest.param((None, None, None), NOT_RATED, None, id="three without opportunity"),
    ],
)
def test_compare(points: tuple[int | None, ...], how: Settlement, value: Fraction | None) -> None:
    compared = compare(CLARITY, panel_giving(*points), STANDARD)
    assert (compared.how, compared.points) == (how, value)


@pytest.mark.parametrize(
    ("scale_standard", "points", "how"),
    [
        pytest.param(3, (2, 3), DISCUSS, id="2 and 3 straddle a standard of 3"),
        pytest.param(2, (2, 3), MEAN, id="2 and 3 both reach a standard of 2"),
        pytest.param(4, (2, 3), MEAN, id="2 and 3 are both below a standard of 4"),
        pytest.param(4, (3, 4), DISCUSS, id="3 and 4 straddle a standard of 4"),
    ],
)
def test_the_side_is_told_by_the_standard(scale_standard: int, points: tuple[int, int], how: Settlement) -> None:
    assert compare(CLARITY, panel_giving(*points), replace(STANDARD, scale_standard=scale_standard)).how == how


@pytest.mark.parametrize(
    ("rule", "points", "how", "because"),
    [
        pytest.param({"discuss_from_apart": 3}, (3, 5), MEAN, "two apart on the same side", id="two apart is too near"),
        pytest.param({"discuss_from_apart": 3}, (1, 4), DISCUSS, "different sides", id="but the sides still count"),
        pytest.param(
            {"discuss_from_apart": 3, "discuss_straddling": False}, (1, 4), DISCUSS, "three or more apart", id="three"
        ),
        pytest.param({"discuss_from_apart": 1}, (4, 5), DISCUSS, "one or more apart", id="any difference"),
        pytest.param({"discuss_from_apart": 1}, (4, 4), TAKEN, "Every assessor gave 4", id="none is no difference"),
        pytest.param({"discuss_straddling": False}, (2, 3), MEAN, "one apart on different sides", id="sides are free"),
        pytest.param({"discuss_straddling": False}, (2, 4), DISCUSS, "two or more apart", id="the distance is not"),
        pytest.param({"discuss_straddling": False}, (3, None), DISCUSS, "opportunity", id="nor a missing rating"),
    ],
)
def test_the_standard_says_what_is_discussed(
    rule: dict[str, Any], points: tuple[int | None, ...], how: Settlement, because: str
) -> None:
    compared = compare(CLARITY, panel_giving(*points), replace(STANDARD, **rule))
    assert compared.how == how
    assert because in compared.because


def test_a_standard_may_leave_judgements_that_straddle_alone() -> None:
    panel = panel_giving(3, 3, judgements=(CLEAR_NO, STRONG))
    assert judgements_must_be_discussed(panel, STANDARD)
    left_alone = replace(STANDARD, discuss_judgements=False)
    assert not judgements_must_be_discussed(panel, left_alone)
    assert not moderate(PRESENTATION, panel, left_alone).judgement_open


@pytest.mark.parametrize(
    ("points", "because"),
    [
        pytest.param((3, 3), "Every assessor gave 3.", id="equal"),
        pytest.param(
            (4, 3),
            "The assessors gave 3 and 4, one apart on the same side of the standard; the mean is 3.5.",
            id="near",
        ),
        pytest.param((2, 3), "The assessors gave 2 and 3, on different sides of the standard.", id="straddle"),
        pytest.param((3, 5), "The assessors gave 3 and 5, two or more apart.", id="far"),
        pytest.param(
            (4, None), "The assessors gave 4, and not every assessor had an opportunity to see it.", id="one unrated"
        ),
        pytest.param((3, 4, 5), "The assessors gave 3, 4 and 5, two or more apart.", id="three"),
    ],
)
def test_a_comparison_says_why(points: tuple[int | None, ...], because: str) -> None:
    assert compare(CLARITY, panel_giving(*points), STANDARD).because == because


def test_nothing_is_compared_before_the_reveal() -> None:
    hidden = panel_giving(3, 3)
    hidden = replace(hidden, forms=(hidden.forms[0], unsealed(hidden.forms[1])))
    with pytest.raises(ValueError, match="not been revealed"):
        compare(CLARITY, hidden, STANDARD)
    with pytest.raises(ValueError, match="not been revealed"):
        moderate(PRESENTATION, hidden, STANDARD)
    with pytest.raises(ValueError, match="not been revealed"):
        judgements_must_be_discussed(hidden, STANDARD)


@settings(max_examples=80, deadline=None)
@given(points=GIVEN, data=st.data())
def test_the_order_of_assessors_does_not_matter(points: list[int | None], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(points))
    assert compare(CLARITY, panel_giving(*points), STANDARD) == compare(CLARITY, panel_giving(*shuffled), STANDARD)


@settings(max_examples=80, deadline=None)
@given(points=GIVEN)
def test_a_value_lies_between_the_ratings_and_never_crosses_the_standard(points: list[int | None]) -> None:
    compared = compare(CLARITY, panel_giving(*points), STANDARD)
    if compared.points is not None:
        given_points = [each for each in points if each is not None]
        assert len(given_points) == len(points)
        assert min(given_points) <= compared.points <= max(given_points)
        assert all((each >= STANDARD.scale_standard) == (compared.points >= 3) for each in given_points)


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        pytest.param((COMPETENT, COMPETENT), False, id="both competent"),
        pytest.param((COMPETENT, STRONG), False, id="competent and strong"),
        pytest.param((CLEAR_NO, BORDERLINE), False, id="clear no and borderline"),
        pytest.param((BORDERLINE, COMPETENT), True, id="borderline and competent"),
        pytest.param((STRONG, BORDERLINE), True, id="strong and borderline"),
        pytest.param((CLEAR_NO, COMPETENT), True, id="clear no and competent"),
        pytest.param((CLEAR_NO, STRONG), True, id="clear no and strong"),
        pytest.param((STRONG, STRONG, BORDERLINE), True, id="one of three on the other side"),
    ],
)
def test_judgements_must_be_discussed(judgements: tuple[GlobalJudgement, ...], expected: bool) -> None:
    sitting = panel_giving(*[3] * len(judgements), judgements=judgements)
    assert judgements_must_be_discussed(sitting, STANDARD) is expected
    assert moderate(PRESENTATION, sitting, STANDARD).judgement_open is expected


def test_each_competency_is_settled_by_itself_and_in_the_exercises_order() -> None:
    sitting = Panel(
        assessors=frozenset({ANN, BEN}), forms=(sealed(ANN, ROLE_PLAY, [3, 2, 5]), sealed(BEN, ROLE_PLAY, [3, 3, 4]))
    )
    moderation = moderate(ROLE_PLAY, sitting, STANDARD)
    assert [(each.competency, each.how) for each in moderation.competencies] == [
        (11, TAKEN),
        (12, DISCUSS),
        (13, MEAN),
    ]
    assert [each.name for each in moderation.still_open] == ["Directiveness and challenge"]
