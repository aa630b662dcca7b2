"""The form of a course."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovSubmitInput, GovTextInput
from wtforms import RadioField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from selection.models.programmes import Programme
from selection.models.training import Course
from selection.rules.programmes import Stage
from selection.training.courses.actions import CourseSettings
from selection.web.fields import CountField
from selection.web.forms import VersionedForm

NO_PROGRAMME = 0


class CourseForm(VersionedForm):
    """Title, step, and the local settings."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired("Enter a title"), Length(max=200, message="The title can have 200 characters")],
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
        description="The longest time from the step before to the first day of an event. A local setting.",
    )
    reassess_months = CountField(
        "Months to assess a part again",
        least=0,
        most=60,
        default=3,
        description="How long a part that was not passed can be assessed again. A local setting.",
    )
    submit = SubmitField("Save the course", widget=GovSubmitInput())

    def offer(self, programmes: Iterable[Programme]) -> None:
        """Let these programmes be chosen from."""
        of = [SelectChoice(programme.id, f"{programme.title} ({programme.code})") for programme in programmes]
        self.programme.choices = [SelectChoice(NO_PROGRAMME, "None: it serves every programme"), *of]

    def show(self, course: Course) -> None:
        """Fill in what is stored."""
        self.process(obj=course, version=str(course.version), programme=course.programme_id or NO_PROGRAMME)

    def check_against(self, course: Course) -> None:
        """Raise ChangedMeanwhile if the course is no longer as it was when the form was opened."""
        stored = {name: getattr(course, name) for name in self.changes()} | {"version": course.version}
        stored["programme"] = self._named(course.programme_id or NO_PROGRAMME)
        self.check(SimpleNamespace(**stored), what=f"The course {course.title}")

    def changes(self) -> dict[str, Any]:
        """Return what was entered, the programme by its name."""
        return super().changes() | {"programme": self._named(self.programme.data)}

    def _named(self, programme_id: int) -> str:
        return next((str(one.label) for one in self.programme.choices if one.value == programme_id), "")

    def settings(self) -> CourseSettings:
        """Return what was entered."""
        return CourseSettings(
            title=self.title.data,
            stage=Stage(self.stage.data),
            programme_id=self.programme.data or None,
            days=self.days.entered,
            attendance_percent=self.attendance_percent.entered,
            valid_months=self.valid_months.entered,
            months_after_step_before=self.months_after_step_before.entered,
            reassess_months=self.reassess_months.entered,
        )
