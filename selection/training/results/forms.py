"""The forms of a result, of what else it can come to, and of certifying."""

from types import SimpleNamespace
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import RadioField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from selection.core import clock
from selection.models.courses import CourseVersion
from selection.rules.assessing import Given, What, by_mark
from selection.rules.results import PARTS
from selection.rules.training import EndedAs, Part, PartResult
from selection.training.results.actions import Assessed
from selection.training.results.queries import Taken
from selection.web.fields import CountField, DayField, row_key
from selection.web.forms import BaseForm, VersionedForm

AGAIN = "again"
CHOICES = [
    SelectChoice(PartResult.PASSED.value, "Passed"),
    SelectChoice(PartResult.NOT_YET.value, "Not yet"),
    SelectChoice(PartResult.NOT_ASSESSED.value, "Not assessed"),
]
FAILED_AGAIN = SelectChoice(AGAIN, "Not yet, a further time")


def _part(label: str) -> RadioField:
    return RadioField(
        label,
        widget=GovRadioInput(),
        choices=CHOICES,
        validators=[InputRequired(f"Choose what {label.lower()} came to")],
        render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
    )


def _mark(label: str) -> CountField:
    return CountField(f"{label}: mark in per cent", least=0, most=100, optional=True)


def _prose(label: str, description: str) -> TextAreaField:
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description=description,
        filters=[lambda text: text or ""],
        validators=[Length(max=4000, message="At most 4,000 characters")],
    )


class ResultForm(VersionedForm):
    """What each part came to, by a mark where the course has one; its version is the latest result's id."""

    understanding = _part("Understanding")
    understanding_mark = _mark("Understanding")
    competencies = _part("Competencies")
    competencies_mark = _mark("Competencies")
    abilities = _part("Abilities")
    abilities_mark = _mark("Abilities")
    assessed_on = DayField("Assessed on", required="Enter the day on which it was assessed")
    note = _prose("Note", "What was seen, in a sentence or two. It is for feedback and stays on record.")
    what = RadioField(
        "What changes?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(What.AGAIN.value, "A part was assessed, for the first time or again"),
            SelectChoice(What.CORRECTION.value, "An error in what was recorded is put right"),
        ],
        default=What.AGAIN.value,
        validate_choice=False,
    )
    reason = _prose("Why does the result change?", "For example: abilities assessed again on 3 June 2027.")
    submit = SubmitField("Save the result", widget=GovSubmitInput())

    def fit(self, taken: Taken) -> None:
        """Keep the fields that this booking has: marks or choices by its course, and why only for a change."""
        self.terms: CourseVersion = taken.event.terms
        for part in PARTS:
            del self[part if self._pass_mark(part) else f"{part}_mark"]
        if taken.entry.latest is None:
            del self.what
        for part in Part:
            if part in self and taken.now[part].result == PartResult.NOT_YET:
                self[part].choices = [*CHOICES, FAILED_AGAIN]

    def _pass_mark(self, part: str) -> int | None:
        mark: int | None = getattr(self.terms, f"{part}_mark")
        return mark

    def show(self, taken: Taken) -> None:
        """Fill in the latest result, if there is one."""
        self.process(version=taken.version, assessed_on=clock.today(), **self._stored(taken))

    def _stored(self, taken: Taken) -> dict[str, Any]:
        latest = taken.entry.latest
        stored: dict[str, Any] = {"note": latest.note if latest else None}
        for part in Part:
            if part in self:
                stored[part.value] = getattr(latest, part) if latest else None
            else:
                stored[f"{part}_mark"] = taken.now[part].mark
        return stored

    def assessed(self) -> Assessed:
        """Return what was entered."""
        return Assessed(
            parts=tuple(self._given(part) for part in Part),
            what=What.CORRECTION if "what" in self and self.what.data == What.CORRECTION else What.AGAIN,
            on=self.assessed_on.entered,
            note=self.note.data,
            reason=self.reason.data,
        )

    def _given(self, part: Part) -> Given:
        pass_mark = self._pass_mark(part)
        if pass_mark is not None:
            mark = self[f"{part}_mark"].data
            return Given(part=part, result=by_mark(mark, pass_mark), mark=mark)
        again = self[part].data == AGAIN
        return Given(part=part, result=PartResult.NOT_YET if again else PartResult(self[part].data), again=again)

    def check_against(self, taken: Taken) -> None:
        """Raise ChangedMeanwhile if another result was recorded, otherwise, since the form was opened."""
        stored = self._stored(taken)
        if {key: self[key].data for key in stored} != stored:
            row = SimpleNamespace(version=taken.version, **stored)
            self.check(row, what=f"The result of {taken.booking.staff.name}")


class EndForm(BaseForm):
    """How a booking ended without a pass, and why."""

    how = RadioField(
        "How did it end?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(EndedAs.WITHDRAWN.value, "Withdrawn: they gave up on the way"),
            SelectChoice(EndedAs.ABSENT.value, "Absent: they were never there"),
            SelectChoice(EndedAs.FAILED.value, "Failed: what is open is not assessed again"),
        ],
        validators=[InputRequired("Choose how it ended")],
    )
    why = _prose("Why did it end so?", "It stays on record.")


class ReassessForm(BaseForm):
    """When and where what is open is assessed again."""

    on_day = DayField("Day", required="Enter the day")
    venue = StringField(
        "Where",
        widget=GovTextInput(),
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired("Enter where it is"), Length(max=200, message="At most 200 characters")],
    )


class CertifyForm(BaseForm):
    """The results that shall be certified, by id."""

    results = SelectMultipleField("Results", coerce=row_key, choices=[], validate_choice=False)
