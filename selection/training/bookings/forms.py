"""The forms of booking and of cancelling."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import SelectMultipleField, SubmitField
from wtforms.validators import Length

from selection.web.fields import row_key
from selection.web.forms import BaseForm, VersionedForm

MOST_AT_ONCE = 100


class BookForm(BaseForm):
    """The people who were ticked, by staff id."""

    people = SelectMultipleField(
        "People",
        coerce=row_key,
        choices=[],
        validate_choice=False,
        validators=[Length(max=MOST_AT_ONCE, message=f"Book at most {MOST_AT_ONCE} people at once")],
    )
    submit = SubmitField("Book those ticked", widget=GovSubmitInput())


class CancelForm(VersionedForm):
    """That a booking shall be cancelled."""
