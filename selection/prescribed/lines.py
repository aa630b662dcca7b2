"""Rows → lines: a stored standard as a comparison goes through it."""

from selection.models.standards import Anchor, Competency, Exercise, Standard
from selection.prescribed.labels import LABELS, in_words
from selection.rules.standards import ExerciseKind
from selection.rules.versions import Item

RULES = "Rules and numbers"
SCALE = "Rating scale"


def lines_of(standard: Standard) -> Item:
    """Return everything that a version says, whatever its format; load it with `facts.WHOLE`."""
    numbers = {label: in_words(getattr(standard, name)) for name, label in LABELS.items()}
    anchors = tuple(_anchor(each) for each in standard.anchors)
    return Item(
        kind="standard",
        name=f"{standard.title}, version {standard.number}",
        parts=(
            Item(kind="part", name=RULES, says={"Title": standard.title, **numbers}),
            Item(kind="part", name=SCALE, parts=anchors),
            *(_exercise(each) for each in standard.exercises),
        ),
    )


def _anchor(anchor: Anchor) -> Item:
    return Item(
        kind="Anchor", name=f"Anchor for {anchor.point}", says={"In short": anchor.label, "In full": anchor.text}
    )


def _exercise(exercise: Exercise) -> Item:
    says = {"Title": exercise.title, "What the candidate is told": exercise.brief, "Minutes": str(exercise.minutes)}
    competencies = tuple(_competency(each) for each in exercise.competencies)
    name = ExerciseKind(exercise.kind).words.capitalize()
    return Item(kind="Exercise", name=name, says=says, parts=competencies)


def _competency(competency: Competency) -> Item:
    indicators = (
        Item(kind="Contrary indicator" if each.contrary else "Indicator", name=each.text)
        for each in competency.indicators
    )
    return Item(
        kind="Competency",
        name=competency.title,
        says={"Description": competency.description},
        parts=tuple(indicators),
    )
