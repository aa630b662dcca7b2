"""The form with which the chair signs."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextArea
from wtforms import SubmitField, TextAreaField
from wtforms.validators import Length

from selection.web.forms import BaseForm


class SignForm(BaseForm):
    """The chair's signature; there is nothing to choose, the outcomes decide."""

    note = TextAreaField(
        "Note for the record",
        widget=GovTextArea(),
        description="You can leave it empty. It changes nothing of the decision.",
        validators=[Length(max=5000, message="Use at most 5000 characters")],
    )
    submit = SubmitField("Sign the decision", widget=GovSubmitInput())
