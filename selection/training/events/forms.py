"""The form of an event."""

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import Field, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from selection.models.people import Area
from selection.models.training import Event
from selection.rules.courses import weekdays
from selection.rules.validity import Span
from selection.training.events.actions import EventDetails
from selection.web.fields import EARLIEST_YEAR, LATEST_YEAR, CountField, DayField, row_key
from selection.web.forms import VersionedForm

MOST_TRAINERS = 30


def stripped(text: str | None) -> str:
    """Return the text without blanks around it."""
    return (text or "").strip()


class DaysField(TextAreaField):
    """Days, one a line, as day, month and year in figures; its data are the days in order, each once."""

    widget = GovTextArea()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(f"{day.day} {day.month} {day.year}" for day in self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the lines; raises ValueError with a sentence that names the first line that is no day."""
        lines = stripped(valuelist[0] if valuelist else "").splitlines()
        self.data = tuple(sorted({_day(line) for line in lines if line.strip()}))


def _day(line: str) -> date:
    parts = line.replace("/", " ").replace(".", " ").replace("-", " ").split()
    try:
        number, month, year = (int(part) for part in parts)
        day = date(year, month, number)
    except ValueError as wrong:
        raise ValueError(f"“{line.strip()[:40]}” is no day: write each day as 27 3 2027, one a line") from wrong
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(f"“{line.strip()[:40]}”: enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day


class EventForm(VersionedForm):
    """What an event is; its area is chosen when it is opened."""

    area = SelectField(
        "Area", widget=GovSelect(), coerce=row_key, validate_choice=False, validators=[InputRequired("Choose the area")]
    )
    title = StringField(
        "Title",
        widget=GovTextInput(),
        description="Leave it empty to use the course's title.",
        filters=[stripped],
        validators=[Length(max=200, message="The title can have 200 characters")],
    )
    first = DayField("First day", description="For example, 27 3 2027")
    last = DayField("Last day", description="Every day from Monday to Friday between the two is a day of the event.")
    days = DaysField(
        "Or name the days one by one",
        description="One a line, such as 27 3 2027. If you name days here, the two fields above do not count.",
    )
    venue = StringField(
        "Venue",
        widget=GovTextInput(),
        filters=[stripped],
        validators=[DataRequired("Enter the venue"), Length(max=200, message="The venue can have 200 characters")],
    )
    places = CountField("Places", least=1, most=500)
    trainers = TextAreaField(
        "Trainers",
        widget=GovTextArea(),
        description="One a line: the staff number, or the whole name. They cannot be booked on the event.",
        filters=[stripped],
        validators=[Length(max=4000, message="At most 4,000 characters")],
    )
    submit = SubmitField("Save the event", widget=GovSubmitInput())

    def offer(self, areas: Iterable[Area]) -> None:
        """Let these areas be chosen from."""
        self.area.choices = [SelectChoice(area.id, area.name) for area in areas]

    def show(self, event: Event) -> None:
        """Fill in what is stored: first and last day where they say it all, else each day."""
        stored = details_of(event)
        whole = stored.days == weekdays(Span(first=event.starts_on, last=event.ends_on))
        self.process(
            version=str(event.version),
            title=stored.title,
            venue=stored.venue,
            places=stored.places,
            first=event.starts_on if whole else None,
            last=event.ends_on if whole else None,
            days=() if whole else stored.days,
            trainers="\n".join(stored.trainers),
        )

    def check_against(self, event: Event) -> None:
        """Raise ChangedMeanwhile if the event is no longer as it was when the form was opened."""
        stored = SimpleNamespace(version=event.version, **in_words(details_of(event)))
        self.check(stored, what=f"The event {event.title}")

    def validate(self, extra_validators: Any = None) -> bool:
        """True if what was entered has the right shape, the days above all."""
        fine = bool(super().validate(extra_validators))
        if len(self._lines()) > MOST_TRAINERS:
            fine = self._wrong(self.trainers, f"An event has at most {MOST_TRAINERS} trainers")
        if self.days.data or self.days.errors or self.first.errors or self.last.errors:
            return fine
        if self.first.data is None or self.last.data is None:
            return self._wrong(self.first, "Enter the first and the last day, or name the days one by one")
        if self.last.data < self.first.data:
            return self._wrong(self.last, "The last day is before the first day")
        return fine

    def _lines(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.strip() for line in self.trainers.data.splitlines() if line.strip()))

    def _wrong(self, field: Field, sentence: str) -> bool:
        field.errors = [*field.errors, sentence]
        return False

    def changes(self) -> dict[str, Any]:
        """Return what was entered, in words."""
        return in_words(self.details())

    def details(self) -> EventDetails:
        """Return what was entered."""
        return EventDetails(
            title=self.title.data,
            venue=self.venue.data,
            places=self.places.entered,
            days=self.days.data or weekdays(Span(first=self.first.entered, last=self.last.entered)),
            trainers=self._lines(),
        )


def in_words(details: EventDetails) -> dict[str, Any]:
    """Return the details as the page of two versions shows them."""
    return {
        "title": details.title,
        "venue": details.venue,
        "places": details.places,
        "days": ", ".join(day.isoformat() for day in details.days),
        "trainers": ", ".join(details.trainers),
    }


def details_of(event: Event) -> EventDetails:
    """Return what is stored of an event, as a person would say it again."""
    return EventDetails(
        title=event.title,
        venue=event.venue,
        places=event.places,
        days=tuple(day.day for day in event.days),
        trainers=tuple(f"{trainer.number} {trainer.name}" for trainer in event.trainers),
    )
