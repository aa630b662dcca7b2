"""The form of a centre."""

from collections.abc import Mapping

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from selection.centres.centre.actions import Details
from selection.centres.fields import button
from selection.core.columns import NAME_LENGTH
from selection.core.errors import ChangedMeanwhile
from selection.models.centres import Centre
from selection.rules.names import kept
from selection.web.fields import DayField
from selection.web.filters import day
from selection.web.forms import VersionedForm

TOO_LONG = f"Use at most {NAME_LENGTH} characters"


def _kept(text: str | None) -> str:
    return kept(text or "")


class CentreForm(VersionedForm):
    """What a coordinator says of a centre; the choices are given by the page."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        description="Such as Leeds, spring 2027.",
        validators=[DataRequired("Enter a title"), Length(max=NAME_LENGTH, message=TOO_LONG)],
        filters=[_kept],
    )
    area = SelectField("Area", widget=GovSelect(), coerce=int, validate_choice=True)
    venue = StringField(
        "Venue",
        widget=GovTextInput(),
        validators=[DataRequired("Enter the venue"), Length(max=NAME_LENGTH, message=TOO_LONG)],
        filters=[_kept],
    )
    held_on = DayField("Day", required="Enter the day of the centre", description="For example, 27 3 2027.")
    standard = SelectField(
        "Selection standard",
        widget=GovSelect(),
        coerce=int,
        description="The centre and its decisions stand under this version for ever.",
    )
    chair = SelectField(
        "Chair", widget=GovSelect(), coerce=int, description="Runs the wash-up and signs the decisions."
    )
    submit = button("Save")

    def offer(
        self, *, areas: Mapping[int, str], standards: list[tuple[int, str]], chairs: list[tuple[int, str]]
    ) -> None:
        """Put the choices into the form."""
        self.area.choices, self.standard.choices, self.chair.choices = list(areas.items()), standards, chairs

    def show(self, centre: Centre) -> None:
        """Fill the form with what is stored."""
        self.version.data = str(centre.version)
        self.title.data, self.venue.data, self.held_on.data = centre.title, centre.venue, centre.held_on
        self.area.data, self.standard.data, self.chair.data = centre.area_id, centre.standard_id, centre.chair_id

    def check(self, row: Centre, *, what: str) -> None:
        """Raise ChangedMeanwhile with both versions in words if the centre is no longer as it was on screen."""
        if str(row.version) == self.version.data:
            return
        names = {key: dict(self[key].choices) for key in ("area", "standard", "chair")}
        theirs = {
            "title": row.title,
            "area": row.area.name,
            "venue": row.venue,
            "held_on": day(row.held_on),
            "standard": names["standard"].get(row.standard_id),
            "chair": row.chair.name,
        }
        yours = {key: names[key].get(value) if key in names else value for key, value in self.changes().items()}
        raise ChangedMeanwhile(what=what, theirs=theirs, yours=yours | {"held_on": day(self.held_on.data)})

    def details(self) -> Details:
        """Return what was entered."""
        assert self.held_on.data is not None
        return Details(
            title=self.title.data,
            area_id=self.area.data,
            standard_id=self.standard.data,
            chair_id=self.chair.data,
            venue=self.venue.data,
            held_on=self.held_on.data,
        )
