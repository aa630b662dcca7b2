"""What a discussion must hold to settle what the ratings left open."""

from dataclasses import replace
from fractions import Fraction

import pytest

from selection.rules.moderation import (
    Discussion,
    JudgementDiscussion,
    Settlement,
    ThirdRating,
    moderate,
    reasons_against_settling,
    reasons_against_settling_judgement,
)
from selection.rules.scoring import GlobalJudgement, Panel, Rating
from tests.rules.selection_facts import (
    BEN,
    CLARITY,
    DEV,
    PRESENTATION,
    ROLE_PLAY,
    STANDARD,
    codes,
    panel_giving,
    rated,
    sealed,
    unsealed,
)

COMPETENT, STRONG, BORDERLINE = GlobalJudgement.COMPETENT, GlobalJudgement.STRONG, GlobalJudgement.BORDERLINE
TAKEN, DISCUSS, NOT_RATED = Settlement.TAKEN, Settlement.MUST_BE_DISCUSSED, Settlement.NOT_RATED

FAR = panel_giving(2, 4)
FAR_AND_THIRD = replace(FAR, forms=(*FAR.forms, sealed(DEV, PRESENTATION, [3])))
WHY, EVIDENCE = "One of us had missed the second half.", "The summary at the end."
AGREED = Discussion(competency=21, points=3, reason=WHY, evidence=EVIDENCE)
DEADLOCK = Discussion(
    competency=21, third=ThirdRating(assessor_id=DEV, rating=rated(CLARITY, 3)), reason=WHY, evidence=EVIDENCE
)


def third(points: int | None, assessor_id: int = DEV) -> Discussion:
    return replace(DEADLOCK, third=ThirdRating(assessor_id=assessor_id, rating=rated(CLARITY, points)))


@pytest.mark.parametrize(
    ("discussion", "sitting", "expected"),
    [
        pytest.param(AGREED, FAR, [], id="agreed with reason and evidence"),
        pytest.param(replace(AGREED, points=1), FAR, [], id="agreed on the lowest point"),
        pytest.param(
            replace(AGREED, points=None, no_opportunity=True), FAR, [], id="agreed that there was no opportunity"
        ),
        pytest.param(AGREED, panel_giving(3, None), [], id="one rated, one had no opportunity"),
        pytest.param(replace(AGREED, points=None), FAR, [("moderation.no_value", "points")], id="no agreed value"),
        pytest.param(
            replace(AGREED, no_opportunity=True),
            FAR,
            [("moderation.both", "no_opportunity")],
            id="a value and no opportunity",
        ),
        pytest.param(
            replace(AGREED, points=6), FAR, [("moderation.off_scale", "points")], id="a value above the scale"
        ),
        pytest.param(
            replace(AGREED, points=0), FAR, [("moderation.off_scale", "points")], id="a value below the scale"
        ),
        pytest.param(replace(AGREED, reason=" "), FAR, [("moderation.no_reason", "reason")], id="no reason"),
        pytest.param(replace(AGREED, evidence=""), FAR, [("moderation.no_evidence", "evidence")], id="no evidence"),
        pytest.param(
            Discussion(competency=21),
            FAR,
            [
                ("moderation.no_reason", "reason"),
                ("moderation.no_evidence", "evidence"),
                ("moderation.no_value", "points"),
            ],
            id="everything at once",
        ),
        pytest.param(
            AGREED, panel_giving(2, 2), [("moderation.not_needed", "competency")], id="ratings that agree stand"
        ),
        pytest.param(
            AGREED, panel_giving(3, 4), [("moderation.not_needed", "competency")], id="so does the mean of near ones"
        ),
        pytest.param(
            AGREED,
            panel_giving(None, None),
            [("moderation.not_needed", "competency")],
            id="what nobody saw is not made up in discussion",
        ),
        pytest.param(
            replace(AGREED, competency=11),
            FAR,
            [("moderation.unknown_competency", "competency")],
            id="a competency of another exercise",
        ),
        pytest.param(DEADLOCK, FAR, [], id="a third assessor"),
        pytest.param(DEADLOCK, FAR_AND_THIRD, [], id="a third assessor whose form is among the forms"),
        pytest.param(
            replace(DEADLOCK, points=3), FAR, [("moderation.agreed_and_third", "points")], id="agreed and a third too"
        ),
        pytest.param(
            third(3, BEN), FAR, [("moderation.third_not_new", "third.assessor_id")], id="the third is one of the two"
        ),
        pytest.param(
            replace(DEADLOCK, third=ThirdRating(assessor_id=DEV, rating=rated(ROLE_PLAY.competencies[0], 3))),
            FAR,
            [("moderation.third_elsewhere", "third.competency")],
            id="the third rated something else",
        ),
        pytest.param(
            replace(DEADLOCK, third=ThirdRating(assessor_id=DEV, rating=Rating(competency=21, points=6))),
            FAR,
            [("rating.off_scale", "third.points"), ("rating.no_evidence", "third.evidence")],
            id="the third rating has the gaps of any rating",
        ),
        pytest.param(
            third(None), FAR, [("moderation.third_unrated", "third.points")], id="a third without points breaks nothing"
        ),
        pytest.param(third(None), panel_giving(4, None), [], id="a third without points, where one had none either"),
        pytest.param(
            replace(DEADLOCK, reason=""), FAR, [("moderation.no_reason", "reason")], id="a deadlock without a reason"
        ),
    ],
)
def test_reasons_against_settling(discussion: Discussion, sitting: Panel, expected: list[tuple[str, str]]) -> None:
    reasons = reasons_against_settling(discussion, sitting, PRESENTATION, STANDARD)
    assert [(reason.code, reason.field) for reason in reasons] == expected


