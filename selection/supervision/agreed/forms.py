"""The form in which something is said to be done."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import SubmitField

from selection.web.fields import DayField
from selection.web.forms import BaseForm


class DoneForm(BaseForm):
    """The day on which it was done."""

    done_on = DayField("On which day was it done?", required="Enter the day")
    submit = SubmitField("It was done", widget=GovSubmitInput())
