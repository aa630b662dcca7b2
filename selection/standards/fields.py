"""Fields that several forms of standards have, with sentences of ours."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import DecimalField, RadioField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, StopValidation

from selection.core.columns import NAME_LENGTH
from selection.models.standards import Standard

MOST = 5_000
LONGEST_NUMBER = 12
PLACES = 3


def as_written(text: str | None) -> str:
    """Return prose as it is stored: one kind of line end, and no space around it."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def line(label: str, hint: str = "") -> StringField:
    """Return a field for one line; whether it may be empty is for the rules to say."""
    enough = Length(max=NAME_LENGTH, message=f"{label}: use at most {NAME_LENGTH} characters")
    return StringField(label, widget=GovTextInput(), description=hint, validators=[enough], filters=[one_line])


def one_line(text: str | None) -> str:
    """Return the text in one line, without space around it or doubled in it."""
    return " ".join((text or "").split())


def prose(label: str, hint: str = "", *, rows: int = 5) -> TextAreaField:
    """Return a field for some sentences; whether it may be empty is for the rules to say."""
    enough = Length(max=MOST, message=f"{label}: use at most {MOST:,} characters")
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description=hint,
        validators=[enough],
        filters=[as_written],
        render_kw={"params": {"rows": rows}},
    )


def yes_or_no(label: str, hint: str = "") -> RadioField:
    """Return a question that is answered by yes or no; its data is True or False."""
    return RadioField(
        label,
        widget=GovRadioInput(),
        description=hint,
        choices=[SelectChoice(True, "Yes"), SelectChoice(False, "No")],
        coerce=lambda word: word if word is None else str(word) == "True",
        validators=[InputRequired(f"{label}: choose yes or no")],
    )


def named(standard: Standard) -> str:
    """Return a version as a choice says it: "Selection of facilitators, version 2 (draft)"."""
    return f"{standard.title}, version {standard.number} ({standard.state})"


def button(words: str) -> SubmitField:
    """Return the button of a form."""
    return SubmitField(words, widget=GovSubmitInput())


class ExactField(DecimalField):
    """A number from `least` to `most` with up to three decimals; anything else is one sentence."""

    widget = GovTextInput()

    def __init__(self, label: str, *, least: int, most: int, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "decimal", "params": {"classes": "govuk-input--width-4"}})
        super().__init__(label, **kwargs)
        self.least, self.most = least, most

    def _value(self) -> str:
        """Return what stands in the box: what was typed, or the number without needless noughts."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data.normalize():f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises ValueError with a sentence if it is none, or finer than it is kept."""
        self.data = None
        word = (valuelist[0] if valuelist else "").strip()
        whole, _, part = word.partition(".")
        if not (whole.isascii() and whole.isdigit() and len(word) <= LONGEST_NUMBER and len(part) <= PLACES):
            raise ValueError(self._sentence())
        try:
            self.data = Decimal(word)
        except InvalidOperation as wrong:
            raise ValueError(self._sentence()) from wrong

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        """Stop if the number is missing or lies outside."""
        if self.process_errors:
            raise StopValidation
        if self.data is None or not self.least <= self.data <= self.most:
            raise StopValidation(self._sentence())

    def _sentence(self) -> str:
        return f"{self.label.text}: enter a number from {self.least} to {self.most}, with up to three decimals"


def told(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values as the page for “changed meanwhile” says them: yes and no in words."""
    in_words = {True: "yes", False: "no"}
    return {key: in_words[value] if isinstance(value, bool) else value for key, value in values.items()}