@pytest.mark.parametrize(
    ("points", "discussions", "how", "value"),
    [
        pytest.param((2, 4), [AGREED], Settlement.AGREED, Fraction(3), id="agreed"),
        pytest.param(
            (2, 4), [replace(AGREED, points=None, no_opportunity=True)], NOT_RATED, None, id="agreed as not rated"
        ),
        pytest.param((2, 4), [], DISCUSS, None, id="not discussed"),
        pytest.param((2, 4), [replace(AGREED, evidence="")], DISCUSS, None, id="discussed without evidence"),
        pytest.param((2, 4), [AGREED, replace(AGREED, points=4)], DISCUSS, None, id="two discussions settle nothing"),
        pytest.param((2, 2), [AGREED], TAKEN, Fraction(2), id="a discussion that was not needed changes nothing"),
        pytest.param((2, 4), [third(3)], Settlement.MEDIAN, Fraction(3), id="a third in the middle"),
        pytest.param((2, 4), [third(5)], Settlement.MEDIAN, Fraction(4), id="a third above both"),
        pytest.param((2, 4), [third(1)], Settlement.MEDIAN, Fraction(2), id="a third below both"),
        pytest.param((2, 4), [third(2)], Settlement.MEDIAN, Fraction(2), id="a third sides with one"),
        pytest.param((4, None), [third(4)], Settlement.MEDIAN, Fraction(4), id="a third who saw it too"),
        pytest.param((4, None), [third(2)], Settlement.MEDIAN, Fraction(2), id="two rate apart: the lower"),
        pytest.param((4, None), [third(None)], NOT_RATED, None, id="two of three had no opportunity"),
        pytest.param((2, 3, 4), [third(4)], Settlement.MEDIAN, Fraction(3), id="four ratings: the lower of the middle"),
    ],
)
def test_moderate(
    points: tuple[int | None, ...], discussions: list[Discussion], how: Settlement, value: Fraction | None
) -> None:
    sitting = panel_giving(*points)
    [moderated] = moderate(PRESENTATION, sitting, STANDARD, discussions=discussions).competencies
    assert (moderated.how, moderated.points) == (how, value)


STRADDLE = panel_giving(3, 3, judgements=(BORDERLINE, STRONG))
TALKED = JudgementDiscussion(judgement=COMPETENT, reason=WHY, evidence=EVIDENCE)


@pytest.mark.parametrize(
    ("discussion", "sitting", "expected"),
    [
        pytest.param(TALKED, STRADDLE, [], id="agreed with reason and evidence"),
        pytest.param(replace(TALKED, judgement=None), STRADDLE, ["no_judgement"], id="no agreed judgement"),
        pytest.param(replace(TALKED, reason=""), STRADDLE, ["no_reason"], id="no reason"),
        pytest.param(replace(TALKED, evidence=" "), STRADDLE, ["no_evidence"], id="no evidence"),
        pytest.param(TALKED, panel_giving(3, 3), ["not_needed"], id="judgements on the same side"),
        pytest.param(
            JudgementDiscussion(),
            panel_giving(3, 3),
            ["not_needed", "no_judgement", "no_reason", "no_evidence"],
            id="everything at once",
        ),
    ],
)
def test_reasons_against_settling_a_judgement(
    discussion: JudgementDiscussion, sitting: Panel, expected: list[str]
) -> None:
    reasons = reasons_against_settling_judgement(discussion, sitting, STANDARD)
    assert codes(reasons) == [f"moderation.{code}" for code in expected]


def test_a_judgement_is_open_until_its_discussion_holds() -> None:
    def is_open(discussion: JudgementDiscussion | None) -> bool:
        return moderate(PRESENTATION, STRADDLE, STANDARD, judgement_discussion=discussion).judgement_open

    assert is_open(None)
    assert is_open(replace(TALKED, reason=""))
    assert not is_open(TALKED)


def test_nothing_is_discussed_before_the_reveal() -> None:
    hidden = replace(FAR, forms=(FAR.forms[0], unsealed(FAR.forms[1])))
    assert codes(reasons_against_settling(AGREED, hidden, PRESENTATION, STANDARD)) == ["moderation.not_revealed"]
    assert codes(reasons_against_settling_judgement(TALKED, hidden, STANDARD)) == ["moderation.not_revealed"]
