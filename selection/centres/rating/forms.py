"""The form with which the chair opens a sealed form again."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextArea
from wtforms import SubmitField, TextAreaField
from wtforms.validators import Length

from selection.web.forms import BaseForm


class ReopenForm(BaseForm):
    """Why a sealed form is opened again."""

    why = TextAreaField(
        "Why is the form opened again?",
        widget=GovTextArea(),
        validators=[Length(max=2000, message="Use at most 2000 characters")],
    )
    submit = SubmitField("Open the form again", widget=GovSubmitInput())
