"""What is asked when somebody is looked for: for which days, among whom."""

from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect, GovTextInput
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from selection.rules.calendar import NO_END
from selection.rules.roles import Actor, Permission, Reach
from selection.rules.validity import Span
from selection.web.fields import DayField
from selection.web.forms import BaseForm

MINE, HERE, ALL = "mine", "here", "all"


class WishForm(BaseForm):
    """The days and the people that a page of candidates is about; it is part of the page's address."""

    class Meta(FlaskForm.Meta):
        """It changes nothing, so that it needs no token."""

        csrf = False

    starts_on = DayField("First day", required="Enter the first day")
    ends_on = DayField("Last day", required="Enter the last day")
    words = StringField(
        "Name or number",
        widget=GovTextInput(),
        description="The first letters of any word will do.",
        validators=[Length(max=200, message="Search for at most 200 letters")],
    )
    areas = SelectField(
        "Areas",
        widget=GovSelect(),
        choices=[
            SelectChoice(MINE, "My areas"),
            SelectChoice(HERE, "This group's area"),
            SelectChoice(ALL, "All that I may read"),
        ],
        default=MINE,
    )
    trained_only = BooleanField("Only who has ever passed the programme's training", widget=GovCheckboxInput())

    @classmethod
    def asked(cls, usual: Span, **defaults: Any) -> "WishForm":
        """Return the form as the address fills it in; an address that asks nothing gets the usual days."""
        given = request.args if "starts_on" in request.args else None
        return cls(given, starts_on=usual.first, ends_on=usual.last, **defaults)

    @property
    def days(self) -> Span:
        """The days asked for; only of a form that is valid."""
        return Span(first=self.starts_on.data or date.min, last=self.ends_on.data or NO_END)

    def reach(self, by: Actor, area_id: int) -> Reach:
        """Return how far to look: the actor's own areas, the group's, or all that the actor may read."""
        readable = by.reach(Permission.PEOPLE_READ)
        match self.areas.data:
            case "here":
                return Reach(everywhere=False, areas=frozenset({area_id} if readable.takes_in(area_id) else ()))
            case "all":
                return readable
            case _:
                return by.reach(Permission.GROUPS_WRITE)

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the query of the address that asks the same, with the changes."""
        asked = {key: value for key, value in self.data.items() if value not in (None, "", False)}
        asked |= changes
        return {key: _boxes(value) if isinstance(value, date) else value for key, value in asked.items()}


class HiddenDay(DateField):
    """A day that goes along with a form, unseen."""

    widget = HiddenInput()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[InputRequired()], **kwargs)


class ChosenForm(BaseForm):
    """What goes along when a button beside somebody's name is pressed: the days that the page was about."""

    first = HiddenDay()
    last = HiddenDay()
    version = HiddenField()

    @property
    def days(self) -> Span:
        """The days; only of a form that is valid."""
        return Span(first=self.first.data, last=self.last.data)


def in_address(days: Span) -> dict[str, Any]:
    """Return the days as the form of wishes has them in an address."""
    return {"starts_on": _boxes(days.first), "ends_on": _boxes(days.last)}


def _boxes(day: date) -> list[int]:
    return [day.day, day.month, day.year]
