"""What a candidate reads of their own exercises: of nobody else, and no assessor's name unless the standard says so."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selection.centres.papers import Anchor, Competency, Exercise, Papers
from selection.centres.washup import talks as talking
from selection.centres.washup.talks import Talks
from selection.centres.washup.written import Written
from selection.rules.moderation import Moderated
from selection.rules.outcomes import Outcome
from selection.rules.standards import in_points

SEEN, CONTRARY = "seen", "contrary"


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A note of evidence; `by` is empty unless the standard lets candidates read who observed what."""

    text: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OnCompetency:
    """What was seen of one competency: its level in words, the indicators shown and spoken against, the evidence."""

    title: str
    level: str
    reached: bool | None
    shown: tuple[str, ...]
    against: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OnExercise:
    """Feedback on one exercise; one that stands from an earlier centre, or is void, has no competencies."""

    title: str
    outcome: Outcome | None
    stands_from: str
    remark: str
    competencies: tuple[OnCompetency, ...]

    @property
    def went_well(self) -> tuple[str, ...]:
        """The competencies at the standard or above it."""
        return tuple(each.title for each in self.competencies if each.reached)

    @property
    def to_work_on(self) -> tuple[str, ...]:
        """The competencies below the standard."""
        return tuple(each.title for each in self.competencies if each.reached is False)


def on_exercise(
    papers: Papers, exercise: Exercise, written: list[Written], talks: Talks, outcome: Outcome
) -> OnExercise:
    """Return the feedback on an exercise that was sat and revealed."""
    moderation = talking.moderated(exercise.facts, written, talks, papers.facts)
    moderated = {each.competency: each for each in moderation.competencies} if moderation else {}
    named = papers.facts.feedback_names_assessors
    settled = talks.incident
    remark = settled.reason if settled and settled.incident_confirmed else ""
    return OnExercise(
        title=exercise.title,
        outcome=outcome,
        stands_from="",
        remark=f"A critical incident was confirmed: {remark}" if remark else "",
        competencies=tuple(_on_competencies(papers, exercise, written, moderated, named=named)),
    )


def _on_competencies(
    papers: Papers, exercise: Exercise, written: list[Written], moderated: Mapping[int, Moderated], *, named: bool
) -> Iterator[OnCompetency]:
    for competency in exercise.competencies:
        value = moderated.get(competency.id)
        points = value.points if value else None
        yield OnCompetency(
            title=competency.title,
            level=level_in_words(points, papers.anchors),
            reached=None if points is None else points >= papers.facts.scale_standard,
            shown=_marked(competency, written, against=False),
            against=_marked(competency, written, against=True),
            notes=tuple(_notes(competency, written, named=named)),
        )


def level_in_words(points: Fraction | None, anchors: Iterable[Anchor]) -> str:
    """Return the moderated level in the words of the scale: one anchor, or the two that it lies between."""
    if points is None:
        return "Not rated: there was no opportunity to see it."
    labels = {anchor.point: anchor.label for anchor in anchors}
    low, high = math.floor(points), math.ceil(points)
    if low == high:
        return f"{low}: {labels.get(low, '')}"
    return f"{in_points(points)}: between “{labels.get(low, low)}” and “{labels.get(high, high)}”"


def _marked(competency: Competency, written: Iterable[Written], *, against: bool) -> tuple[str, ...]:
    """Return the indicators that an assessor saw: those that show the competency, or those that speak against it."""
    marks: dict[int, set[str]] = {}
    for form in written:
        for indicator_id, mark in form.marks.items():
            marks.setdefault(indicator_id, set()).add(mark)
    found = []
    for indicator in competency.indicators:
        seen = marks.get(indicator.id, set())
        speaks_against = CONTRARY in seen or (indicator.contrary and SEEN in seen)
        if speaks_against if against else (SEEN in seen and not indicator.contrary):
            found.append(indicator.text)
    return tuple(found)


def _notes(competency: Competency, written: Iterable[Written], *, named: bool) -> Iterator[Note]:
    for form in written:
        text = form.rating_of(competency.id).evidence.strip()
        if text:
            yield Note(text=text, by=form.assessor if named else "")
