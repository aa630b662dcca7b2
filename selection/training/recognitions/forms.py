"""The form of a recognition."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from selection.rules.calendar import NO_END
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.recognition import RecognitionPlan
from selection.rules.validity import Span
from selection.web.choices import ProgrammeChoice
from selection.web.fields import DayField
from selection.web.forms import BaseForm

NO_PROGRAMME = 0


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _person(label: str, description: str, required: str) -> StringField:
    return StringField(
        label,
        widget=GovTextInput(),
        description=description,
        filters=[_stripped],
        validators=[DataRequired(required), Length(max=200, message="At most 200 characters")],
    )


def _prose(label: str, description: str, required: str) -> TextAreaField:
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description=description,
        filters=[_stripped],
        validators=[DataRequired(required), Length(max=4000, message="At most 4,000 characters")],
    )


class RecognitionForm(BaseForm):
    """Whose step is recognised, which one, on what evidence, who asked, why, and from when to when."""

    person = _person("Whose step is it?", "The staff number, or the whole name.", "Enter whose step it is")
    stage = RadioField(
        "Which step?",
        widget=GovRadioInput(),
        choices=[SelectChoice(stage.value, name[0].upper() + name[1:]) for stage, name in STAGE_NAMES.items()],
        validators=[InputRequired("Choose the step")],
    )
    programme = SelectField(
        "Programme",
        widget=GovSelect(),
        coerce=int,
        default=NO_PROGRAMME,
        description="Only for programme training: the other steps serve every programme.",
    )
    evidence = _prose(
        "Evidence",
        "What was learnt, where and when, and what shows it: for example a certificate with its number.",
        "Say what the evidence is",
    )
    requested_by = _person(
        "Who asked for it?",
        "The staff number, or the whole name. It can be the person, and cannot be you.",
        "Enter who asked for it",
    )
    reason = _prose("Why is it accepted?", "It stays on the record and is read by auditors.", "Say why it is accepted")
    first = DayField("Valid from", required="Enter the first day", description="Today, or a coming day.")
    last = DayField("Valid to", description="A selection can be left without an end; the other steps end.")
    submit = SubmitField("Recognise the step", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[ProgrammeChoice]) -> None:
        """Let these programmes be chosen from."""
        of = [SelectChoice(programme.id, f"{programme.title} ({programme.code})") for programme in programmes]
        self.programme.choices = [SelectChoice(NO_PROGRAMME, "None: the step serves every programme"), *of]

    def plan(self, *, staff_id: int, requested_by_id: int) -> RecognitionPlan:
        """Return what was entered, for the two people who were meant."""
        return RecognitionPlan(
            staff_id=staff_id,
            stage=Stage(self.stage.data),
            programme_id=self.programme.data or None,
            evidence=self.evidence.data,
            reason=self.reason.data,
            requested_by_id=requested_by_id,
            days=Span(first=self.first.entered, last=self.last.data or NO_END),
        )
