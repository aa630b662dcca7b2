"""Published selection standards."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.standards import Anchor, Competency, Exercise, Indicator, Standard
from selection.prescribed.content import content_hash
from selection.rules.standards import ExerciseKind

COMPETENCIES = {
    ExerciseKind.ROLE_PLAY: ("Empathy and warmth", "Directiveness and challenge", "Response to feedback"),
    ExerciseKind.PRESENTATION: ("Clear explanation", "Preparation", "Engaging the audience"),
    ExerciseKind.FORMAL_INTERVIEW: ("Knowledge", "Values and attitudes", "Resilience", "Diversity"),
}


def standard(session: Session, *, hashed: bool = False, **given: Any) -> Standard:
    """Return a published standard with the shipped defaults; its hash is noughts unless it is to be `hashed`."""
    values = {
        "title": "Facilitators",
        "number": 1,
        "scale_min": 1,
        "scale_max": 5,
        "scale_standard": 3,
        "assessors_per_exercise": 2,
        "mean_needed": Decimal(3),
        "most_below_standard": 1,
        "floor": 2,
        "k": Decimal(1),
        "sem": Decimal("0.25"),
        "rated_share_needed": Decimal("0.8"),
        "resit_wait_months": 6,
        "standing_months": 12,
        "attempts_allowed": 2,
        "attempts_window_months": 24,
        "pass_valid_months": 24,
        "shipped": True,
    }
    made = Standard(**(values | given))
    made.anchors = [Anchor(point=point, label=f"Point {point}", text=f"What {point} means.") for point in range(1, 6)]
    made.exercises = [_exercise(position, kind) for position, kind in enumerate(ExerciseKind, start=1)]
    session.add(made)
    session.flush()
    digest = content_hash(made) if hashed else "0" * 64
    made.state, made.content_hash, made.published_at = "published", digest, clock.now()
    session.flush()
    return made


def _exercise(position: int, kind: ExerciseKind) -> Exercise:
    exercise = Exercise(kind=kind, position=position, title=kind.words.capitalize(), brief="What to do.", minutes=30)
    exercise.competencies = [
        Competency(
            position=number,
            title=title,
            description="",
            indicators=[Indicator(position=each, text=f"Shows it {each}", contrary=each == 4) for each in range(1, 5)],
        )
        for number, title in enumerate(COMPETENCIES[kind], start=1)
    ]
    return exercise
