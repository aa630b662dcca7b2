"""Reads of one's own rating forms: a form of anybody else is not here, whoever asks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from selection.centres.papers import Exercise, Papers, papers_of
from selection.centres.rating.sheet import NO_OPPORTUNITY, Entry, Sheet
from selection.centres.roster import begun
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.people import Staff
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.rules.roles import Actor
from selection.rules.standards import ExerciseKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """One of the actor's own forms, with what it is about; `over` says why nothing is written on it any more."""

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


def _own() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(RatingForm.id.label("form_id"), RatingForm.sitting_id, RatingForm.third, RatingForm.version),
            begun().label("begun"),
            *(RatingForm.sealed_at, Staff.id.label("candidate_id"), Staff.name.label("candidate")),
            *(Sitting.kind, Sitting.void_reason, Centre.id.label("centre_id"), Centre.title.label("centre")),
            *(Centre.held_on, Centre.closed_at, Centre.standard_id, Decision.id.label("decision_id")),
        )
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Staff, Staff.id == RatingForm.staff_id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .where(RatingForm.assessor_id == bindparam("assessor_id"))
    )


# Made once: an assessor saves often, and making a query takes as long as running it.
_ONE = _own().where(RatingForm.id == bindparam("form_id"))
_MINE = _own().where(Centre.closed_at.is_(None)).order_by(Centre.held_on, Centre.id, Staff.sort_name, Sitting.id)


def mine(by: Actor) -> list[Own]:
    """Return all forms of the actor at centres that are not closed, by day and candidate."""
    return [_as_own(row) for row in db.session.execute(_MINE, {"assessor_id": by.staff_id})]


def own(by: Actor, form_id: int) -> Own:
    """Return the form if it is the actor's own; raises NotHere for anybody else's."""
    row = db.session.execute(_ONE, {"assessor_id": by.staff_id, "form_id": form_id}).one_or_none()
    if row is None:
        raise NotHere
    return _as_own(row)


def stored(form: Own) -> Sheet:
    """Return what is stored on one's own form."""
    head = db.session.execute(
        select(
            RatingForm.version, RatingForm.global_judgement, RatingForm.critical_incident, RatingForm.incident_note
        ).where(RatingForm.id == form.form_id)
    ).one()
    sheet = Sheet(
        version=str(head.version),
        entries={each.id: Entry() for each in form.exercise.competencies},
        judgement=head.global_judgement or "",
        incident=head.critical_incident,
        incident_note=head.incident_note,
    )
    ratings = select(
        Rating.competency_id, Rating.points, Rating.no_opportunity, Rating.why_no_opportunity, Rating.evidence
    )
    for row in db.session.execute(ratings.where(Rating.form_id == form.form_id)):
        rating = NO_OPPORTUNITY if row.no_opportunity else "" if row.points is None else str(row.points)
        sheet.entries[row.competency_id] = Entry(rating=rating, why=row.why_no_opportunity, evidence=row.evidence)
    marks = select(IndicatorMark.indicator_id, IndicatorMark.seen).where(IndicatorMark.form_id == form.form_id)
    sheet.marks = {row.indicator_id: row.seen for row in db.session.execute(marks)}
    return sheet


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
    )


def _over(row: Row[*tuple[Any, ...]]) -> str:
    if row.closed_at is not None:
        return "The centre is closed."
    if row.void_reason:
        return "The exercise was declared void."
    return "The decision is signed." if row.decision_id is not None else ""
