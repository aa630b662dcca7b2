"""Reads of one's own rating forms: a form of anybody else is not here, whoever asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import aliased

from selection.centres.papers import Exercise, Papers, papers_of
from selection.centres.rating.sheet import NO_OPPORTUNITY, Entry, Sheet
from selection.centres.rosters import begun, tied
from selection.core.db import rows
from selection.core.errors import NotHere
from selection.models.capture import Transcription
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.people import Account, Staff
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.rules.roles import Actor
from selection.rules.standards import ExerciseKind

Typist = aliased(Account)


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """One of the actor's own forms, with what it is about.

    `over` says why nothing is written on it any more, `typed_by` names who typed it from the assessor's paper form.
    """

    form_id: int
    sitting_id: int
    candidate_id: int
    candidate: str
    centre: str
    centre_id: int
    held_on: date
    kind: ExerciseKind
    third: bool
    version: int
    begun: bool
    sealed_at: datetime | None
    over: str
    standard_id: int
    judgement: str
    incident: bool
    incident_note: str
    typed_by: str
    paper_kept: str

    @property
    def papers(self) -> Papers:
        """The standard's papers."""
        return papers_of(self.standard_id)

    @property
    def exercise(self) -> Exercise:
        """The exercise that is rated."""
        return self.papers.exercise(self.kind)

    @property
    def state(self) -> tuple[str, str]:
        """The state in words, and the kind of its tag."""
        if self.sealed_at is not None:
            return "Sealed", "good"
        if self.over:
            return "Not needed", "past"
        return ("Begun", "open") if self.begun else ("To do", "soon")


def _forms() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(RatingForm.id.label("form_id"), RatingForm.sitting_id, RatingForm.third, RatingForm.version),
            *(begun().label("begun"), tied().label("tied")),
            *(RatingForm.global_judgement, RatingForm.critical_incident, RatingForm.incident_note),
            *(RatingForm.sealed_at, Staff.id.label("candidate_id"), Staff.name.label("candidate")),
            *(Sitting.kind, Sitting.void_reason, Centre.id.label("centre_id"), Centre.title.label("centre")),
            *(Centre.held_on, Centre.closed_at, Centre.standard_id, Decision.id.label("decision_id")),
            *(Typist.name.label("typed_by"), Transcription.paper_kept),
        )
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Staff, Staff.id == RatingForm.staff_id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .outerjoin(Transcription, Transcription.form_id == RatingForm.id)
        .outerjoin(Typist, Typist.id == Transcription.by_id)
    )


# Made once: an assessor saves often, and making a query takes as long as running it.
_OWN = _forms().where(RatingForm.assessor_id == bindparam("assessor_id"))
_ONE = _OWN.where(RatingForm.id == bindparam("form_id"))
_ANY = _forms().where(RatingForm.id == bindparam("form_id")).with_for_update(of=RatingForm)
_TO_WRITE = _ONE.with_for_update(of=RatingForm)
_RATINGS = select(
    Rating.competency_id, Rating.points, Rating.no_opportunity, Rating.why_no_opportunity, Rating.evidence
).where(Rating.form_id == bindparam("form_id"))
_MARKS = select(IndicatorMark.indicator_id, IndicatorMark.seen).where(IndicatorMark.form_id == bindparam("form_id"))
_MINE = _OWN.where(Centre.closed_at.is_(None)).order_by(Centre.held_on, Centre.id, Staff.sort_name, Sitting.id)


def mine(by: Actor) -> list[Own]:
    """Return all forms of the actor at centres that are not closed, by day and candidate."""
    return [_as_own(row) for row in rows(_MINE, assessor_id=by.staff_id)]


def own(by: Actor, form_id: int) -> Own:
    """Return the form if it is the actor's own; raises NotHere for anybody else's."""
    return _one(_ONE, assessor_id=by.staff_id, form_id=form_id)


def own_to_write(by: Actor, form_id: int) -> Own:
    """As `own`, and nobody else writes on the form until this transaction ends."""
    return _one(_TO_WRITE, assessor_id=by.staff_id, form_id=form_id)


def of_any_assessor(form_id: int) -> Own:
    """Return a form whoever's it is, for who types it from paper, and let nobody else write on it meanwhile."""
    return _one(_ANY, form_id=form_id)


def _one(query: Select[*tuple[Any, ...]], **values: Any) -> Own:
    found = rows(query, **values)
    if not found:
        raise NotHere
    return _as_own(found[0])


def stored(form: Own, *, competencies: Collection[int] | None = None, marks: bool = True) -> Sheet:
    """Return what is stored on the form, or only the ratings of some competencies and no marks of indicators."""
    sheet = Sheet(
        version=str(form.version),
        entries={each.id: Entry() for each in form.exercise.competencies},
        judgement=form.judgement,
        incident=form.incident,
        incident_note=form.incident_note,
    )
    if competencies is None or competencies:
        for row in rows(_RATINGS, form_id=form.form_id):
            if competencies is None or row.competency_id in competencies:
                sheet.entries[row.competency_id] = _entry(row)
    if marks:
        sheet.marks = {row.indicator_id: row.seen for row in rows(_MARKS, form_id=form.form_id)}
    return sheet


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    rating = NO_OPPORTUNITY if row.no_opportunity else "" if row.points is None else str(row.points)
    return Entry(rating=rating, why=row.why_no_opportunity, evidence=row.evidence)


def _as_own(row: Row[*tuple[Any, ...]]) -> Own:
    return Own(
        form_id=row.form_id,
        sitting_id=row.sitting_id,
        candidate_id=row.candidate_id,
        candidate=row.candidate,
        centre=row.centre,
        centre_id=row.centre_id,
        held_on=row.held_on,
        kind=ExerciseKind(row.kind),
        third=row.third,
        version=row.version,
        begun=row.begun,
        sealed_at=row.sealed_at,
        over=_over(row),
        standard_id=row.standard_id,
        judgement=row.global_judgement or "",
        incident=row.critical_incident,
        incident_note=row.incident_note,
        typed_by=row.typed_by or "",
        paper_kept=row.paper_kept or "",
    )


def _over(row: Row[*tuple[Any, ...]]) -> str:
    if row.closed_at is not None:
        return "The centre is closed."
    if row.void_reason:
        return "The exercise was declared void."
    if row.decision_id is not None:
        return "The decision is signed."
    if row.tied and row.sealed_at is None:
        knows = f"is the line manager of {row.candidate} or has a declared acquaintance with them"
        return f"The assessor {knows}, and does not assess them. The coordinator names somebody else."
    return ""
