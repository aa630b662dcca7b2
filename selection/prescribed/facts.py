"""Rows → facts: a stored standard as the rules see it."""

from sqlalchemy.orm import selectinload

from selection.models import standards as rows
from selection.rules import standards as rules

WHOLE = (
    selectinload(rows.Standard.anchors),
    selectinload(rows.Standard.exercises).joinedload(rows.Exercise.competencies).joinedload(rows.Competency.indicators),
)
"""Options that load a standard with all that hangs on it in two more queries; elsewhere `load.options(*WHOLE)`."""


def facts_of(standard: rows.Standard) -> rules.SelectionStandard:
    """Return the standard as the rules see it; load it with WHOLE, or each exercise costs queries of its own."""
    return rules.SelectionStandard(
        exercises=tuple(exercise_facts(each) for each in standard.exercises),
        anchors=tuple(rules.Anchor(points=each.point, words=each.text) for each in standard.anchors),
        scale_min=standard.scale_min,
        scale_max=standard.scale_max,
        scale_standard=standard.scale_standard,
        assessors_per_exercise=standard.assessors_per_exercise,
        mean_needed=standard.mean_needed,
        most_below_standard=standard.most_below_standard,
        floor=standard.floor,
        k=standard.k,
        sem=standard.sem,
        rated_share_needed=standard.rated_share_needed,
        resit_wait_months=standard.resit_wait_months,
        standing_months=standard.standing_months,
        attempts_allowed=standard.attempts_allowed,
        attempts_window_months=standard.attempts_window_months,
        pass_valid_months=standard.pass_valid_months,
        discuss_from_apart=standard.discuss_from_apart,
        discuss_straddling=standard.discuss_straddling,
        discuss_judgements=standard.discuss_judgements,
        feedback_names_assessors=standard.feedback_names_assessors,
        indicators_needed=standard.indicators_needed,
        most_sat_alone=standard.most_sat_alone,
        appeal_days=standard.appeal_days,
        feedback_days=standard.feedback_days,
    )


def exercise_facts(exercise: rows.Exercise) -> rules.Exercise:
    """Return one exercise as the rules see it, its competencies in their order."""
    return rules.Exercise(
        kind=rules.ExerciseKind(exercise.kind),
        title=exercise.title,
        brief=exercise.brief,
        minutes=exercise.minutes,
        competencies=tuple(_competency_facts(each) for each in exercise.competencies),
    )


def _competency_facts(competency: rows.Competency) -> rules.Competency:
    return rules.Competency(
        id=competency.id,
        name=competency.title,
        indicators=tuple(each.text for each in competency.indicators),
        contrary=tuple(each.text for each in competency.indicators if each.contrary),
    )
