"""The forms of a review."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from selection.centres.fields import button, prose
from selection.rules.outcomes import Outcome
from selection.rules.reviews import View
from selection.web.fields import row_key
from selection.web.forms import BaseForm


class AskForm(BaseForm):
    """Who reviews a borderline together with the chair."""

    second = SelectField(
        "Who reviews it with you?",
        widget=GovSelect(),
        coerce=row_key,
        validate_choice=False,
        description="A current assessor who did not sit this exercise. They read its evidence and nothing else.",
    )
    submit = button("Ask them")


class ViewForm(BaseForm):
    """What one of the two holds the exercise to be."""

    outcome = RadioField(
        "What is the exercise?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(str(Outcome.COMPETENT), "Competent"),
            SelectChoice(str(Outcome.NOT_YET), "Not yet competent"),
        ],
        validators=[InputRequired("Choose competent or not yet competent")],
    )
    reason = prose("Reason", "What in the evidence of this exercise decides it.")
    submit = button("Give this view")

    def view(self) -> View:
        """Return what was entered."""
        return View(outcome=Outcome(self.outcome.data), reason=self.reason.data)
