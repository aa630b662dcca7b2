"""The forms about supervision."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from selection.groups.forms import ChosenForm, WishForm
from selection.rules.eligibility import ACTING_ROLE_NAMES, SUPERVISING, ActingRole
from selection.web.fields import LARGEST_KEY

ROLES = {str(role): ACTING_ROLE_NAMES[role].capitalize() for role in ActingRole if role in SUPERVISING}


class SuperviseWishForm(WishForm):
    """Who could supervise: as what, and on which days."""

    role = RadioField(
        "As",
        widget=GovRadioInput(),
        choices=[SelectChoice(*role) for role in ROLES.items()],
        default=ActingRole.TREATMENT_MANAGER,
    )


class SuperviseForm(ChosenForm):
    """Somebody is named by the button beside their name."""

    role = HiddenField(validators=[AnyOf(list(ROLES))])
    staff_id = IntegerField(validators=[InputRequired(), NumberRange(0, LARGEST_KEY)])
    reason = TextAreaField(validators=[Length(max=2000)])
    as_deputy = BooleanField()
