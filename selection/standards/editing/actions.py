"""What changes the words and numbers of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from sqlalchemy import delete

from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.standards import Anchor, Competency, Exercise, Indicator
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.standards import ExerciseKind
from selection.standards.drafts.changing import Draft, was_changed
from selection.trail.record import changed

SCALE_UPSIDE_DOWN = Reason(
    code="standard.standard_off_scale",
    field="scale_standard",
    message="The standard must lie above the lowest point of the scale and not above the highest.",
    remedy="Change one of the three.",
)
EXERCISE_THERE = Reason(
    code="standard.exercise_there",
    field="kind",
    message="The draft has that exercise already.",
    remedy="Change the one that is there.",
)


Part = TypeVar("Part", Exercise, Competency)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseWords:
    """What the candidate is told, and how long the exercise takes, in minutes."""

    title: str
    brief: str
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CompetencyWords:
    """A competency: the behaviours that show it and those that speak against it, each in order."""

    title: str
    description: str
    shows: tuple[str, ...]
    against: tuple[str, ...]


def set_numbers(draft: Draft, what: str, given: Mapping[str, Any], *, by: Actor) -> None:
    """Set numbers of the draft, by column; raises Refused if the scale would be upside down."""
    row = draft.row
    low, standard, high = (given.get(name, getattr(row, name)) for name in ("scale_min", "scale_standard", "scale_max"))
    if not low < standard <= high:
        raise Refused(SCALE_UPSIDE_DOWN)
    before, after = changed({name: getattr(row, name) for name in given}, given)
    if not after:
        return
    for name, value in after.items():
        setattr(row, name, value)
    was_changed(draft, what, before, after, by=by)


def write_anchors(draft: Draft, written: Mapping[int, tuple[str, str]], *, by: Actor) -> None:
    """Write what each of these points means; a point without any words has no anchor."""
    there = {each.point: each for each in draft.row.anchors}
    before = {str(point): [there[point].label, there[point].text] for point in written if point in there}
    after = {str(point): list(words) for point, words in written.items() if any(words)}
    if before == after:
        return
    for point, (label, text) in written.items():
        if point in there and not (label or text):
            db.session.delete(there[point])
        elif point in there:
            there[point].label, there[point].text = label, text
        elif label or text:
            db.session.add(Anchor(standard_id=draft.row.id, point=point, label=label, text=text))
    was_changed(draft, "anchors", {"anchors": before}, {"anchors": after}, by=by)


def add_exercise(draft: Draft, kind: ExerciseKind, words: ExerciseWords, *, by: Actor) -> Exercise:
    """Add an exercise at the end; raises Refused if the draft has one of that kind."""
    there = draft.row.exercises
    if any(each.kind == kind for each in there):
        raise Refused(EXERCISE_THERE)
    last = max((each.position for each in there), default=0)
    exercise = Exercise(standard_id=draft.row.id, kind=kind, position=last + 1, **asdict(words))
    db.session.add(exercise)
    was_changed(draft, f"{kind.words} added", {}, asdict(words), by=by)
    return exercise


def change_exercise(draft: Draft, exercise: Exercise, words: ExerciseWords, *, by: Actor) -> None:
    """Change what the candidate is told and how long it takes."""
    _set(draft, exercise, _kind(exercise).words, asdict(words), by=by)


def remove_exercise(draft: Draft, exercise: Exercise, *, by: Actor) -> None:
    """Remove an exercise with all its competencies."""
    _delete(exercise.competencies)
    db.session.execute(delete(Exercise).where(Exercise.id == exercise.id))
    before = {"title": exercise.title, "competencies": [each.title for each in exercise.competencies]}
    was_changed(draft, f"{_kind(exercise).words} removed", before, {}, by=by)


def move_exercise(draft: Draft, exercise: Exercise, *, down: bool, by: Actor) -> None:
    """Move an exercise one place up or down; at the end it stays."""
    _move(draft, draft.row.exercises, exercise, down=down, by=by)


def add_competency(draft: Draft, exercise: Exercise, words: CompetencyWords, *, by: Actor) -> Competency:
    """Add a competency at the end of an exercise."""
    last = max((each.position for each in exercise.competencies), default=0)
    competency = Competency(
        exercise_id=exercise.id,
        position=last + 1,
        title=words.title,
        description=words.description,
        indicators=_indicators(words),
    )
    db.session.add(competency)
    was_changed(draft, f"competency of the {_kind(exercise).words} added", {}, asdict(words), by=by)
    return competency


def change_competency(
    draft: Draft, exercise: Exercise, competency: Competency, words: CompetencyWords, *, by: Actor
) -> None:
    """Change a competency; its indicators are written anew if any of them is another or stands elsewhere."""
    was = CompetencyWords(
        title=competency.title,
        description=competency.description,
        shows=tuple(each.text for each in competency.indicators if not each.contrary),
        against=tuple(each.text for each in competency.indicators if each.contrary),
    )
    before, after = changed(asdict(was), asdict(words))
    if not after:
        return
    competency.title, competency.description = words.title, words.description
    if {"shows", "against"} & set(after):
        db.session.execute(delete(Indicator).where(Indicator.competency_id == competency.id))
        db.session.expire(competency, ["indicators"])
        db.session.add_all(_indicators(words, competency.id))
    where = f"{competency.title} in the {_kind(exercise).words}"
    was_changed(draft, where, before, after, by=by)


def remove_competency(draft: Draft, exercise: Exercise, competency: Competency, *, by: Actor) -> None:
    """Remove a competency with its indicators."""
    before = {"title": competency.title, "indicators": [each.text for each in competency.indicators]}
    _delete([competency])
    was_changed(draft, f"competency of the {_kind(exercise).words} removed", before, {}, by=by)


def move_competency(draft: Draft, exercise: Exercise, competency: Competency, *, down: bool, by: Actor) -> None:
    """Move a competency one place up or down; at the end it stays."""
    _move(draft, exercise.competencies, competency, down=down, by=by)


def find_exercise(draft: Draft, exercise_id: int) -> Exercise:
    """Return the draft's exercise of that id; raises NotHere if it has none."""
    return _find(draft.row.exercises, exercise_id)


