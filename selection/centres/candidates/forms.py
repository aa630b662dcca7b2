"""The forms of putting somebody forward."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import IntegerField, StringField
from wtforms.validators import Length, ValidationError

from selection.centres.fields import as_written, button
from selection.web.fields import LARGEST_KEY
from selection.web.forms import BaseForm


class CandidateForm(BaseForm):
    """Who is put forward, and by whom; the candidates to choose from are written by the page."""

    candidate = IntegerField("Candidate")
    nominated_by = StringField(
        "Put forward by",
        widget=GovTextInput(),
        description="The staff number of who nominated the candidate. Leave it empty if nobody did.",
        validators=[Length(max=20, message="A staff number has at most 20 characters")],
        filters=[as_written],
        render_kw={"params": {"classes": "govuk-input--width-10"}, "spellcheck": "false"},
    )
    submit = button("Put forward")

    def validate_candidate(self, field: IntegerField) -> None:
        """Say in our words that somebody has to be chosen."""
        if field.data is None or not 0 <= field.data <= LARGEST_KEY:
            field.errors = []
            raise ValidationError("Choose a candidate")
