"""A supervisor's records on facilitators: supervision, observation and session review, signed and then kept.

What a record asks is data with versions: a form of questions, some answered in words and some with points. Not
applicable is an answer of its own and never nought.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words

MOST_FACILITATORS = 3
"""A session review is of one to three facilitators, as many as a group's team has."""


class RecordKind(StrEnum):
    """What a supervisor's record is: of an appointment, of a session watched, of a session's recording."""

    SUPERVISION = "supervision"
    OBSERVATION = "observation"
    REVIEW = "review"


KIND_NAMES = {
    RecordKind.SUPERVISION: "supervision record",
    RecordKind.OBSERVATION: "observation notes",
    RecordKind.REVIEW: "session review",
}


class AnswerKind(StrEnum):
    """How a question is answered: in words about all together, or with points for each facilitator."""

    WORDS = "words"
    POINTS = "points"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question of a form; it is asked where at least so many facilitators are on the record."""

    id: int
    text: str
    answer: AnswerKind
    required: bool = False
    from_facilitators: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One version of a form; `scale_max` is the most points, None where nothing is rated."""

    kind: RecordKind
    scale_max: int | None
    questions: tuple[Question, ...]

    def asked_of(self, facilitators: int) -> tuple[Question, ...]:
        """Return the questions that are asked on a record of so many facilitators."""
        return tuple(one for one in self.questions if one.from_facilitators <= facilitators)


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """A rating: points, or not applicable; with neither, it is not answered yet."""

    points: int | None = None
    not_applicable: bool = False

    @property
    def is_answered(self) -> bool:
        """True if there are points or the question does not apply."""
        return self.points is not None or self.not_applicable


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Somebody whom a record is about, and the days on which the supervisor has them on the group."""

    staff_id: int
    name: str
    on_day: date
    spells: tuple[Span, ...]
    present: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What the rules need to know of a record before it is signed.

    `session_on` is the day of the session that it is of; `delivered_it` says that the supervisor was in its room.
    """

    kind: RecordKind
    supervisor_id: int
    held_on: date
    supervises: tuple[Span, ...]
    subjects: tuple[Subject, ...]
    session_on: date | None = None
    delivered_it: bool = False
    next_on: date | None = None
    corrects: bool = False
    reason: str = ""


def reasons_against_keeping(draft: Draft, *, today: date) -> tuple[Reason, ...]:
    """Return every reason why the record may not be kept, as a draft or signed; an empty tuple means it may."""
    return (*_day(draft, today), *_people(draft), *_next(draft), *_correction(draft))


def _day(draft: Draft, today: date) -> Iterator[Reason]:
    if draft.held_on > today:
        yield Reason(
            code="record.to_come",
            message=f"{day_in_words(draft.held_on)} is still to come.",
            remedy="Record it once it has taken place.",
            earliest=draft.held_on,
            field="held_on",
        )
    if draft.session_on is not None and draft.held_on < draft.session_on:
        yield Reason(
            code="record.before_session",
            message=f"The session was on {day_in_words(draft.session_on)}.",
            remedy="Choose that day or a later one.",
            earliest=draft.session_on,
            field="held_on",
        )
    if draft.delivered_it:
        yield Reason(
            code="record.own_session",
            message="You delivered this session yourself.",
            remedy="Nobody reviews their own delivery: ask whoever else supervises.",
            field="held_on",
        )
    if draft.kind is RecordKind.OBSERVATION and draft.session_on not in (None, draft.held_on):
        yield Reason(
            code="record.not_that_day",
            message="Observation notes are of the day of the session.",
            remedy="What is watched later, from a recording, is a session review.",
            earliest=draft.session_on,
            field="held_on",
        )
    if not any(draft.held_on in span for span in draft.supervises):
        yield Reason(
            code="record.not_supervising",
            message=f"You do not supervise this group on {day_in_words(draft.held_on)}.",
            remedy="Choose a day on which you are its named supervisor.",
            field="held_on",
        )


def _people(draft: Draft) -> Iterator[Reason]:
    if not draft.subjects:
        yield Reason(code="record.nobody", message="Choose at least one facilitator.", field="subjects")
    elif len(draft.subjects) > MOST_FACILITATORS and draft.kind is not RecordKind.SUPERVISION:
        yield Reason(
            code="record.too_many",
            message=f"This can be of at most {MOST_FACILITATORS} facilitators.",
            field="subjects",
        )
    for one in draft.subjects:
        if one.staff_id == draft.supervisor_id:
            yield Reason(
                code="record.own",
                message="Nobody records on themselves.",
                remedy="Whoever supervised you on that day does.",
                field="subjects",
            )
        elif not any(one.on_day in span for span in one.spells):
            yield Reason(
                code="record.not_supervised",
                message=f"{one.name} is not on this group on {day_in_words(one.on_day)}.",
                remedy="Only who was on the group on the day can be on its record.",
                field="subjects",
            )


