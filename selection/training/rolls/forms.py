"""The form of the roll."""

from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import SelectMultipleField, SubmitField

from selection.core.errors import ChangedMeanwhile
from selection.training.rolls.queries import Roll, in_words
from selection.web.forms import VersionedForm


def _tick(word: Any) -> tuple[int, date]:
    """Read a tick: the booking and the day, such as 12.2027-05-03."""
    if isinstance(word, tuple):
        return word
    booking_id, _, day = str(word).partition(".")
    return int(booking_id), date.fromisoformat(day)


def _day(word: Any) -> date:
    return word if isinstance(word, date) else date.fromisoformat(str(word))


class RollForm(VersionedForm):
    """The days that are taken, and a tick for everybody who was there; its version is the roll's mark."""

    days = SelectMultipleField("Days", coerce=_day, choices=[], validate_choice=False)
    present = SelectMultipleField("Present", coerce=_tick, choices=[], validate_choice=False)
    submit = SubmitField("Save the roll", widget=GovSubmitInput())

    def check_against(self, roll: Roll) -> None:
        """Raise ChangedMeanwhile if somebody else has taken the roll, otherwise, since the form was opened."""
        if self.version.data == roll.mark or roll.says(self.days.data, self.present.data):
            return
        there = sorted(self.present.data)
        mine = {
            line.booking.staff.name: in_words({day: True for booking_id, day in there if booking_id == line.booking.id})
            for line in roll.lines
        }
        theirs = {line.booking.staff.name: in_words(line.present) for line in roll.lines}
        raise ChangedMeanwhile(what=f"The roll of {roll.event.title}", theirs=theirs, yours=mine)
