"""The forms of booking and of cancelling."""

from wtforms import SelectMultipleField
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


class CancelForm(VersionedForm):
    """That a booking, or a wait, shall end."""