def find_competency(exercise: Exercise, competency_id: int) -> Competency:
    """Return the exercise's competency of that id; raises NotHere if it has none."""
    return _find(exercise.competencies, competency_id)


def _find(parts: Sequence[Part], part_id: int) -> Part:
    for each in parts:
        if each.id == part_id:
            return each
    raise NotHere


def _kind(exercise: Exercise) -> ExerciseKind:
    return ExerciseKind(exercise.kind)


def _set(draft: Draft, part: Exercise, what: str, given: Mapping[str, Any], *, by: Actor) -> None:
    before, after = changed({name: getattr(part, name) for name in given}, given)
    if after:
        for name, value in after.items():
            setattr(part, name, value)
        was_changed(draft, what, before, after, by=by)


def _indicators(words: CompetencyWords, competency_id: int | None = None) -> list[Indicator]:
    texts = [(text, False) for text in words.shows] + [(text, True) for text in words.against]
    belongs = {} if competency_id is None else {"competency_id": competency_id}
    return [
        Indicator(position=number, text=text, contrary=contrary, **belongs)
        for number, (text, contrary) in enumerate(texts, start=1)
    ]


def _delete(competencies: Sequence[Competency]) -> None:
    ids = [each.id for each in competencies]
    db.session.execute(delete(Indicator).where(Indicator.competency_id.in_(ids)))
    db.session.execute(delete(Competency).where(Competency.id.in_(ids)))


def _move(draft: Draft, parts: Sequence[Part], part: Part, *, down: bool, by: Actor) -> None:
    order = list(parts)
    place = order.index(part)
    other = place + 1 if down else place - 1
    if not 0 <= other < len(order):
        return
    before = [each.title for each in order]
    order[place], order[other] = order[other], order[place]
    # Two places are swapped by way of a third: positions are unique at every moment.
    first, second = part.position, order[place].position
    part.position = 0
    db.session.flush()
    order[place].position = first
    db.session.flush()
    part.position = second
    was_changed(draft, "order", {"order": before}, {"order": [each.title for each in order]}, by=by)
