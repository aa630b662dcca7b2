"""The forms of withdrawal and appointment."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovSubmitInput, GovTextArea
from wtforms import HiddenField, RadioField, SelectField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from selection.rules.eligibility import ACTING_ROLE_NAMES, SUPERVISING, StopKind
from selection.rules.stops import AppealOutcome
from selection.web.choices import ProgrammeChoice
from selection.web.fields import DayField
from selection.web.forms import BaseForm

REASON_LENGTH = 4000
ROLES = [SelectChoice(role, ACTING_ROLE_NAMES[role].capitalize()) for role in sorted(SUPERVISING, reverse=True)]


def _first_day() -> DayField:
    return DayField("From which day", required="Enter the first day", description="Days before it stay as they were.")


def _reason(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description="It stays on the record and is read by auditors.",
        validators=[InputRequired("Say why"), Length(max=REASON_LENGTH, message="At most 4,000 characters")],
    )


class WithdrawForm(BaseForm):
    """From which day, and why; `seen` is the mark of the plan that was on screen."""

    from_day = DayField(
        "From which day", required="Enter the first day", description="Days before it stay as they were."
    )
    reason = _reason("Why")
    seen = HiddenField()
    submit = SubmitField("Withdraw it and end what leans on it", widget=GovSubmitInput())


class StopForm(BaseForm):
    """Suspension or deselection, of one programme or all, from a day on."""

    kind = RadioField(
        "What was decided",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(StopKind.SUSPENSION, "Suspension: stopped for now"),
            SelectChoice(StopKind.DESELECTION, "Deselection: ended by decision"),
        ],
        validators=[InputRequired("Choose suspension or deselection")],
    )
    programme_id = SelectField("Programme", widget=GovSelect(), coerce=int)
    from_day = DayField(
        "From which day", required="Enter the first day", description="Days before it stay as they were."
    )
    until = DayField("Until which day", description="Leave it empty if that is not known, or for a deselection.")
    panel = TextAreaField(
        "Who was on the panel, for a deselection",
        widget=GovTextArea(),
        description="Staff numbers or whole names, one a line. Whoever decides here is on it too; the person never is."
        " How many it takes is a local setting. A deselection can be appealed against once.",
        validators=[Length(max=REASON_LENGTH, message="At most 4,000 characters")],
        render_kw={"params": {"rows": 3}},
    )
    reason = _reason("Why")
    seen = HiddenField()
    submit = SubmitField("Stop them and end what leans on their authorisations", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[ProgrammeChoice]) -> None:
        """Offer every programme, and all of them together."""
        self.programme_id.choices = [(0, "Every programme"), *((one.id, one.code) for one in programmes)]


class EndAppointmentForm(BaseForm):
    """From which day an appointment ends, and why; `seen` is the mark of the plan that was on screen."""

    from_day = _first_day()
    reason = _reason("Why it ends")
    seen = HiddenField()
    submit = SubmitField("End the appointment and what leans on it", widget=GovSubmitInput())


class LeaveForm(BaseForm):
    """Somebody's last day in the service, and why they leave; `seen` is the mark of the plan that was on screen."""

    last_day = DayField("Last day in the service", required="Enter the last day")
    reason = _reason("Why they leave")
    seen = HiddenField()
    submit = SubmitField("Let them leave and end what lies beyond", widget=GovSubmitInput())


class SuspendNowForm(BaseForm):
    """Why somebody is suspended at once."""

    reason = _reason("Why they are suspended")
    submit = SubmitField("Suspend now", widget=GovSubmitInput())


class BreachForm(BaseForm):
    """What was false about a certificate; `seen` is the mark of the plan that was on screen."""

    reason = TextAreaField(
        "What was false about it?",
        widget=GovTextArea(),
        description="What was delivered on it stays on record, named as a breach for auditors that is never taken back."
        " From today on nothing rests on it.",
        validators=[InputRequired("Say what was false"), Length(max=REASON_LENGTH, message="At most 4,000 characters")],
    )
    seen = HiddenField()
    submit = SubmitField("Record it as false", widget=GovSubmitInput())


class AppealForm(BaseForm):
    """Why a deselection is appealed against."""

    grounds = _reason("On what grounds?")
    submit = SubmitField("Appeal", widget=GovSubmitInput())


class HearingForm(BaseForm):
    """What an appeal came to."""

    outcome = RadioField(
        "What did it come to?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(AppealOutcome.UPHELD, "Upheld: the deselection ends, and they are reinstated"),
            SelectChoice(AppealOutcome.DISMISSED, "Dismissed: the deselection stands"),
        ],
        validators=[InputRequired("Choose what it came to")],
    )
    reason = _reason("Why?")
    submit = SubmitField("Decide the appeal", widget=GovSubmitInput())


class LiftForm(BaseForm):
    """The last day of a suspension or deselection, and why it ends."""

    last_day = DayField("Last day on which it holds", required="Enter the last day")
    reason = _reason("Why it ends")
    submit = SubmitField("Lift it", widget=GovSubmitInput())


class AppointForm(BaseForm):
    """To which role on which programme, for which days, and why."""

    role = RadioField(
        "As what",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(role, ACTING_ROLE_NAMES[role].capitalize()) for role in sorted(SUPERVISING, reverse=True)
        ],
        validators=[InputRequired("Choose treatment manager or designated supervisor")],
    )
    programme_id = SelectField("Programme", widget=GovSelect(), coerce=int)
    valid_from = DayField("First day", required="Enter the first day")
    valid_to = DayField("Last day", description="Leave it empty for an appointment without an end.")
    reason = _reason("Why they are appointed")
    submit = SubmitField("Appoint", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[ProgrammeChoice]) -> None:
        """Offer every programme."""
        self.programme_id.choices = [(one.id, one.code) for one in programmes]
