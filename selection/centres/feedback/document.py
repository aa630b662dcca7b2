"""Feedback as data for a document: what the page shows, in words."""

from typing import Any

from selection.centres.feedback.content import OnCompetency, OnExercise
from selection.centres.feedback.queries import Feedback
from selection.web.filters import day, words


def data_of(feedback: Feedback) -> dict[str, Any]:
    """Return everything that templates/documents/feedback.typ shows."""
    return {
        "name": feedback.name,
        "centre": feedback.centre,
        "day": day(feedback.held_on),
        "standard": f"{feedback.papers.title}, version {feedback.papers.number}",
        "decision": words(feedback.decision.result),
        "decided_on": day(feedback.decision.decided_on),
        "chair": feedback.chair,
        "note": feedback.release.note if feedback.release else "",
        "draft": feedback.release is None,
        "reasons": [f"{reason.message} {reason.remedy}".strip() for reason in feedback.reasons],
        "exercises": [_exercise(each) for each in feedback.exercises],
    }


def _exercise(exercise: OnExercise) -> dict[str, Any]:
    return {
        "title": exercise.title,
        "outcome": words(exercise.outcome.words) if exercise.outcome else "Not sat",
        "stands_from": exercise.stands_from,
        "remark": exercise.remark,
        "went_well": list(exercise.went_well),
        "to_work_on": list(exercise.to_work_on),
        "competencies": [_competency(each) for each in exercise.competencies],
    }


def _competency(competency: OnCompetency) -> dict[str, Any]:
    return {
        "title": competency.title,
        "level": competency.level,
        "shown": list(competency.shown),
        "against": list(competency.against),
        "notes": [f"{note.by}: {note.text}" if note.by else note.text for note in competency.notes],
    }
