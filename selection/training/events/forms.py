"""The form of an event."""

from collections.abc import Sequence
from datetime import date, time
from types import SimpleNamespace
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import Field, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from selection.core.bank_holidays import bank_holidays
from selection.models.people import Area
from selection.models.training import Event
from selection.rules.courses import BEGINS, ENDS, Hours, weekdays
from selection.rules.sessions import Nation
from selection.rules.validity import Span
from selection.training.events.actions import EventDetails
from selection.web.fields import EARLIEST_YEAR, LATEST_YEAR, CountField, DayField, row_key
from selection.web.forms import VersionedForm

MOST_TRAINERS = 30
SHORT = {"params": {"classes": "govuk-input--width-5"}}


def stripped(text: str | None) -> str:
    """Return the text without blanks around it."""
    return (text or "").strip()


class DaysField(TextAreaField):
    """Days, one a line, in figures, and after a day the hours of that day alone; its data are hours or None by day."""

    widget = GovTextArea()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(_line(day, hours) for day, hours in (self.data or {}).items())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the lines; raises ValueError with a sentence that names the first line that is no day."""
        lines = stripped(valuelist[0] if valuelist else "").splitlines()
        read = dict(_day(line) for line in lines if line.strip())
        self.data = dict(sorted(read.items()))


def _line(day: date, hours: Hours | None) -> str:
    in_figures = f"{day.day} {day.month} {day.year}"
    return f"{in_figures}, {hours.begins:%H:%M} to {hours.ends:%H:%M}" if hours else in_figures


def _day(line: str) -> tuple[date, Hours | None]:
    said = f"“{line.strip()[:40]}”"
    on, _, hours = line.partition(",")
    parts = on.replace("/", " ").replace(".", " ").replace("-", " ").split()
    try:
        number, month, year = (int(part) for part in parts)
        day = date(year, month, number)
    except ValueError as wrong:
        raise ValueError(f"{said} is no day: write each day as 27 3 2027, one a line") from wrong
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(f"{said}: enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day, _hours(hours, said) if hours.strip() else None


def _hours(words: str, said: str) -> Hours:
    begins, _, ends = words.replace(" to ", "-").partition("-")
    first, last = hour(begins), hour(ends)
    if first is None or last is None or last <= first:
        raise ValueError(f"{said}: write the hours of a day as 27 3 2027, 10:00 to 13:00")
    return Hours(begins=first, ends=last)


def hour(word: str) -> time | None:
    """Return the time of day that is written as 9:30, 09.30 or 9, or None."""
    hours, _, minutes = word.strip().replace(".", ":").partition(":")
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hours, minutes or "0")):
        return None
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


class HourField(StringField):
    """A time of day."""

    widget = GovTextInput()

    @property
    def entered(self) -> time:
        """The time, of a form that was found right; raises ValueError if there is none."""
        if self.data is None:
            raise ValueError(f"no time in {self.name}")
        return self.data

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time; raises ValueError with a sentence if it is none. A field that was left out is as usual."""
        if not valuelist:
            return
        self.data = hour(valuelist[0])
        if self.data is None:
            raise ValueError(f"{self.label.text}: write a time such as 9:30")


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
    last = DayField(
        "Last day",
        description="Every day from Monday to Friday between the two is a day of the event, but for bank holidays.",
    )
    days = DaysField(
        "Or name the days one by one",
        description="One a line, such as 27 3 2027, or with hours of its own: 27 3 2027, 10:00 to 13:00. If you name"
        " days here, the two fields above do not count.",
    )
    begins = HourField("Begins each day at", default=BEGINS, render_kw=SHORT)
    ends = HourField("Ends each day at", default=ENDS, render_kw=SHORT)
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

    def offer(self, areas: Sequence[Area]) -> None:
        """Let these areas be chosen from."""
        self.area.choices = [SelectChoice(area.id, area.name) for area in areas]
        self._nations: dict[int | None, Nation] = {area.id: Nation(area.nation) for area in areas}

    def lies_in(self, area: Area) -> None:
        """Say in which area the event is, where it is not chosen."""
        del self.area
        self._nations = {None: Nation(area.nation)}

    def _weekdays(self, first: date, last: date) -> tuple[date, ...]:
        """Return the weekdays from day to day, without the bank holidays of the area's nation."""
        nation = self._nations.get(self.area.data if self.area else None, Nation.ENGLAND_AND_WALES)
        return weekdays(Span(first=first, last=last), bank_holidays(nation, first, years=2))

    def show(self, event: Event) -> None:
        """Fill in what is stored: first and last day where they say it all, else each day."""
        stored = details_of(event)
        in_a_row = stored.days == self._weekdays(event.starts_on, event.ends_on)
        whole = in_a_row and not stored.own_hours
        self.process(
            version=str(event.version),
            title=stored.title,
            venue=stored.venue,
            places=stored.places,
            first=event.starts_on if whole else None,
            last=event.ends_on if whole else None,
            days={} if whole else {day: stored.own_hours.get(day) for day in stored.days},
            begins=stored.hours.begins,
            ends=stored.hours.ends,
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
        if self.begins.data and self.ends.data and self.ends.data <= self.begins.data:
            fine = self._wrong(self.ends, "The day ends before it begins")
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
            days=tuple(self.days.data) or self._weekdays(self.first.entered, self.last.entered),
            hours=Hours(begins=self.begins.entered, ends=self.ends.entered),
            own_hours={day: hours for day, hours in self.days.data.items() if hours},
            trainers=self._lines(),
        )


def in_words(details: EventDetails) -> dict[str, Any]:
    """Return the details as the page of two versions shows them."""
    return {
        "title": details.title,
        "venue": details.venue,
        "places": details.places,
        "days": ", ".join(day.isoformat() for day in details.days),
        "begins": f"{details.hours.begins:%H:%M}",
        "ends": f"{details.hours.ends:%H:%M}",
        "trainers": ", ".join(details.trainers),
    }


def details_of(event: Event) -> EventDetails:
    """Return what is stored of an event, as a person would say it again."""
    hours = [Hours(begins=day.begins, ends=day.ends) for day in event.days]
    usual = max(sorted(set(hours)), key=hours.count)
    return EventDetails(
        title=event.title,
        venue=event.venue,
        places=event.places,
        days=tuple(day.day for day in event.days),
        hours=usual,
        own_hours={day.day: own for day, own in zip(event.days, hours, strict=True) if own != usual},
        trainers=tuple(f"{trainer.number} {trainer.name}" for trainer in event.trainers),
    )


class CancelEventForm(VersionedForm):
    """Why an event is cancelled; everybody concerned reads it."""

    reason = TextAreaField(
        "Why is it cancelled?",
        widget=GovTextArea(),
        description="Everybody who is booked, waits or trains is told this.",
        filters=[stripped],
        validators=[
            DataRequired("Say why it is cancelled: everybody concerned is told"),
            Length(max=1000, message="At most 1,000 characters"),
        ],
    )
    submit = SubmitField("Cancel the event", widget=GovSubmitInput())