def _next(draft: Draft) -> Iterator[Reason]:
    if draft.next_on is not None and draft.next_on <= draft.held_on:
        yield Reason(
            code="record.next_before",
            message="The next appointment is not after this one.",
            remedy="Choose a later day.",
            field="next_on",
        )


def _correction(draft: Draft) -> Iterator[Reason]:
    if draft.corrects and not draft.reason.strip():
        yield Reason(code="reason.missing", message="Say what is put right, and why.", field="reason")


def another_of_the_day(kind: RecordKind, held_on: date, *, signed: bool) -> Reason:
    """Return why a second record of a day on the same people is not kept beside the first."""
    what, day = KIND_NAMES[kind], day_in_words(held_on)
    verb, remedy = (
        ("signed", "Correct that one if something is missing on it.")
        if signed
        else ("begun", "Change that draft: it is on the page of whom you supervise.")
    )
    plural = "" if kind is RecordKind.OBSERVATION else "a "
    message = f"You have {verb} {plural}{what} of {day} on the same people already."
    return Reason(code="record.another", message=message, remedy=remedy, field="held_on")


Ratings = Mapping[tuple[int, int], Points]
"""By question and facilitator."""


def reasons_against_signing(
    form: Form, subjects: Mapping[int, str], *, words: Mapping[int, str], ratings: Ratings, next_on: date | None
) -> tuple[Reason, ...]:
    """Return what is missing before the record can be signed; each reason names the field of its question.

    `subjects` are those who were there, by name.
    """
    return tuple(_missing(form, subjects, words, ratings, next_on))


def _missing(
    form: Form, subjects: Mapping[int, str], words: Mapping[int, str], ratings: Ratings, next_on: date | None
) -> Iterator[Reason]:
    if not subjects:
        yield Reason(code="record.nobody_came", message="Nobody came.", remedy="Record who did.", field="subjects")
        return
    asked = form.asked_of(len(subjects))
    in_words = [one for one in asked if one.answer is AnswerKind.WORDS]
    for one in in_words:
        if one.required and not words.get(one.id, "").strip():
            yield Reason(code="answer.missing", message=f"{one.text}: write something.", field=f"words-{one.id}")
    if in_words and not any(one.required or words.get(one.id, "").strip() for one in in_words):
        yield Reason(code="answer.none", message="Write under at least one heading.", field=f"words-{in_words[0].id}")
    for one in asked:
        for staff_id, name in subjects.items() if one.answer is AnswerKind.POINTS else ():
            if not ratings.get((one.id, staff_id), Points()).is_answered:
                yield Reason(
                    code="rating.missing",
                    message=f"{one.text}: rate {name}, or say that it does not apply.",
                    field=f"points-{one.id}-{staff_id}",
                )
    if form.kind is RecordKind.SUPERVISION and next_on is None:
        yield Reason(code="record.next_missing", message="Agree on the next appointment.", field="next_on")


def mean(ratings: Iterable[Points]) -> Fraction | None:
    """Return the mean of the points; what does not apply is left out, and None means that nothing was rated."""
    points = [one.points for one in ratings if one.points is not None]
    return Fraction(sum(points), len(points)) if points else None


def reasons_against_publishing(form: Form) -> tuple[Reason, ...]:
    """Return what keeps a form from being published; an empty tuple means nothing."""
    return tuple(_unfit(form))


def _unfit(form: Form) -> Iterator[Reason]:
    rated = [one for one in form.questions if one.answer is AnswerKind.POINTS]
    if not form.questions:
        yield Reason(code="form.empty", message="The form has no questions.", remedy="Add at least one.")
    if form.kind is RecordKind.REVIEW and not rated:
        yield Reason(code="form.unrated", message="A session review rates something.", remedy="Add a rated question.")
    if rated and form.scale_max is None:
        yield Reason(code="form.no_scale", message="The form rates, and has no scale.", remedy="Describe its points.")


def reasons_against_done(held_on: date, done_on: date, *, today: date) -> tuple[Reason, ...]:
    """Return every reason against saying that something agreed on a day was done on another; none means yes."""
    if done_on > today:
        message = f"{day_in_words(done_on)} is to come."
        return (Reason(code="done.to_come", message=message, remedy="Say it once it was done.", field="done_on"),)
    if done_on < held_on:
        message = f"It was agreed on later, on {day_in_words(held_on)}."
        return (Reason(code="done.before", message=message, field="done_on"),)
    return ()
