"""What a supervisor wrote: shape alone, on its way from a form to a record and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from selection.models.supervision import RecordAction, RecordAnswer, SupervisorRecord
from selection.rules.records import AnswerKind, Points, Ratings


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """Something agreed on: what, who does it, and by when."""

    what: str
    who_id: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The content of a record; `present` says of each person on it whether they came, `words` are by question."""

    held_on: date
    present: Mapping[int, bool]
    words: Mapping[int, str]
    ratings: Ratings
    actions: tuple[Agreed, ...] = ()
    next_on: date | None = None

    @property
    def essence(self) -> tuple[object, ...]:
        """What two that make the same record share: what is left empty says nothing, nor does space around words."""
        words = {key: text.strip() for key, text in self.words.items() if text.strip()}
        ratings = {key: one for key, one in self.ratings.items() if one.is_answered and key[1] in self.present}
        return self.held_on, self.next_on, dict(self.present), words, ratings, self.actions


def written_on(record: SupervisorRecord) -> Written:
    """Return what stands on the record."""
    return Written(
        held_on=record.held_on,
        present={one.facilitator_id: one.present for one in record.subjects},
        words={one.question_id: one.words for one in record.answers if one.answer == AnswerKind.WORDS},
        ratings={
            (one.question_id, one.facilitator_id): Points(points=one.points, not_applicable=one.not_applicable)
            for one in record.answers
            if one.facilitator_id is not None
        },
        actions=tuple(Agreed(what=one.what, who_id=one.who_id, due_on=one.due_on) for one in record.actions),
        next_on=record.next_on,
    )


def answers_of(written: Written, record: SupervisorRecord) -> list[RecordAnswer]:
    """Return the rows of the answers; what was left empty has none."""
    common = {"record_id": record.id, "form_id": record.form_id}
    rows = [
        RecordAnswer(**common, question_id=question_id, answer=AnswerKind.WORDS, words=words.strip())
        for question_id, words in written.words.items()
        if words.strip()
    ]
    rows += [
        RecordAnswer(
            **common,
            question_id=question_id,
            answer=AnswerKind.POINTS,
            facilitator_id=staff_id,
            points=one.points,
            not_applicable=one.not_applicable,
        )
        for (question_id, staff_id), one in written.ratings.items()
        if one.is_answered and staff_id in written.present
    ]
    return rows


def actions_of(written: Written, record: SupervisorRecord) -> list[RecordAction]:
    """Return the rows of what was agreed, in order."""
    return [
        RecordAction(record_id=record.id, position=number, what=one.what, who_id=one.who_id, due_on=one.due_on)
        for number, one in enumerate(written.actions, start=1)
    ]
