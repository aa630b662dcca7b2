"""The forms of the chair's acts."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from selection.centres.chair.actions import MEDIAN, NO_OPPORTUNITY
from selection.centres.fields import button, prose
from selection.centres.papers import Anchor
from selection.centres.rating.sheet import JUDGEMENTS
from selection.web.fields import row_key
from selection.web.forms import BaseForm


class AgreeForm(BaseForm):
    """What was agreed on one competency."""

    value = RadioField("Agreed value", widget=GovRadioInput(), validators=[InputRequired("Choose what was agreed")])
    reason = prose("Reason", "Why this value, and not the others.")
    evidence = prose("Evidence", "What the candidate said or did that it rests on.")
    submit = button("Record what was agreed")

    def offer(self, anchors: tuple[Anchor, ...], *, median: bool) -> None:
        """Put the points of the scale into the form, and the median where a third assessor has rated."""
        points = [(str(each.point), f"{each.point}: {each.label}") for each in anchors]
        third = [(MEDIAN, "Deadlock: the median with the third assessor counts")] if median else []
        self.value.choices = [*points, (NO_OPPORTUNITY, "No opportunity to see it"), *third]


class JudgementForm(BaseForm):
    """What was agreed on the exercise as a whole."""

    judgement = RadioField(
        "Agreed judgement",
        widget=GovRadioInput(),
        choices=[SelectChoice(str(key), words) for key, words in JUDGEMENTS.items()],
        validators=[InputRequired("Choose the agreed judgement")],
    )
    reason = prose("Reason", "Why this judgement.")
    evidence = prose("Evidence", "What it rests on.")
    submit = button("Record what was agreed")


class IncidentForm(BaseForm):
    """Whether a reported critical incident is confirmed."""

    confirmed = RadioField(
        "Is the critical incident confirmed?",
        widget=GovRadioInput(),
        choices=[SelectChoice("yes", "Yes, it is confirmed"), SelectChoice("no", "No, it is not confirmed")],
        validators=[InputRequired("Choose yes or no")],
    )
    reason = prose("Reason", "What you found, and from whom.")
    submit = button("Record this")


class ThirdForm(BaseForm):
    """Who is called in as third assessor, and why."""

    assessor = SelectField("Third assessor", widget=GovSelect(), coerce=row_key, validate_choice=False)
    why = prose("Why is a third assessor called in?", "What could not be agreed on.")
    submit = button("Call in the third assessor")


class VoidForm(BaseForm):
    """Why an exercise is declared void."""

    reason = prose(
        "What was not run properly?", "This cannot be taken back. A void exercise does not count as an attempt."
    )
    submit = button("Declare the exercise void")
