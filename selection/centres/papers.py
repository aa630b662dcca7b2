"""The papers of a published standard: what assessors read and the rules judge by.

A published standard never changes (a trigger sees to it), so each process reads it once and keeps it.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.models import standards as rows
from selection.prescribed.facts import exercise_facts, facts_of
from selection.rules import standards as rules


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """A behaviour that shows a competency or, `contrary`, speaks against it."""

    id: int
    text: str
    contrary: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Competency:
    """What an exercise looks for, in words."""

    id: int
    title: str
    description: str
    indicators: tuple[Indicator, ...]
    facts: rules.Competency


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """One exercise in words, and as the rules see it."""

    id: int
    kind: rules.ExerciseKind
    title: str
    brief: str
    minutes: int
    competencies: tuple[Competency, ...]
    facts: rules.Exercise

    def competency(self, competency_id: int) -> Competency | None:
        """Return the competency of that id, or None if this exercise does not look for it."""
        return next((each for each in self.competencies if each.id == competency_id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """What one point of the scale means."""

    point: int
    label: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """One version of the standard, in words and as the rules see it."""

    standard_id: int
    title: str
    number: int
    content_hash: str
    anchors: tuple[Anchor, ...]
    exercises: tuple[Exercise, ...]
    facts: rules.SelectionStandard

    def exercise(self, kind: str) -> Exercise:
        """Return the exercise of that kind; raises KeyError if the standard has none."""
        for each in self.exercises:
            if each.kind == kind:
                return each
        raise KeyError(kind)


_kept: WeakKeyDictionary[Engine, dict[int, Papers]] = WeakKeyDictionary()


def papers_of(standard_id: int) -> Papers:
    """Return the papers of a standard; one query, and none once this process has read them."""
    kept = _kept.setdefault(db.engine, {})
    if standard_id not in kept:
        standard = _read(standard_id)
        papers = _papers(standard)
        if standard.state != "published":
            return papers
        kept[standard_id] = papers
    return kept[standard_id]


def _read(standard_id: int) -> rows.Standard:
    whole = joinedload(rows.Standard.exercises).joinedload(rows.Exercise.competencies)
    query = (
        select(rows.Standard)
        .where(rows.Standard.id == standard_id)
        .options(joinedload(rows.Standard.anchors), whole.joinedload(rows.Competency.indicators))
    )
    return db.session.scalars(query).unique().one()


def _papers(standard: rows.Standard) -> Papers:
    return Papers(
        standard_id=standard.id,
        title=standard.title,
        number=standard.number,
        content_hash=standard.content_hash or "",
        anchors=tuple(Anchor(point=each.point, label=each.label, text=each.text) for each in standard.anchors),
        exercises=tuple(_exercise(each) for each in standard.exercises),
        facts=facts_of(standard),
    )


def _exercise(exercise: rows.Exercise) -> Exercise:
    facts = exercise_facts(exercise)
    return Exercise(
        id=exercise.id,
        kind=facts.kind,
        title=exercise.title,
        brief=exercise.brief,
        minutes=exercise.minutes,
        competencies=tuple(
            _competency(each, known) for each, known in zip(exercise.competencies, facts.competencies, strict=True)
        ),
        facts=facts,
    )


def _competency(competency: rows.Competency, facts: rules.Competency) -> Competency:
    indicators = (Indicator(id=each.id, text=each.text, contrary=each.contrary) for each in competency.indicators)
    return Competency(
        id=competency.id,
        title=competency.title,
        description=competency.description,
        indicators=tuple(indicators),
        facts=facts,
    )
