"""The form of wellbeing: who, and on which day. There is no field for more, on purpose."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from selection.supervision.records.desk import Desk
from selection.web.fields import DayField, row_key
from selection.web.forms import BaseForm


class WellbeingForm(BaseForm):
    """Who had support, and when."""

    subjects = RadioField(
        "Facilitator", widget=GovRadioInput(), coerce=row_key, validators=[InputRequired("Choose a facilitator")]
    )
    held_on = DayField("Day", required="Enter the day")
    submit = SubmitField("Log the day", widget=GovSubmitInput())

    def offer(self, at: Desk) -> None:
        """Let those be chosen whom the person supervises, or did, on the group."""
        self.subjects.choices = [SelectChoice(one.id, one.name) for one in at.people]
