"""The forms about assignments."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea
from wtforms import HiddenField, IntegerField, RadioField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from selection.groups.forms import ChosenForm, WishForm
from selection.rules.supervision import AssignmentKind
from selection.web.fields import LARGEST_KEY, DayField
from selection.web.forms import VersionedForm


class AssignWishForm(WishForm):
    """Who could be assigned: as what, and for which days."""

    kind = RadioField(
        "As",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(str(AssignmentKind.REGULAR), "Regular facilitator"),
            SelectChoice(str(AssignmentKind.COVER), "Cover"),
        ],
        default=AssignmentKind.REGULAR,
    )


class AssignForm(ChosenForm):
    """Somebody is assigned by the button beside their name."""

    kind = HiddenField(validators=[AnyOf(list(AssignmentKind))])
    staff_id = IntegerField(validators=[InputRequired(), NumberRange(0, LARGEST_KEY)])


def _why(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description="It is kept on the audit trail.",
        validators=[Length(max=2000, message="Use at most 2,000 letters")],
        render_kw={"params": {"rows": 2}},
    )


class LastDayForm(VersionedForm):
    """Another last day for an assignment."""

    last_day = DayField("Last day", required="Enter the last day")
    reason = _why("Why, if it ends earlier")
    submit = SubmitField("Set the last day", widget=GovSubmitInput())


class CancelForm(VersionedForm):
    """An assignment that has not begun is taken back."""

    cancel_reason = _why("Why it is cancelled")
    cancel = SubmitField("Cancel the assignment", widget=GovSubmitInput())
