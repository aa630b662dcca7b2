"""The form in which a form is written: its title, its scale, and a row for each question."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextInput
from wtforms import BooleanField, Field, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from selection.models.record_forms import RecordForm
from selection.rules.records import MOST_FACILITATORS, AnswerKind
from selection.supervision.questions.actions import Asked
from selection.web.forms import VersionedForm

POINTS = 6
SPARE_ROWS = 3
MOST_ROWS = 60


def _kept(text: str | None) -> str:
    return " ".join((text or "").split())


class FormFormBase(VersionedForm):
    """What every form has; `form_form` adds the scale and the rows."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[_kept],
        validators=[DataRequired("Enter a title"), Length(max=200, message="The title has at most 200 letters")],
    )

    @property
    def label_fields(self) -> list[Field]:
        """The points of the scale, from one up."""
        return [self[f"label-{point}"] for point in range(1, POINTS + 1)]

    @property
    def rows(self) -> list[tuple[Field, ...]]:
        """The questions: text, hint, how it is answered, from how many facilitators on, whether it must be."""
        count = sum(name.startswith("text-") for name in self._fields)
        return [tuple(self[f"{name}-{row}"] for name in ROW) for row in range(count)]

    def labels(self) -> list[str]:
        """Return what each point means, up to the last that was described."""
        written = [field.data for field in self.label_fields]
        while written and not written[-1]:
            written.pop()
        return [label or str(point) for point, label in enumerate(written, start=1)]

    def asked(self) -> list[Asked]:
        """Return the questions in their order; an empty row is no question."""
        return [
            Asked(
                text=text.data,
                hint=hint.data,
                answer=AnswerKind(answer.data),
                from_facilitators=int(least.data),
                required=required.data,
            )
            for text, hint, answer, least, required in self.rows
            if text.data
        ]


ROW = ("text", "hint", "answer", "from", "required")
ANSWERS = [
    SelectChoice(str(AnswerKind.WORDS), "In words"),
    SelectChoice(str(AnswerKind.POINTS), "With points for each"),
]
NUMBERS = [
    SelectChoice(str(number), f"{number} facilitator{'s' if number > 1 else ''}")
    for number in range(1, MOST_FACILITATORS + 1)
]


def form_form(of: RecordForm, *, sent: int = 0) -> Any:
    """Return the form in which this version is written; `sent` is how many rows came with the request."""
    fields: dict[str, Any] = {f"label-{point}": _line(f"Point {point}", 200) for point in range(1, POINTS + 1)}
    for row in range(min(MOST_ROWS, max(sent, len(of.questions) + SPARE_ROWS))):
        fields[f"text-{row}"] = _line(f"Question {row + 1}", 200)
        fields[f"hint-{row}"] = _line("Hint", 500)
        fields[f"answer-{row}"] = SelectField("Answered", widget=GovSelect(), choices=ANSWERS)
        fields[f"from-{row}"] = SelectField("Asked from", widget=GovSelect(), choices=NUMBERS)
        fields[f"required-{row}"] = BooleanField("Must be answered")
    fields["submit"] = SubmitField("Save the draft", widget=GovSubmitInput())
    made = type("FormForm", (FormFormBase,), fields)
    return made(version=str(of.version), title=of.title, data=_data(of))


def _line(label: str, most: int) -> StringField:
    too_long = Length(max=most, message=f"{label}: at most {most} letters")
    return StringField(label, widget=GovTextInput(), filters=[_kept], validators=[too_long])


def _data(of: RecordForm) -> dict[str, Any]:
    data: dict[str, Any] = {f"label-{one.point}": one.label for one in of.points}
    for row, one in enumerate(of.questions):
        data |= {f"text-{row}": one.text, f"hint-{row}": one.hint, f"answer-{row}": one.answer}
        data |= {f"from-{row}": str(one.from_facilitators), f"required-{row}": one.required}
    return data


class PublishForm(VersionedForm):
    """Nothing but the yes to what was on screen."""

    submit = SubmitField("Publish this version", widget=GovSubmitInput())
