"""The forms of a draft's anchors, exercises and competencies."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from selection.models.standards import Anchor, Competency, Exercise
from selection.rules.standards import ExerciseKind
from selection.standards.editing.actions import CompetencyWords, ExerciseWords
from selection.standards.fields import button, line, prose
from selection.web.fields import CountField
from selection.web.forms import VersionedForm

LONGEST_INDICATOR = 500
MOST_INDICATORS = 50
LONGEST_EXERCISE = 480
"""The longest exercise that can be entered, in minutes."""


class PartForm(VersionedForm):
    """A form on a part of a draft; the version that it remembers is the draft's."""

    def check_part(self, draft_version: int, stored: dict[str, Any], *, what: str) -> None:
        """Raise ChangedMeanwhile if the draft is no longer as it was when the form was opened."""
        self.check(SimpleNamespace(version=draft_version, **stored), what=what)


class AnchorsForm(PartForm):
    """What each point of the scale means; `for_points` makes the form with its boxes."""

    submit = button("Save the anchors")

    @classmethod
    def for_points(cls, points: Sequence[int]) -> type["AnchorsForm"]:
        """Return the form with two boxes for each point."""
        boxes: dict[str, Any] = {}
        for point in points:
            boxes[f"label_{point}"] = line(f"{point} in short")
            boxes[f"text_{point}"] = prose(f"{point} in full", rows=3)
        return type("AnchorsForm", (cls,), boxes)

    def written(self, points: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return the words in short and in full for each point."""
        return {point: (self[f"label_{point}"].data, self[f"text_{point}"].data) for point in points}


def anchor_boxes(anchors: Iterable[Anchor]) -> dict[str, str]:
    """Return what stands in the boxes of the anchors that there are."""
    boxes: dict[str, str] = {}
    for each in anchors:
        boxes |= {f"label_{each.point}": each.label, f"text_{each.point}": each.text}
    return boxes


class ExerciseForm(PartForm):
    """What the candidate is told, and how long it takes."""

    title = line("Title")
    brief = prose("What the candidate is told and does")
    minutes = CountField("Minutes", least=1, most=LONGEST_EXERCISE, description="A local setting.")
    submit = button("Save the exercise")

    def words(self) -> ExerciseWords:
        """Return what was entered."""
        return ExerciseWords(title=self.title.data, brief=self.brief.data, minutes=self.minutes.entered)


class NewExerciseForm(ExerciseForm):
    """An exercise that the draft does not have yet."""

    kind = RadioField("Which exercise?", widget=GovRadioInput(), validators=[InputRequired("Choose which exercise")])
    submit = button("Add the exercise")

    def offer(self, kinds: Iterable[ExerciseKind]) -> None:
        """Let these kinds be chosen from."""
        self.kind.choices = [SelectChoice(kind.value, kind.words.capitalize()) for kind in kinds]


def _lines(form: Any, field: Field) -> None:  # noqa: ARG001
    texts = as_lines(field.data)
    if len(texts) > MOST_INDICATORS:
        raise ValidationError(f"{field.label.text}: write at most {MOST_INDICATORS} lines")
    for number, text in enumerate(texts, start=1):
        if len(text) > LONGEST_INDICATOR:
            raise ValidationError(f"{field.label.text}: line {number} has more than {LONGEST_INDICATOR} characters")


def as_lines(text: str | None) -> tuple[str, ...]:
    """Return the lines in which something is written, without space around them."""
    return tuple(written for each in (text or "").splitlines() if (written := " ".join(each.split())))


class CompetencyForm(PartForm):
    """A competency with its indicators, one a line."""

    title = line("Competency")
    description = prose("What it means", rows=3)
    shows = prose("Indicators: behaviours that show it", "One a line, in their order.", rows=8)
    against = prose("Contrary indicators: behaviours that speak against it", "One a line.", rows=5)
    submit = button("Save the competency")

    validate_shows = validate_against = staticmethod(_lines)

    def words(self) -> CompetencyWords:
        """Return what was entered."""
        return CompetencyWords(
            title=self.title.data,
            description=self.description.data,
            shows=as_lines(self.shows.data),
            against=as_lines(self.against.data),
        )


def competency_boxes(competency: Competency) -> dict[str, Any]:
    """Return what stands in the boxes of a competency."""
    shows = [each.text for each in competency.indicators if not each.contrary]
    against = [each.text for each in competency.indicators if each.contrary]
    return {
        "title": competency.title,
        "description": competency.description,
        "shows": "\n".join(shows),
        "against": "\n".join(against),
    }


def exercise_boxes(exercise: Exercise) -> dict[str, Any]:
    """Return what stands in the boxes of an exercise."""
    return {"title": exercise.title, "brief": exercise.brief, "minutes": exercise.minutes}


class MoveForm(VersionedForm):
    """One place up or down."""

    down = HiddenField()
