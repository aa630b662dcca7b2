"""The form of a course."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from types import SimpleNamespace
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from selection.models.courses import Course
from selection.rules.courses import METHODS, Serves
from selection.rules.programmes import Stage
from selection.rules.training import CourseKind
from selection.training.courses.actions import CourseSettings, Terms, terms_of
from selection.web.choices import ProgrammeChoice
from selection.web.fields import CountField, row_key
from selection.web.forms import VersionedForm

NO_PROGRAMME = 0


def stripped(text: str | None) -> str:
    """Return the text without blanks around it."""
    return (text or "").strip()


def _method(part: str, usual: str) -> StringField:
    return StringField(
        f"{part}: how it is assessed",
        widget=GovTextInput(),
        default=usual,
        filters=[stripped],
        validators=[
            DataRequired(f"Say how {part.lower()} is assessed"),
            Length(max=200, message="The method can have 200 characters"),
        ],
    )


def _mark(part: str) -> CountField:
    return CountField(
        f"{part}: pass mark in per cent",
        least=1,
        most=100,
        optional=True,
        description="Leave it empty where a trainer judges without a mark. A local setting.",
    )


class CourseForm(VersionedForm):
    """Title, kind, step, and the local settings; its version is the course's with its newest version's number."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[stripped],
        validators=[DataRequired("Enter a title"), Length(max=200, message="The title can have 200 characters")],
    )
    kind = RadioField(
        "What kind of course is it?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(CourseKind.TRAINING.value, "Training for a step"),
            SelectChoice(CourseKind.REFRESHER.value, "Refresher of a step"),
            SelectChoice(CourseKind.CONVERSION.value, "Conversion from another programme"),
        ],
        default=CourseKind.TRAINING.value,
        validators=[InputRequired("Choose the kind of course")],
    )
    stage = RadioField(
        "What is it for?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(Stage.FUNDAMENTAL.value, "Fundamental training"),
            SelectChoice(Stage.PROGRAMME.value, "Programme training"),
        ],
        validators=[InputRequired("Choose what the course is for")],
    )
    programme = SelectField(
        "Programme",
        widget=GovSelect(),
        coerce=int,
        default=NO_PROGRAMME,
        description="Only for programme training: fundamental training serves every programme.",
    )
    from_programme = SelectField(
        "Converts from",
        widget=GovSelect(),
        coerce=int,
        default=NO_PROGRAMME,
        description="Only for a conversion: the programme whose valid certificate it asks for.",
    )
    days = CountField("Days", least=1, most=60, description="How many days the course takes.")
    attendance_percent = CountField(
        "Attendance asked for, in per cent",
        least=0,
        most=100,
        default=80,
        description="The share of the days on which a person must be there. A local setting.",
    )
    valid_months = CountField(
        "Certificate valid, in months",
        least=1,
        most=600,
        default=36,
        description="Counted from the pass. A local setting.",
    )
    months_after_step_before = CountField(
        "Months since the step before",
        least=1,
        most=600,
        default=12,
        description="The longest time from the step before to the first day of an event; for a refresher, since the"
        " certificate that it renews ended. A local setting.",
    )
    prerequisites = SelectMultipleField(
        "Other courses to pass first",
        widget=GovCheckboxesInput(),
        coerce=row_key,
        description="Beside the step before, which is always asked for.",
    )
    understanding_method = _method("Understanding", METHODS["understanding"])
    understanding_mark = _mark("Understanding")
    competencies_method = _method("Competencies", METHODS["competencies"])
    competencies_mark = _mark("Competencies")
    abilities_method = _method("Abilities", METHODS["abilities"])
    abilities_mark = _mark("Abilities")
    attempts = CountField(
        "How often a part can be assessed",
        least=1,
        most=10,
        default=2,
        description="The first time included. A local setting.",
    )
    reassess_months = CountField(
        "Months to assess a part again",
        least=0,
        most=60,
        default=3,
        description="How long a part that was not passed can be assessed again. A local setting.",
    )
    trainers_authorised = BooleanField(
        "Trainers must be authorised for the programme on every day of the event",
        widget=GovCheckboxInput(),
        description="For fundamental training: for any programme. A local setting.",
    )
    trainers_years = CountField(
        "Years that a trainer must have been certified in the step",
        least=0,
        most=40,
        default=0,
        description="Nought asks for no certificate. A local setting.",
    )
    reason = TextAreaField(
        "Why does it change?",
        widget=GovTextArea(),
        description="Shown beside the new version. It can be left empty.",
        filters=[stripped],
        validators=[Length(max=1000, message="At most 1,000 characters")],
    )
    submit = SubmitField("Save the course", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[ProgrammeChoice], courses: Iterable[Course]) -> None:
        """Let these programmes, and these courses to pass first, be chosen from."""
        of = [SelectChoice(programme.id, f"{programme.title} ({programme.code})") for programme in programmes]
        self.programme.choices = [SelectChoice(NO_PROGRAMME, "None: it serves every programme"), *of]
        self.from_programme.choices = [SelectChoice(NO_PROGRAMME, "None: it is no conversion"), *of]
        self.prerequisites.choices = [SelectChoice(course.id, course.title) for course in courses]

    def show(self, course: Course) -> None:
        """Fill in what is stored."""
        self.process(version=_mark_of(course), **_stored(course))

    def check_against(self, course: Course) -> None:
        """Raise ChangedMeanwhile if the course is no longer as it was when the form was opened."""
        stored = _stored(course) | {"reason": self.reason.data}
        row = SimpleNamespace(version=_mark_of(course), **self._in_words(stored))
        self.check(row, what=f"The course {course.title}")

    def changes(self) -> dict[str, Any]:
        """Return what was entered, programmes and courses by their names."""
        return self._in_words(super().changes())

    def _in_words(self, values: dict[str, Any]) -> dict[str, Any]:
        titles = {one.value: str(one.label) for one in self.prerequisites.choices}
        return values | {
            "programme": self._named(values["programme"]),
            "from_programme": self._named(values["from_programme"]),
            "prerequisites": ", ".join(titles.get(one, "") for one in values["prerequisites"] or ()),
        }

    def _named(self, programme_id: int) -> str:
        return next((str(one.label) for one in self.programme.choices if one.value == programme_id), "")

    def settings(self) -> CourseSettings:
        """Return what was entered."""
        serves = Serves(
            stage=Stage(self.stage.data),
            programme_id=self.programme.data or None,
            kind=CourseKind(self.kind.data),
            from_programme_id=self.from_programme.data or None,
        )
        order = [one.value for one in self.prerequisites.choices]
        terms = Terms(
            **{name: self[name].data for name in _COLUMNS},
            prerequisites=tuple(sorted(self.prerequisites.data or (), key=order.index)),
        )
        return CourseSettings(title=self.title.data, serves=serves, terms=terms)


_COLUMNS = [each.name for each in fields(Terms) if each.name != "prerequisites"]


def _mark_of(course: Course) -> str:
    """Return what tells one state of the course from the next."""
    return f"{course.version}.{course.newest.number}"


def _stored(course: Course) -> dict[str, Any]:
    terms = asdict(terms_of(course.newest))
    return terms | {
        "title": course.title,
        "kind": course.kind,
        "stage": course.stage,
        "programme": course.programme_id or NO_PROGRAMME,
        "from_programme": course.from_programme_id or NO_PROGRAMME,
        "prerequisites": list(terms["prerequisites"]),
    }
