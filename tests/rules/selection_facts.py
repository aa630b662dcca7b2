"""The shipped standard in small, and short ways to say what assessors recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from selection.rules.reasons import Reason
from selection.rules.scoring import GlobalJudgement, Panel, Rating, ScoringForm
from selection.rules.standards import Anchor, Competency, Exercise, ExerciseKind, SelectionStandard

FOUR = ("first", "second", "third", "fourth")

EMPATHY = Competency(id=11, name="Empathy and warmth", indicators=FOUR)
CHALLENGE = Competency(id=12, name="Directiveness and challenge", indicators=FOUR)
FEEDBACK = Competency(id=13, name="Response to feedback", indicators=FOUR)
CLARITY = Competency(id=21, name="Clear explanation", indicators=FOUR)
VALUES = Competency(id=31, name="Values and attitudes", indicators=FOUR)


def exercise_of(kind: ExerciseKind, *competencies: Competency) -> Exercise:
    """An exercise of half an hour that looks for these."""
    title, brief = kind.words.capitalize(), "What to do."
    return Exercise(kind=kind, title=title, brief=brief, minutes=30, competencies=competencies)


ROLE_PLAY = exercise_of(ExerciseKind.ROLE_PLAY, EMPATHY, CHALLENGE, FEEDBACK)
PRESENTATION = exercise_of(ExerciseKind.PRESENTATION, CLARITY)
INTERVIEW = exercise_of(ExerciseKind.FORMAL_INTERVIEW, VALUES)

STANDARD = SelectionStandard(
    exercises=(ROLE_PLAY, PRESENTATION, INTERVIEW),
    anchors=tuple(Anchor(points=points, words=f"What {points} looks like") for points in range(1, 6)),
    scale_min=1,
    scale_max=5,
    scale_standard=3,
    assessors_per_exercise=2,
    mean_needed=Decimal("3.0"),
    most_below_standard=1,
    floor=2,
    k=Decimal("1.0"),
    sem=Decimal("0.25"),
    rated_share_needed=Decimal("0.8"),
    resit_wait_months=6,
    standing_months=12,
    attempts_allowed=2,
    attempts_window_months=24,
    pass_valid_months=24,
    discuss_from_apart=2,
    discuss_straddling=True,
    discuss_judgements=True,
    feedback_names_assessors=False,
    indicators_needed=4,
    most_sat_alone=1,
    appeal_days=28,
    feedback_days=28,
)

ANN, BEN, CAT, DEV = 1, 2, 3, 4


def rated(competency: Competency, points: int | None) -> Rating:
    """A complete rating; None is no opportunity."""
    if points is None:
        return Rating(competency=competency.id, no_opportunity=True, no_opportunity_reason="The role play broke off.")
    return Rating(competency=competency.id, points=points, evidence="Named the feeling and waited.")


def sealed(
    assessor_id: int,
    exercise: Exercise,
    points: Sequence[int | None],
    judgement: GlobalJudgement = GlobalJudgement.COMPETENT,
) -> ScoringForm:
    """A complete and sealed form."""
    ratings = tuple(rated(each, given) for each, given in zip(exercise.competencies, points, strict=True))
    return ScoringForm(
        assessor_id=assessor_id, exercise=exercise.kind, ratings=ratings, judgement=judgement, sealed=True
    )


def panel_giving(*points: int | None, judgements: Sequence[GlobalJudgement] = ()) -> Panel:
    """A panel, one assessor for each of the points, that rated the one competency of the presentation."""
    whole = list(judgements) or [GlobalJudgement.COMPETENT] * len(points)
    forms = [
        sealed(number, PRESENTATION, [given], judgement)
        for number, (given, judgement) in enumerate(zip(points, whole, strict=True), start=1)
    ]
    return Panel(assessors=frozenset(form.assessor_id for form in forms), forms=tuple(forms))


def unsealed(form: ScoringForm) -> ScoringForm:
    """The same form before it was sealed."""
    return replace(form, sealed=False)


def codes(reasons: Iterable[Reason]) -> list[str]:
    """What programs see of the reasons."""
    return [reason.code for reason in reasons]
