"""The forms of a person's details and of an acquaintance."""

from collections.abc import Mapping

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import Field, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from selection.rules.register import LONGEST_NAME, LONGEST_NUMBER, Entry, tidied
from selection.web.fields import DayField
from selection.web.filters import day
from selection.web.forms import BaseForm, VersionedForm

NARROW = {"params": {"classes": "govuk-input--width-10"}}


def _area_id(word: object) -> int | None:
    text = str(word or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class PersonForm(VersionedForm):
    """What the register holds of a person; whether it may be so is for the rules to say."""

    name = StringField("Name", widget=GovTextInput(), validators=[InputRequired("Enter the name")])
    number = StringField(
        "Staff number", widget=GovTextInput(), validators=[InputRequired("Enter the staff number")], render_kw=NARROW
    )
    email = StringField(
        "E-mail address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the e-mail address")],
        render_kw={"type": "email", "spellcheck": "false"},
    )
    job_title = StringField("Job title (optional)", widget=GovTextInput())
    area_id = SelectField("Area", widget=GovSelect(), coerce=_area_id, validate_choice=False)
    joined_on = DayField("First day in the service", required="Enter the first day in the service")
    left_on = DayField("Last day in the service (optional)")
    line_manager = StringField(
        "Line manager (optional)",
        widget=GovTextInput(),
        description="Their staff number. Nobody is assessed by their own line manager.",
        render_kw=NARROW,
    )
    submit = SubmitField("Save", widget=GovSubmitInput())

    def offer(self, areas: Mapping[int, str]) -> None:
        """Let one of the areas be chosen."""
        self.area_id.choices = [("", "Choose an area"), *areas.items()]
        if len(areas) == 1 and self.area_id.data is None:
            self.area_id.data = next(iter(areas))

    def entry(self) -> Entry:
        """Return what was entered, tidied."""
        return tidied(
            Entry(
                number=self.number.data or "",
                name=self.name.data or "",
                email=self.email.data or "",
                job_title=self.job_title.data or "",
                area_id=self.area_id.data,
                joined_on=self.joined_on.data,
                left_on=self.left_on.data,
                line_manager=self.line_manager.data or "",
            )
        )

    def in_words(self, entry: Entry, areas: Mapping[int, str]) -> dict[str, str]:
        """Return an entry as the form would show it, by the labels of its fields."""
        shown: Mapping[str, str | None] = {
            "name": entry.name,
            "number": entry.number,
            "email": entry.email,
            "job_title": entry.job_title,
            "area_id": areas.get(entry.area_id or 0),
            "joined_on": day(entry.joined_on),
            "left_on": day(entry.left_on),
            "line_manager": entry.line_manager,
        }
        labels: Mapping[str, Field] = self._fields
        return {labels[name].label.text.removesuffix(" (optional)"): words or "" for name, words in shown.items()}


class AcquaintanceForm(BaseForm):
    """The other person, by staff number, and how the two know each other."""

    number = StringField(
        "Staff number of the other person",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter the other person's staff number"),
            Length(max=LONGEST_NUMBER, message=f"A staff number has up to {LONGEST_NUMBER} letters"),
        ],
        render_kw=NARROW,
    )
    note = TextAreaField(
        "How they know each other (optional)",
        widget=GovTextArea(),
        description="Only what is needed to understand it. Whoever reads either record can read this.",
        validators=[Length(max=LONGEST_NAME, message=f"Use up to {LONGEST_NAME} letters")],
    )
    submit = SubmitField("Declare", widget=GovSubmitInput())
