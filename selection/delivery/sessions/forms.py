"""The forms of the record of a session. Participants are a number; there is no field for a name."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from selection.delivery.sessions.queries import Meeting
from selection.rules.delivery import LONGEST, MOST_PRESENT, Said
from selection.rules.sessions import SessionState
from selection.web.fields import CountField, row_key
from selection.web.forms import BaseForm


def _text(value: str | None) -> str:
    return value or ""


class _Numbers(BaseForm):
    minutes = CountField("How many minutes it lasted", least=1, most=LONGEST, optional=True)
    present = CountField(
        "How many participants were present",
        least=0,
        most=MOST_PRESENT,
        optional=True,
        description="A number and nothing else: the service knows no participants.",
    )
    recording = StringField(
        "Where the recording is kept",
        widget=GovTextInput(),
        description="Leave empty if none was made. The recording itself is not kept here.",
        filters=[_text],
        validators=[Length(max=200, message="Where the recording is kept: at most 200 letters")],
    )
    reason = TextAreaField(
        "Why it was not held",
        widget=GovTextArea(),
        description="Only if it was not. Write no names of participants.",
        filters=[_text],
        validators=[Length(max=1000, message="Why it was not held: at most 1,000 letters")],
        render_kw={"params": {"rows": 2}},
    )

    def numbers(self, state: SessionState) -> dict[str, Any]:
        """Return what belongs to a session of that state, and nothing of what does not."""
        if state is SessionState.NOT_HELD:
            return {"state": state, "reason": self.reason.data}
        return {
            "state": state,
            "minutes": self.minutes.data,
            "present": self.present.data,
            "recording": self.recording.data,
        }


class SessionForm(_Numbers):
    """What became of a session."""

    state = RadioField(
        "Was it held?",
        widget=GovRadioInput(),
        choices=[SelectChoice(str(SessionState.HELD), "Yes"), SelectChoice(str(SessionState.NOT_HELD), "No")],
        validators=[InputRequired("Say whether it was held")],
    )
    delivered_by = SelectMultipleField("Who delivered it", widget=GovCheckboxesInput(), coerce=row_key)
    submit = SubmitField("Record the session", widget=GovSubmitInput())

    def offer(self, at: Meeting) -> None:
        """Let those be ticked who were assigned to the group that day."""
        self.delivered_by.choices = [
            SelectChoice(staff_id, f"{spell.facilitator.name}{' (cover)' if spell.kind == 'cover' else ''}")
            for staff_id, spell in at.able.items()
        ]

    def said(self) -> Said:
        """Return what was said; only of a form that is valid."""
        state = SessionState(self.state.data)
        delivered_by = frozenset(self.delivered_by.data or ()) if state is SessionState.HELD else frozenset()
        return Said(delivered_by=delivered_by, **self.numbers(state))


class CorrectSessionForm(_Numbers):
    """Other numbers, and why; `seen` is the record that was on screen."""

    seen = HiddenField()
    correction = TextAreaField(
        "What is put right, and why",
        widget=GovTextArea(),
        filters=[_text],
        validators=[Length(max=1000, message="What is put right: at most 1,000 letters")],
        render_kw={"params": {"rows": 2}},
    )
    submit = SubmitField("Put it right", widget=GovSubmitInput())
