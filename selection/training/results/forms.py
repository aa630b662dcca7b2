"""The forms of a result and of certifying."""

from types import SimpleNamespace

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea
from wtforms import RadioField, SelectMultipleField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from selection.rules.results import PARTS, Parts
from selection.rules.training import PartResult
from selection.training.results.queries import Taken
from selection.web.fields import row_key
from selection.web.forms import BaseForm, VersionedForm

CHOICES = [
    SelectChoice(PartResult.PASSED.value, "Passed"),
    SelectChoice(PartResult.NOT_YET.value, "Not yet"),
    SelectChoice(PartResult.NOT_ASSESSED.value, "Not assessed"),
]


def _part(label: str) -> RadioField:
    return RadioField(
        label,
        widget=GovRadioInput(),
        choices=CHOICES,
        validators=[InputRequired(f"Choose what {label.lower()} came to")],
        render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
    )


def _prose(label: str, description: str) -> TextAreaField:
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description=description,
        filters=[lambda text: text or ""],
        validators=[Length(max=4000, message="At most 4,000 characters")],
    )


class ResultForm(VersionedForm):
    """The three parts, a note, and why an earlier result changes; its version is the latest result's id."""

    understanding = _part("Understanding")
    competencies = _part("Competencies")
    abilities = _part("Abilities")
    note = _prose("Note", "What was seen, in a sentence or two. It is for feedback and stays on record.")
    reason = _prose("Why does the result change?", "For example: abilities assessed again on 3 June 2027.")
    submit = SubmitField("Save the result", widget=GovSubmitInput())

    def show(self, taken: Taken) -> None:
        """Fill in the latest result, if there is one."""
        latest = taken.entry.latest
        stored = {part: getattr(latest, part) for part in (*PARTS, "note")} if latest else {}
        self.process(version=taken.version, **stored)

    def parts(self) -> Parts:
        """Return the three parts."""
        return Parts(
            understanding=PartResult(self.understanding.data),
            competencies=PartResult(self.competencies.data),
            abilities=PartResult(self.abilities.data),
        )

    def check_against(self, taken: Taken) -> None:
        """Raise ChangedMeanwhile if another result was recorded, otherwise, since the form was opened."""
        latest = taken.entry.latest
        stored = {part: getattr(latest, part) if latest else None for part in (*PARTS, "note")}
        if {key: self[key].data for key in stored} != stored:
            row = SimpleNamespace(version=taken.version, **stored)
            self.check(row, what=f"The result of {taken.booking.staff.name}")


class CertifyForm(BaseForm):
    """The results that shall be certified, by id."""

    results = SelectMultipleField("Results", coerce=row_key, choices=[], validate_choice=False)
