"""The forms of a request: asking, and deciding."""

from collections.abc import Iterable

from flask_wtf.file import MultipleFileField
from govuk_frontend_wtf.wtforms_widgets import (
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from selection.rules.calendar import NO_END
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.requests import LARGEST_FILE, MOST_FILES, Wish
from selection.rules.validity import Span
from selection.web.choices import ProgrammeChoice
from selection.web.fields import DayField
from selection.web.forms import BaseForm, VersionedForm

NO_PROGRAMME = 0
LONG = Length(max=4000, message="At most 4,000 characters")
APPROVE, REFUSE = "approve", "refuse"


class RequestForm(BaseForm):
    """Whose step shall be recognised, which one, what was learnt, and the files that show it."""

    person = StringField(
        "Whose step is it?",
        widget=GovTextInput(),
        description="The staff number, or the whole name.",
        validators=[InputRequired("Enter whose step it is"), Length(max=200, message="At most 200 characters")],
    )
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
    learning = TextAreaField(
        "What was learnt, where and when?",
        widget=GovTextArea(),
        description="And what shows it, for example a certificate with its number. Do not name participants.",
        validators=[InputRequired("Say what was learnt, where and when"), LONG],
    )
    files = MultipleFileField(
        "Evidence",
        widget=GovFileInput(),
        description=f"PDF, JPEG or PNG, at most {MOST_FILES} files of {LARGEST_FILE // 1024 // 1024} MB each.",
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png", "multiple": True},
    )
    submit = SubmitField("Ask for the recognition", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[ProgrammeChoice]) -> None:
        """Let these programmes be chosen from."""
        of = [SelectChoice(programme.id, f"{programme.title} ({programme.code})") for programme in programmes]
        self.programme.choices = [SelectChoice(NO_PROGRAMME, "None: the step serves every programme"), *of]

    def wish(self, staff_id: int) -> Wish:
        """Return what was entered, for the person who was meant."""
        return Wish(
            staff_id=staff_id,
            stage=Stage(self.stage.data),
            programme_id=self.programme.data or None,
            learning=self.learning.data,
        )


class DecideForm(VersionedForm):
    """Approve with the days, or refuse; either with a reason."""

    outcome = RadioField(
        "What do you decide?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(APPROVE, "Recognise the step, and issue its certificate"),
            SelectChoice(REFUSE, "Refuse the request"),
        ],
        validators=[InputRequired("Choose what you decide")],
    )
    reason = TextAreaField(
        "Why?",
        widget=GovTextArea(),
        description="It stays on the record, and the person is told.",
        validators=[InputRequired("Say why"), LONG],
    )
    first = DayField("Valid from", description="For a recognition: today, or a coming day.")
    last = DayField("Valid to", description="A selection can be left without an end; the other steps end.")
    submit = SubmitField("Decide", widget=GovSubmitInput())

    def days(self, today: Span) -> Span:
        """Return the days that were entered; an empty first day is today."""
        return Span(first=self.first.data or today.first, last=self.last.data or NO_END)
