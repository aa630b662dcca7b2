"""The form that extends a set of certificates."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextArea, GovTextInput
from wtforms import SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length

from selection.web.fields import DayField, row_key
from selection.web.forms import BaseForm

MOST_AT_ONCE = 200
TICK = f"Tick at least one certificate, and {MOST_AT_ONCE} at most"


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class ExtendForm(BaseForm):
    """Which certificates, until when, who asked, and why."""

    certificates = SelectMultipleField(
        "Certificates",
        coerce=row_key,
        choices=[],
        validate_choice=False,
        validators=[Length(min=1, max=MOST_AT_ONCE, message=TICK)],
    )
    until = DayField("Valid until", required="Enter the new last day", description="For example, 30 9 2027")
    requested_by = StringField(
        "Who asked for it?",
        widget=GovTextInput(),
        description="The staff number, or the whole name. It cannot be you: you approve.",
        filters=[_stripped],
        validators=[DataRequired("Enter who asked for it"), Length(max=200, message="At most 200 characters")],
    )
    reason = TextAreaField(
        "Why is it extended?",
        widget=GovTextArea(),
        description="It stays on the record of each person and is read by auditors.",
        filters=[_stripped],
        validators=[DataRequired("Say why it is extended"), Length(max=2000, message="At most 2,000 characters")],
    )
    submit = SubmitField("Extend those ticked", widget=GovSubmitInput())
