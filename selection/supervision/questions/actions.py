"""Verbs on forms: begin a new version, change the draft, publish it."""

from collections.abc import Sequence
from dataclasses import dataclass

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.record_forms import FormPoint, FormQuestion, RecordForm
from selection.rules.reasons import Reason
from selection.rules.records import KIND_NAMES, AnswerKind, RecordKind, reasons_against_publishing
from selection.rules.roles import Actor
from selection.supervision.questions.queries import newest
from selection.supervision.records.desk import form_facts
from selection.trail.record import record

PARTS = ("text", "hint", "answer", "required", "from_facilitators")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question as somebody writes it."""

    text: str
    hint: str
    answer: AnswerKind
    required: bool
    from_facilitators: int


def begin(kind: RecordKind, *, by: Actor) -> RecordForm:
    """Begin a new version of a kind of form from the newest; where that is a draft already, return it."""
    last = newest(kind)
    if last is not None and last.state == "draft":
        return last
    form = RecordForm(kind=kind, number=1, title=KIND_NAMES[kind].capitalize())
    if last is not None:
        form.number, form.title = last.number + 1, last.title
        form.points = [FormPoint(point=one.point, label=one.label) for one in last.points]
        form.questions = _questions(last.questions)
    with refused_with(tuple):
        db.session.add(form)
    record("record_form.drafted", by=by, subject_id=form.id, after=_values(form))
    return form


def change(form: RecordForm, *, title: str, labels: Sequence[str], asked: Sequence[Asked], by: Actor) -> None:
    """Write the draft anew: its title, what each point from one up means, and its questions in order.

    Raises Refused for a published form.
    """
    if form.state == "published":
        raise Refused(
            Reason(code="form.published", message="A published version never changes.", remedy="Begin a new version.")
        )
    form.points.clear()
    form.questions.clear()
    db.session.flush()
    form.title = title
    form.points += [FormPoint(point=point, label=label) for point, label in enumerate(labels, start=1)]
    form.questions += _questions(asked)
    db.session.flush()
    record("record_form.changed", by=by, subject_id=form.id, after=_values(form))


def publish(form: RecordForm, *, by: Actor) -> None:
    """Publish a draft: new records ask it, and it never changes. Raises Refused with every reason against it."""
    if form.state == "published":
        return
    if reasons := reasons_against_publishing(form_facts(form)):
        raise Refused(*reasons)
    form.state, form.published_at, form.published_by_id = "published", clock.now(), by.account_id
    db.session.flush()
    record("record_form.published", by=by, subject_id=form.id, after=_values(form))


def _questions(asked: Sequence[Asked] | Sequence[FormQuestion]) -> list[FormQuestion]:
    return [
        FormQuestion(position=position, **{part: getattr(one, part) for part in PARTS})
        for position, one in enumerate(asked, start=1)
    ]


def _values(form: RecordForm) -> dict[str, object]:
    values: dict[str, object] = {key: getattr(form, key) for key in ("kind", "number", "title")}
    return values | {"questions": [one.text for one in form.questions]}
