"""A form is sealed whole, and nobody sees another's ratings before the last is sealed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.scoring import (
    GlobalJudgement,
    Panel,
    Rating,
    ScoringForm,
    gaps_in,
    is_revealed,
    may_see_ratings,
    reasons_against_changing,
    reasons_against_reopening,
    reasons_against_sealing,
)
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import ANN, BEN, CAT, DEV, PRESENTATION, ROLE_PLAY, STANDARD, codes, sealed, unsealed

COMPLETE = unsealed(sealed(ANN, ROLE_PLAY, [3, 4, 2]))
EMPATHY_RATED = Rating(competency=11, points=3, evidence="Named the feeling and waited.")


def with_empathy(*ratings: Rating) -> ScoringForm:
    return replace(COMPLETE, ratings=(*ratings, *COMPLETE.ratings[1:]))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        pytest.param(COMPLETE, [], id="complete"),
        pytest.param(with_empathy(replace(EMPATHY_RATED, points=1)), [], id="the lowest point"),
        pytest.param(with_empathy(replace(EMPATHY_RATED, points=5)), [], id="the highest point"),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, points=0)),
            [("rating.off_scale", "11.points")],
            id="just below the scale",
        ),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, points=6)),
            [("rating.off_scale", "11.points")],
            id="just above the scale",
        ),
        pytest.param(
            with_empathy(),
            [("rating.unrated", "11.points"), ("rating.no_evidence", "11.evidence")],
            id="a competency left out",
        ),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, points=None)),
            [("rating.unrated", "11.points")],
            id="a blank is not the lowest point",
        ),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, evidence="")),
            [("rating.no_evidence", "11.evidence")],
            id="no note of evidence",
        ),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, evidence=" \n")),
            [("rating.no_evidence", "11.evidence")],
            id="a note of nothing but space",
        ),
        pytest.param(
            with_empathy(Rating(competency=11, no_opportunity=True, no_opportunity_reason="It broke off.")),
            [],
            id="no opportunity, with the reason",
        ),
        pytest.param(
            with_empathy(Rating(competency=11, no_opportunity=True)),
            [("rating.no_reason", "11.no_opportunity_reason")],
            id="no opportunity, without a reason",
        ),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, no_opportunity=True, no_opportunity_reason="It broke off.")),
            [("rating.both", "11.no_opportunity")],
            id="points and no opportunity",
        ),
        pytest.param(
            with_empathy(replace(EMPATHY_RATED, points=6, no_opportunity=True)),
            [
                ("rating.both", "11.no_opportunity"),
                ("rating.off_scale", "11.points"),
                ("rating.no_reason", "11.no_opportunity_reason"),
            ],
            id="all that is wrong with one rating at once",
        ),
        pytest.param(
            with_empathy(EMPATHY_RATED, replace(EMPATHY_RATED, points=5)),
            [("rating.doubled", "11.points")],
            id="a competency rated twice",
        ),
        pytest.param(
            with_empathy(EMPATHY_RATED, replace(EMPATHY_RATED, competency=21)),
            [("rating.unknown_competency", "21.points")],
            id="a competency of another exercise",
        ),
        pytest.param(replace(COMPLETE, judgement=None), [("form.no_judgement", "judgement")], id="no global judgement"),
        pytest.param(
            replace(COMPLETE, exercise=ExerciseKind.PRESENTATION),
            [("form.other_exercise", "exercise")],
            id="a form for another exercise",
        ),
        pytest.param(
            ScoringForm(assessor_id=ANN, exercise=ExerciseKind.ROLE_PLAY),
            [
                ("rating.unrated", "11.points"),
                ("rating.no_evidence", "11.evidence"),
                ("rating.unrated", "12.points"),
                ("rating.no_evidence", "12.evidence"),
                ("rating.unrated", "13.points"),
                ("rating.no_evidence", "13.evidence"),
                ("form.no_judgement", "judgement"),
            ],
            id="an empty form",
        ),
    ],
)
def test_gaps_in(form: ScoringForm, expected: list[tuple[str, str]]) -> None:
    assert [(gap.code, gap.field) for gap in gaps_in(form, ROLE_PLAY, STANDARD)] == expected


def test_the_scale_is_the_standards_own() -> None:
    wide = replace(STANDARD, scale_min=0, scale_max=10)
    [gap] = gaps_in(with_empathy(replace(EMPATHY_RATED, points=11)), ROLE_PLAY, wide)
    assert gap.message == "“Empathy and warmth” has 11, which is off the scale."
    assert gap.remedy == "Use a whole number from 0 to 10."


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(with_empathy(replace(EMPATHY_RATED, points=9)).ratings))
def test_the_order_of_ratings_does_not_matter(order: list[Rating]) -> None:
    assert codes(gaps_in(replace(COMPLETE, ratings=tuple(order)), ROLE_PLAY, STANDARD)) == ["rating.off_scale"]


@pytest.mark.parametrize(
    ("judgement", "expected"),
    [
        pytest.param(GlobalJudgement.CLEAR_NO, False, id="clear no"),
        pytest.param(GlobalJudgement.BORDERLINE, False, id="borderline"),
        pytest.param(GlobalJudgement.COMPETENT, True, id="competent"),
        pytest.param(GlobalJudgement.STRONG, True, id="strong"),
    ],
)
def test_judgements_have_two_sides(judgement: GlobalJudgement, expected: bool) -> None:
    assert judgement.is_competent is expected


ANNS, BENS, CATS = (sealed(each, PRESENTATION, [3]) for each in (ANN, BEN, CAT))


def panel(*assessors: int, forms: tuple[ScoringForm, ...]) -> Panel:
    return Panel(assessors=frozenset(assessors), forms=forms)


ALL_SEALED = panel(ANN, BEN, forms=(ANNS, BENS))
BEN_WRITES = panel(ANN, BEN, forms=(ANNS, unsealed(BENS)))


@pytest.mark.parametrize(
    ("sitting", "expected"),
    [
        pytest.param(ALL_SEALED, True, id="both sealed"),
        pytest.param(panel(ANN, BEN, CAT, forms=(ANNS, BENS, CATS)), True, id="all of three sealed"),
        pytest.param(BEN_WRITES, False, id="one still writes"),
        pytest.param(panel(ANN, BEN, forms=(unsealed(ANNS), unsealed(BENS))), False, id="both still write"),
        pytest.param(panel(ANN, BEN, forms=(ANNS,)), False, id="one has not begun"),
        pytest.param(panel(ANN, BEN, forms=()), False, id="nobody has begun"),
        pytest.param(panel(forms=()), False, id="nobody is appointed"),
        pytest.param(panel(ANN, forms=(ANNS,)), False, id="sealed by all, but fewer than the standard asks for"),
        pytest.param(panel(ANN, BEN, CAT, forms=(ANNS, BENS)), False, id="a third appointed who has not begun"),
        pytest.param(panel(ANN, BEN, forms=(ANNS, CATS)), False, id="a form by somebody not appointed does not count"),
        pytest.param(panel(ANN, BEN, forms=(ANNS, BENS, unsealed(CATS))), True, id="nor does it hold up those who are"),
        pytest.param(panel(ANN, BEN, forms=(ANNS, ANNS)), False, id="one form twice is not two assessors"),
        pytest.param(
            panel(ANN, BEN, forms=(ANNS, unsealed(ANNS), BENS)), False, id="an assessor with a second form, unsealed"
        ),
    ],
)
def test_is_revealed(sitting: Panel, expected: bool) -> None:
    assert is_revealed(sitting, STANDARD) is expected


def test_a_standard_may_ask_for_three_assessors() -> None:
    three = replace(STANDARD, assessors_per_exercise=3)
    assert not is_revealed(ALL_SEALED, three)
    assert is_revealed(panel(ANN, BEN, CAT, forms=(ANNS, BENS, CATS)), three)


@pytest.mark.parametrize(
    ("viewer", "sitting", "expected"),
    [
        pytest.param(ANN, BEN_WRITES, [ANN], id="one who sealed sees their own before the reveal"),
        pytest.param(BEN, BEN_WRITES, [BEN], id="one who writes sees their own and not the sealed one"),
        pytest.param(None, BEN_WRITES, [], id="the chair sees nothing before the reveal"),
        pytest.param(DEV, BEN_WRITES, [], id="an assessor of another exercise sees nothing"),
        pytest.param(ANN, ALL_SEALED, [ANN, BEN], id="an assessor sees both after the reveal"),
        pytest.param(None, ALL_SEALED, [ANN, BEN], id="the chair sees both after the reveal"),
        pytest.param(
            CAT, panel(ANN, BEN, CAT, forms=(ANNS, BENS)), [], id="who has not begun sees nothing of those who sealed"
        ),
        pytest.param(
            CAT, panel(ANN, BEN, CAT, forms=(ANNS, BENS, unsealed(CATS))), [CAT], id="the last of three to seal"
        ),
        pytest.param(
            ANN, panel(ANN, BEN, forms=(ANNS, BENS, unsealed(CATS))), [ANN, BEN], id="a draft is never revealed"
        ),
        pytest.param(
            CAT, panel(ANN, BEN, forms=(ANNS, BENS, unsealed(CATS))), [CAT], id="a third assessor rates alone too"
        ),
        pytest.param(
            CAT, panel(ANN, BEN, forms=(ANNS, BENS, CATS)), [ANN, BEN, CAT], id="and sees the others once sealed"
        ),
    ],
)
def test_may_see_ratings(viewer: int | None, sitting: Panel, expected: list[int]) -> None:
    assert [form.assessor_id for form in may_see_ratings(viewer, sitting, STANDARD)] == expected


@settings(max_examples=80, deadline=None)
@given(
    seals=st.lists(st.booleans(), min_size=0, max_size=4),
    appointed=st.frozensets(st.integers(1, 5), max_size=5),
    viewer=st.none() | st.integers(1, 6),
)
def test_another_form_is_seen_only_if_all_are_sealed(
    seals: list[bool], appointed: frozenset[int], viewer: int | None
) -> None:
    forms = tuple(replace(sealed(number, PRESENTATION, [3]), sealed=seal) for number, seal in enumerate(seals, start=1))
    seen = may_see_ratings(viewer, Panel(assessors=appointed, forms=forms), STANDARD)
    if any(form.assessor_id != viewer for form in seen):
        assert len(appointed) >= STANDARD.assessors_per_exercise
        assert appointed <= {form.assessor_id for form in forms if form.sealed}


@pytest.mark.parametrize(
    ("form", "by", "expected"),
    [
        pytest.param(unsealed(ANNS), ANN, [], id="one's own, not sealed"),
        pytest.param(ANNS, ANN, ["form.sealed"], id="one's own, sealed"),
        pytest.param(unsealed(ANNS), BEN, ["form.not_own"], id="another's"),
        pytest.param(unsealed(ANNS), None, ["form.not_own"], id="the chair writes on none"),
        pytest.param(ANNS, BEN, ["form.not_own", "form.sealed"], id="another's, sealed"),
    ],
)
def test_reasons_against_changing(form: ScoringForm, by: int | None, expected: list[str]) -> None:
    assert codes(reasons_against_changing(form, by_assessor_id=by)) == expected


@pytest.mark.parametrize(
    ("form", "sitting", "by_chair", "why", "expected"),
    [
        pytest.param(ANNS, BEN_WRITES, True, "Wrong candidate.", [], id="the chair, before the reveal, with a reason"),
        pytest.param(ANNS, BEN_WRITES, False, "Wrong candidate.", ["not_chair"], id="not the chair"),
        pytest.param(ANNS, BEN_WRITES, True, " ", ["no_reason"], id="no reason"),
        pytest.param(ANNS, ALL_SEALED, True, "Wrong candidate.", ["revealed"], id="after the reveal"),
        pytest.param(unsealed(BENS), BEN_WRITES, True, "Wrong candidate.", ["not_sealed"], id="not sealed"),
        pytest.param(ANNS, ALL_SEALED, False, "", ["not_chair", "revealed", "no_reason"], id="all at once"),
    ],
)
def test_reasons_against_reopening(
    form: ScoringForm, sitting: Panel, by_chair: bool, why: str, expected: list[str]
) -> None:
    reasons = reasons_against_reopening(form, sitting, STANDARD, by_chair=by_chair, why=why)
    assert codes(reasons) == [f"form.{code}" for code in expected]


@pytest.mark.parametrize(("today", "expected"), [(14, ["before_the_centre"]), (15, []), (16, [])])
def test_nothing_is_sealed_before_the_centre_is_held(today: int, expected: list[str]) -> None:
    reasons = reasons_against_sealing(held_on=date(2027, 3, 15), today=date(2027, 3, today))
    assert codes(reasons) == [f"form.{code}" for code in expected]
    assert {each.earliest for each in reasons} <= {date(2027, 3, 15)}


def test_a_form_gives_a_blank_for_what_it_does_not_rate() -> None:
    find: Callable[[int], Rating] = COMPLETE.rating_of
    assert find(11).points == 3
    assert find(21) == Rating(competency=21)
