"""Fields that many forms have, with sentences of ours: a day in three boxes, a whole number."""

from datetime import date, time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovTextInput
from wtforms import DateField, Field, IntegerField
from wtforms.validators import StopValidation

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
BOXES = 3


LARGEST_KEY = 2**31 - 1
"""The largest number that the key of a row can be, on every database."""


def row_key(word: Any) -> int:
    """Return what was sent as the key of a row; raises ValueError for what can be none."""
    number = int(word)
    if not 0 <= number <= LARGEST_KEY:
        raise ValueError("no key is that large")
    return number


class DayInput(GovDateInput):
    """The three boxes of a day; what was typed stays in them, and other than three boxes sent is no failure."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        """Return what the design system's macro takes."""
        if field.raw_data is not None and len(field.raw_data) != BOXES:
            field.raw_data = ["", "", ""]
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        return params


class DayField(DateField):
    """A day; `required` is the sentence for three empty boxes, None lets them be empty."""

    widget = DayInput()

    def __init__(self, label: str, *, required: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, format="%d %m %Y", **kwargs)
        self.required = required

    @property
    def entered(self) -> date:
        """The day, of a form that was found right; raises ValueError if the boxes were left empty."""
        if self.data is None:
            raise ValueError(f"no day in {self.name}")
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the boxes; raises ValueError with a sentence if they are no day."""
        self.data = None
        parts = [part.strip() for part in valuelist]
        if not any(parts):
            return
        if len(parts) != BOXES or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError(f"{self.label.text}: enter day, month and year in figures, such as 27 3 2027")
        number, month, year = (int(part[:9]) for part in parts)
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise ValueError(
                f"{self.label.text}: enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}, with four figures"
            )
        try:
            self.data = date(year, month, number)
        except ValueError as wrong:
            raise ValueError(f"{self.label.text}: there is no such day in the calendar") from wrong

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        """Stop with the sentence if a day is needed and none was entered."""
        if self.required and self.data is None and not self.process_errors:
            raise StopValidation(self.required)


class CountField(IntegerField):
    """A whole number from `least` to `most`; anything else is one sentence, and so is an empty box unless optional."""

    widget = GovTextInput()

    def __init__(self, label: str, *, least: int, most: int, optional: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "numeric", "params": {"classes": "govuk-input--width-4"}})
        super().__init__(label, **kwargs)
        self.least, self.most, self.optional = least, most, optional

    @property
    def entered(self) -> int:
        """The number, of a form that was found right; raises ValueError if there is none."""
        if self.data is None:
            raise ValueError(f"no number in {self.name}")
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises ValueError with a sentence if it is none or lies outside."""
        self.data = None
        word = valuelist[0].strip() if valuelist else ""
        if not word and self.optional:
            return
        if not (word.isascii() and word.isdigit() and len(word) <= len(str(self.most)) + 3):
            raise ValueError(self._sentence())
        self.data = int(word)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        """Stop if the number is missing or lies outside."""
        if self.process_errors:
            raise StopValidation
        if self.data is None and self.optional:
            return
        if self.data is None or not self.least <= self.data <= self.most:
            raise StopValidation(self._sentence())

    def _sentence(self) -> str:
        return f"{self.label.text}: enter a whole number from {self.least} to {self.most}"


class TimeOfDayField(Field):
    """A time as a clock in London shows it, in four figures; `required` is the sentence for an empty box."""

    widget = GovTextInput()

    def __init__(self, label: str, *, required: str | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"params": {"classes": "govuk-input--width-4"}})
        super().__init__(label, **kwargs)
        self.required = required

    @property
    def entered(self) -> time:
        """The time, of a form that was found right; raises ValueError if the box was left empty."""
        if self.data is None:
            raise ValueError(f"no time in {self.name}")
        value: time = self.data
        return value

    def _value(self) -> str:
        """Return what stands in the box."""
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the box; raises ValueError with a sentence if it is no time."""
        self.data = None
        word = valuelist[0].strip().replace(".", ":") if valuelist else ""
        if not word:
            return
        hours, colon, minutes = word.partition(":")
        if not (colon and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hours, minutes))):
            raise ValueError(f"{self.label.text}: enter hours and minutes in figures, such as 9:30 or 17:30")
        if int(hours) > 23 or int(minutes) > 59:
            raise ValueError(f"{self.label.text}: there is no such time of day")
        self.data = time(int(hours), int(minutes))

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        """Stop with the sentence if a time is needed and none was entered."""
        if self.required and self.data is None and not self.process_errors:
            raise StopValidation(self.required)
