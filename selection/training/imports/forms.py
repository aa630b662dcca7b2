"""The forms of an import: the file and where it comes from, and the decision."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea
from wtforms import RadioField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from selection.spreadsheets.forms import FileForm
from selection.web.forms import VersionedForm

LONG = Length(max=4000, message="At most 4,000 characters")
APPROVE, REFUSE = "approve", "refuse"


class ImportForm(FileForm):
    """A file of earlier training, and where it comes from."""

    reason = TextAreaField(
        "Where does the file come from?",
        widget=GovTextArea(),
        description="For example: the training register of the North until 2024, kept by the training unit. It stays"
        " on the record and is read by auditors.",
        validators=[InputRequired("Say where the file comes from"), LONG],
    )
    submit = SubmitField("Check the file and hand it in", widget=GovSubmitInput())


class DecideForm(VersionedForm):
    """Whether the file is accepted, and why."""

    outcome = RadioField(
        "What do you decide?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(APPROVE, "Approve all of it, and issue the certificates"),
            SelectChoice(REFUSE, "Refuse all of it"),
        ],
        validators=[InputRequired("Choose what you decide")],
    )
    reason = TextAreaField(
        "Why?",
        widget=GovTextArea(),
        description="What you compared the file with. It stands on every certificate.",
        validators=[InputRequired("Say why you decide so"), LONG],
    )
    submit = SubmitField("Decide", widget=GovSubmitInput())
