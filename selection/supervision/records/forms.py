"""The form of a record: its fields are those of the people on the group and of the questions of the form's version."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from selection.models.people import Staff
from selection.models.record_forms import FormQuestion
from selection.rules.reasons import Reason
from selection.rules.records import AnswerKind, Points, RecordKind
from selection.supervision.records.desk import Desk
from selection.supervision.records.written import Agreed, Written
from selection.web.fields import DayField
from selection.web.forms import BaseForm, VersionedForm

MOST_WORDS = 8_000
LEAST_ROWS, SPARE_ROWS = 2, 1
PRESENT, ABSENT, NOT_ON = "present", "absent", "no"
NOT_APPLICABLE = "na"

DAY_LABELS = {
    RecordKind.SUPERVISION: "Day of the appointment",
    RecordKind.OBSERVATION: "Day of the session",
    RecordKind.REVIEW: "Day on which you watched the recording",
}


def _text(value: str | None) -> str:
    return value or ""


class RecordFormBase(VersionedForm):
    """What every record has; `record_form` adds the people and the questions."""

    def __init__(self, at: Desk, **kwargs: Any) -> None:
        self.at = at
        super().__init__(**kwargs)

    @property
    def subject_fields(self) -> list[tuple[Staff, Field]]:
        """The people who can be on the record, each with their field."""
        return [(one, self[f"subject-{one.id}"]) for one in self.at.people]

    @property
    def question_fields(self) -> list[tuple[FormQuestion, list[tuple[Staff | None, Field]]]]:
        """The questions in order, each with its field, or with one for each person who is rated."""
        return [(one, list(self._fields_of(one))) for one in self.at.form.questions]

    @property
    def action_rows(self) -> list[tuple[Field, Field, Field]]:
        """What was agreed: what, who, by when; a row or more to spare."""
        rows = sum(name.startswith("what-") for name in self._fields)
        return [(self[f"what-{row}"], self[f"who-{row}"], self[f"due-{row}"]) for row in range(rows)]

    def _fields_of(self, question: FormQuestion) -> Iterator[tuple[Staff | None, Field]]:
        if question.answer == AnswerKind.WORDS:
            yield None, self[f"words-{question.id}"]
            return
        for one in self.at.people:
            yield one, self[f"points-{question.id}-{one.id}"]

    def written(self) -> Written:
        """Return what was written; only of a form that is valid."""
        present = {
            one.id: field.data == PRESENT for one, field in self.subject_fields if field.data in {PRESENT, ABSENT}
        }
        asked = [question for question in self.at.form.questions if question.from_facilitators <= len(present)]
        return Written(
            held_on=self["held_on"].entered,
            next_on=self["next_on"].data if "next_on" in self else None,
            present=present,
            words={one.id: self[f"words-{one.id}"].data for one in asked if one.answer == AnswerKind.WORDS},
            ratings={
                (one.id, staff_id): _points(self[f"points-{one.id}-{staff_id}"].data)
                for one in asked
                if one.answer == AnswerKind.POINTS
                for staff_id in present
            },
            actions=tuple(
                Agreed(what=what.data.strip(), who_id=int(who.data), due_on=due.data)
                for what, who, due in self.action_rows
                if what.data.strip()
            ),
        )

    def take(self, reasons: Iterable[Reason]) -> None:
        """Put each reason at its field; what is wrong with the people on the record goes to the first of them."""
        first = next((field.name for _, field in self.subject_fields), None)
        super().take(replace(one, field=first) if one.field == "subjects" else one for one in reasons)


def record_form(at: Desk, written: Written | None = None, *, today: date, version: str = "", sent: int = 0) -> Any:
    """Return the form for a record at the desk, filled in with what is written already.

    `sent` is how many rows of agreed actions came with the request. Which version of the form asks goes along, so that
    what was written is read by it, whatever was published meanwhile.
    """
    rows = max(LEAST_ROWS, sent, (len(written.actions) if written else 0) + SPARE_ROWS)
    fields: dict[str, Any] = {"form_id": HiddenField(default=str(at.form.id))}
    fields |= {"held_on": DayField(DAY_LABELS[at.kind], required="Enter the day")}
    fields |= {f"subject-{one.id}": _subject(at.kind, one) for one in at.people}
    for question in at.form.questions:
        fields |= dict(_question(at, question))
    if at.kind is RecordKind.SUPERVISION:
        fields["next_on"] = DayField("Next appointment")
    fields |= dict(_actions(at, rows))
    fields["submit"] = SubmitField("Keep as a draft", widget=GovSubmitInput())
    made = type("RecordForm", (RecordFormBase,), fields)
    return made(at, version=version, data=_data(at, written, today))


def _subject(kind: RecordKind, one: Staff) -> RadioField:
    choices = [SelectChoice(PRESENT, "Present" if kind is RecordKind.SUPERVISION else "On this record")]
    if kind is RecordKind.SUPERVISION:
        choices.append(SelectChoice(ABSENT, "Did not come"))
    choices.append(SelectChoice(NOT_ON, "Not on this record"))
    return RadioField(
        one.name,
        widget=GovRadioInput(),
        choices=choices,
        render_kw={"params": {"classes": "govuk-radios--inline govuk-radios--small"}},
    )


def _question(at: Desk, question: FormQuestion) -> Iterator[tuple[str, Field]]:
    if question.answer == AnswerKind.WORDS:
        yield (
            f"words-{question.id}",
            TextAreaField(
                question.text,
                widget=GovTextArea(),
                description=question.hint,
                filters=[_text],
                validators=[Length(max=MOST_WORDS, message=f"{question.text}: at most {MOST_WORDS:,} letters")],
                render_kw={"params": {"rows": 3}},
            ),
        )
        return
    choices = [SelectChoice("", "Choose")]
    choices += [SelectChoice(str(one.point), f"{one.point}: {one.label}") for one in at.form.points]
    choices.append(SelectChoice(NOT_APPLICABLE, "Does not apply"))
    for one in at.people:
        yield f"points-{question.id}-{one.id}", SelectField(one.name, widget=GovSelect(), choices=choices)


def _actions(at: Desk, rows: int) -> Iterator[tuple[str, Field]]:
    people = [SelectChoice(str(at.supervisor_id), "Supervisor")]
    people += [SelectChoice(str(one.id), one.name) for one in at.people]
    for row in range(rows):
        yield (
            f"what-{row}",
            StringField(
                "What was agreed",
                widget=GovTextInput(),
                filters=[_text],
                validators=[Length(max=500, message="What was agreed: at most 500 letters")],
            ),
        )
        yield f"who-{row}", SelectField("Who does it", widget=GovSelect(), choices=people)
        yield f"due-{row}", DayField("By when")


def _data(at: Desk, written: Written | None, today: date) -> dict[str, Any]:
    if written is None:
        held_on = at.session.day if at.session is not None and at.kind is RecordKind.OBSERVATION else today
        here = frozenset(one.id for one in at.people) if at.session is not None else at.on_group(today)
        return {"held_on": held_on} | {f"subject-{one.id}": PRESENT if one.id in here else NOT_ON for one in at.people}
    data: dict[str, Any] = {"held_on": written.held_on, "next_on": written.next_on}
    for one in at.people:
        data[f"subject-{one.id}"] = {True: PRESENT, False: ABSENT, None: NOT_ON}[written.present.get(one.id)]
    data |= {f"words-{question_id}": words for question_id, words in written.words.items()}
    data |= {f"points-{question_id}-{staff_id}": _sent(one) for (question_id, staff_id), one in written.ratings.items()}
    for row, agreed in enumerate(written.actions):
        data |= {f"what-{row}": agreed.what, f"who-{row}": str(agreed.who_id), f"due-{row}": agreed.due_on}
    return data


def _points(sent: str) -> Points:
    return Points(not_applicable=True) if sent == NOT_APPLICABLE else Points(points=int(sent) if sent else None)


def _sent(one: Points) -> str:
    return NOT_APPLICABLE if one.not_applicable else str(one.points or "")


class CorrectForm(BaseForm):
    """Why a signed record is put right."""

    reason = TextAreaField(
        "What is put right, and why",
        widget=GovTextArea(),
        description="It stands on the correction. What was signed stays on record.",
        filters=[_text],
        validators=[Length(max=2000, message="At most 2,000 letters")],
        render_kw={"params": {"rows": 3}},
    )
    submit = SubmitField("Begin the correction", widget=GovSubmitInput())
