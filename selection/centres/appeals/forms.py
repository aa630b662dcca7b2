"""The forms of an appeal: the candidate's, and the hearing's."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from selection.centres.appeals.actions import Finding
from selection.centres.fields import button, prose
from selection.rules.standards import ExerciseKind
from selection.web.fields import DayField
from selection.web.forms import BaseForm


class AppealForm(BaseForm):
    """On what grounds the candidate appeals."""

    grounds = prose(
        "What was not done as the standard asks, and in which exercise?",
        "An appeal is about how the centre was run, not about the ratings.",
    )
    submit = button("Appeal")


class HearingForm(BaseForm):
    """How the appeal was decided."""

    result = RadioField(
        "The appeal is",
        widget=GovRadioInput(),
        choices=[SelectChoice("dismissed", "Dismissed"), SelectChoice("upheld", "Upheld")],
        validators=[InputRequired("Choose dismissed or upheld")],
    )
    void = SelectMultipleField(
        "If it is upheld: which exercises are void?",
        widget=GovCheckboxesInput(),
        description="They do not count as sat, and can be sat again without a wait.",
        validate_choice=False,
    )
    heard_on = DayField("Heard on", required="Enter the day of the hearing")
    reason = prose("Reason", "What you found, and from whom. The candidate reads it.")
    submit = button("Record the hearing")

    def offer(self, kinds: list[ExerciseKind]) -> None:
        """Put the exercises that were sat into the form."""
        self.void.choices = [(str(kind), kind.words.capitalize()) for kind in kinds]

    def finding(self) -> Finding:
        """Return what was entered."""
        assert self.heard_on.data is not None
        known = {str(kind): kind for kind in ExerciseKind}
        return Finding(
            upheld=self.result.data == "upheld",
            void=tuple(known[each] for each in self.void.data or [] if each in known),
            reason=self.reason.data,
            heard_on=self.heard_on.data,
        )
