"""Where in the editor a problem of a draft is put right."""

from typing import Any

from flask import url_for

from selection.models.standards import Standard
from selection.prescribed.labels import LABELS
from selection.rules.reasons import Reason
from selection.standards.editing.numbers import FORMS

PAGES = {field: part for part, form in FORMS.items() for field in LABELS if hasattr(form, field)}


def address(standard: Standard, problem: Reason) -> str:
    """Return the address of the page on which the problem is put right."""
    place, *rest = (problem.field or "").split(".")
    if place in PAGES:
        return url_for(".numbers", standard_id=standard.id, part=PAGES[place])
    if place == "anchors":
        return url_for(".anchors", standard_id=standard.id)
    exercises = {each.kind: each.id for each in standard.exercises}
    if not rest or rest[0] not in exercises:
        return url_for(".new_exercise", standard_id=standard.id)
    there: dict[str, Any] = {"standard_id": standard.id, "exercise_id": exercises[rest[0]]}
    if len(rest) > 1:
        return url_for(".competency", **there, competency_id=int(rest[1]))
    if problem.code == "standard.no_competency":
        return url_for(".new_competency", **there)
    return url_for(".exercise", **there)
