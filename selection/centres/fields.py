"""Fields that several forms of centres have."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextArea
from wtforms import SubmitField, TextAreaField
from wtforms.validators import Length

MOST = 5_000


def as_written(text: str | None) -> str:
    """Return prose as it is stored: one kind of line end, no space around it, and nothing that a database refuses."""
    return (text or "").replace("\r\n", "\n").replace("\0", "").strip()


def prose(label: str, hint: str = "") -> TextAreaField:
    """Return a field for some sentences; whether it may be empty is for the rules to say."""
    enough = Length(max=MOST, message=f"Use at most {MOST} characters")
    return TextAreaField(label, widget=GovTextArea(), description=hint, validators=[enough], filters=[as_written])


def button(words: str) -> SubmitField:
    """Return the button of a form."""
    return SubmitField(words, widget=GovSubmitInput())
