"""The forms about groups themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect, GovSubmitInput, GovTextInput
from wtforms import BooleanField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from selection.groups.group.actions import Particulars
from selection.models.programmes import Programme
from selection.rules.names import kept
from selection.rules.validity import Span
from selection.web.fields import CountField, DayField
from selection.web.forms import BaseForm, VersionedForm


class _Particulars(BaseForm):
    reference = StringField(
        "Reference",
        widget=GovTextInput(),
        description="By what you know the group, such as NORTH-2027-1. No two groups have the same.",
        filters=[lambda text: kept(text or "")],
        validators=[DataRequired("Enter a reference"), Length(max=40, message="The reference has at most 40 letters")],
        render_kw={"spellcheck": "false", "params": {"classes": "govuk-input--width-20"}},
    )
    venue = StringField(
        "Venue",
        widget=GovTextInput(),
        filters=[lambda text: kept(text or "")],
        validators=[
            DataRequired("Enter where it meets"),
            Length(max=200, message="The venue has at most 200 letters"),
        ],
    )
    size = CountField("Members", least=1, most=99)
    starts_on = DayField("First day", required="Enter the first day")
    ends_on = DayField("Last day", required="Enter the last day")

    def particulars(self) -> Particulars:
        """Return what was entered; only of a form that is valid."""
        assert self.size.data is not None
        assert self.starts_on.data is not None
        assert self.ends_on.data is not None
        return Particulars(
            reference=self.reference.data,
            venue=self.venue.data,
            size=self.size.data,
            days=Span(first=self.starts_on.data, last=self.ends_on.data),
        )


class PlanForm(_Particulars):
    """A new group."""

    programme_id = SelectField("Programme", widget=GovSelect(), coerce=int)
    area_id = SelectField("Area", widget=GovSelect(), coerce=int)
    submit = SubmitField("Plan the group", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[Programme], areas: Mapping[int, str]) -> None:
        """Let the programmes and areas be chosen."""
        self.programme_id.choices = [SelectChoice(one.id, f"{one.code}: {one.title}") for one in programmes]
        self.area_id.choices = [SelectChoice(key, name) for key, name in areas.items()]


class ChangeForm(VersionedForm, _Particulars):
    """Other particulars of a group."""

    without_sessions = BooleanField(
        "Take back the sessions that would lie outside these days: they are not delivered, and their team is told",
        widget=GovCheckboxInput(),
    )

    submit = SubmitField("Change the group", widget=GovSubmitInput())

    def changes(self) -> dict[str, Any]:
        """Return what was entered of the group itself."""
        return {key: value for key, value in super().changes().items() if key != "without_sessions"}


class CloseForm(BaseForm):
    """Nothing but the yes."""

    submit = SubmitField("Close the group", widget=GovSubmitInput())
