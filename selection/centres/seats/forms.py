"""The forms of giving assessors to exercises, and of assessor training."""

from flask import current_app
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from selection.centres.fields import as_written, button
from selection.centres.roster import Roster, Sits
from selection.centres.seats.actions import Place
from selection.web.fields import CountField, DayField, row_key
from selection.web.forms import BaseForm

EVERY = 0


class SeatForm(BaseForm):
    """Which assessors are given to which exercises of whom; nought stands for everybody, every exercise, nobody."""

    candidate = SelectField("Candidate", widget=GovSelect(), coerce=row_key)
    exercise = SelectField("Exercise", widget=GovSelect(), coerce=row_key)
    assessor = SelectField("Assessor", widget=GovSelect(), coerce=row_key, validate_choice=False)
    second = SelectField("Second assessor", widget=GovSelect(), coerce=row_key, validate_choice=False)
    submit = button("Give them these places")

    def offer(self, roster: Roster) -> None:
        """Put the candidates and exercises of the centre into the form."""
        everybody = [(each.candidacy_id, each.name) for each in roster.candidates]
        self.candidate.choices = [(EVERY, "Every candidate"), *everybody]
        exercises = [(each.id, each.title) for each in roster.papers.exercises]
        self.exercise.choices = [(EVERY, "Every exercise"), *exercises]

    def offer_assessors(self, assessors: list[tuple[int, str]]) -> None:
        """Put those who can be named into the form, to be shown."""
        self.assessor.choices = [(EVERY, "Choose an assessor"), *assessors]
        self.second.choices = [(EVERY, "Nobody else"), *assessors]

    def validate_assessor(self, field: SelectField) -> None:
        """Insist on at least one assessor."""
        if field.data == EVERY:
            raise ValidationError("Choose an assessor")

    def places(self, roster: Roster) -> list[Place]:
        """Return the exercises of candidates that were asked for; of many, only those that have an open place."""
        kinds = {each.kind for each in roster.papers.exercises if self.exercise.data in {EVERY, each.id}}
        one = EVERY not in {self.candidate.data, self.exercise.data}

        def asked(candidacy_id: int, sitting: Sits) -> bool:
            wanted = self.candidate.data in {EVERY, candidacy_id} and sitting.kind in kinds
            return wanted and (one or sitting.open_seats > 0)

        return [(one, sitting) for one, sitting in roster.each_sitting() if asked(one.candidacy_id, sitting)]

    def assessors(self) -> list[int]:
        """Return the assessors who were named."""
        return [field.data for field in (self.assessor, self.second) if field.data != EVERY]


class TrainingForm(BaseForm):
    """Somebody's assessor training."""

    number = StringField(
        "Staff number",
        widget=GovTextInput(),
        validators=[DataRequired("Enter a staff number"), Length(max=20, message="Use at most 20 characters")],
        filters=[as_written],
        render_kw={"params": {"classes": "govuk-input--width-10"}, "spellcheck": "false"},
    )
    valid_from = DayField("Trained on", required="Enter the day of the training")
    months = CountField(
        "Valid for months",
        least=1,
        most=60,
        default=lambda: current_app.config["ASSESSOR_MONTHS"],
        description="What stands here at first is a local setting, not a prescribed period.",
    )
    note = StringField(
        "Note",
        widget=GovTextInput(),
        description="Such as where the training was. You can leave it empty.",
        validators=[Length(max=500, message="Use at most 500 characters")],
        filters=[as_written],
    )
    submit = button("Record the training")
