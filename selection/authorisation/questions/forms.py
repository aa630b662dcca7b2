"""The form of a question; it changes nothing and is a part of the page's address."""

from collections.abc import Iterable
from datetime import date

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextInput
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole
from selection.web.fields import DayField
from selection.web.forms import BaseForm


class QuestionForm(BaseForm):
    """Who, as what, on which programme, from when to when; what is wrong is said by whoever reads the question."""

    class Meta(FlaskForm.Meta):
        """It changes nothing, so that it needs no token."""

        csrf = False

    person = StringField("Who?", widget=GovTextInput(), description="The staff number, or the whole name.")
    programme = SelectField("Programme", widget=GovSelect(), validate_choice=False)
    role = RadioField(
        "As what?",
        widget=GovRadioInput(),
        choices=[SelectChoice(str(role), name.capitalize()) for role, name in ACTING_ROLE_NAMES.items()],
        default=str(ActingRole.FACILITATOR),
        validate_choice=False,
    )
    first = DayField("From which day?")
    last = DayField("To which day?", description="Both days are included.")

    def offer(self, codes: Iterable[str]) -> None:
        """Offer the programmes."""
        self.programme.choices = [SelectChoice(code, code) for code in codes]

    def words(self) -> dict[str, str]:
        """Return what was entered as an address asks it."""
        days = {name: _iso(self[name].data) for name in ("first", "last")}
        return {name: self[name].data or "" for name in ("person", "programme", "role")} | days


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
