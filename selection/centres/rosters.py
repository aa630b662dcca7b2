"""Reads of who sits what before whom at a centre; nothing of what anybody rated is read here."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, not_, or_, select
from sqlalchemy.orm import aliased, joinedload

from selection.centres.blind import not_of_oneself, withheld_from
from selection.centres.papers import Papers, papers_of
from selection.centres.roster import Candidate, Roster, Seat, Sits, panel_of
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.appeals import FeedbackRelease
from selection.models.capture import FormHold
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.grounds import OutcomeGround
from selection.models.people import Acquaintance, Staff
from selection.models.reviews import BorderlineReview
from selection.models.scoring import ExerciseOutcome, Rating, RatingForm
from selection.rules.outcomes import Outcome
from selection.rules.roles import Actor, Permission
from selection.rules.scoring import is_revealed
from selection.rules.standards import ExerciseKind

Assessor = aliased(Staff)
Nominator = aliased(Staff)


def roster(by: Actor, permission: Permission, centre_id: int) -> Roster:
    """Return the centre with everybody on it; raises NotHere if it is out of reach, or one's own. One query."""
    return _roster(by, permission, Centre.id == centre_id)


def of_sitting(by: Actor, permission: Permission, centre_id: int, sitting_id: int) -> tuple[Roster, Candidate, Sits]:
    """Return the centre with this one exercise of one candidate on it; raises NotHere if it is out of reach."""
    found = _roster(by, permission, Centre.id == centre_id, Sitting.id == sitting_id)
    [(candidate, sitting)] = found.each_sitting()
    return found, candidate, sitting


def of_candidacy(by: Actor, permission: Permission, centre_id: int, candidacy_id: int) -> tuple[Roster, Candidate]:
    """Return the centre with this one candidate on it; raises NotHere if it is out of reach."""
    found = _roster(by, permission, Centre.id == centre_id, Candidacy.id == candidacy_id)
    return found, found.candidate(candidacy_id)


def of_review(by: Actor, review_id: int) -> tuple[Roster, Candidate, Sits]:
    """Return the exercise whose review this is, for the second person alone; raises NotHere for anybody else."""
    reviewed = select(BorderlineReview.sitting_id).where(
        BorderlineReview.id == review_id, BorderlineReview.second_id == by.staff_id
    )
    found = _found(by, Sitting.id.in_(reviewed))
    [(candidate, sitting)] = found.each_sitting()
    return found, candidate, sitting


def _roster(by: Actor, permission: Permission, *conditions: ColumnElement[bool]) -> Roster:
    return _found(by, within(Centre.area_id, by.reach(permission)), not_of_oneself(by), *conditions)


def _found(by: Actor, *conditions: ColumnElement[bool]) -> Roster:
    rows = db.session.execute(_query(by).where(*conditions)).all()
    if not rows:
        raise NotHere
    centre: Centre = rows[0][0]
    papers = papers_of(centre.standard_id)
    candidates = list(_candidates(rows, papers))
    for each in candidates:
        chairs = centre.chair_id == by.staff_id
        borderline = any(one.result is Outcome.BORDERLINE for one in each.sittings)
        each.reviewed = any(one.withheld for one in each.sittings) or (chairs and borderline)
    return Roster(centre=centre, papers=papers, candidates=candidates)


def begun() -> ColumnElement[bool]:
    """Return the condition that an assessor has begun the form: it was saved, or rated, or a device has work on it."""
    rated = select(Rating.form_id).where(Rating.form_id == RatingForm.id).correlate(RatingForm)
    typed = select(FormHold.form_id).where(FormHold.form_id == RatingForm.id, FormHold.unsent > 0).correlate(RatingForm)
    return or_(RatingForm.version > 1, rated.exists(), typed.exists())


def tied() -> ColumnElement[bool]:
    """Return the condition, on a query of RatingForm and the candidate's Staff, that they are in conflict by now.

    The assessor has become the candidate's line manager since they got the place, or an acquaintance was declared.
    """
    knows = select(Acquaintance.staff_id).where(
        or_(
            and_(Acquaintance.staff_id == RatingForm.staff_id, Acquaintance.other_id == RatingForm.assessor_id),
            and_(Acquaintance.other_id == RatingForm.staff_id, Acquaintance.staff_id == RatingForm.assessor_id),
        )
    )
    manages = func.coalesce(Staff.line_manager_id == RatingForm.assessor_id, False)
    return or_(manages, knows.correlate(RatingForm).exists())


def _query(viewer: Actor) -> Select[*tuple[Any, ...]]:
    withheld = withheld_from(viewer)
    latest = (
        select(func.max(ExerciseOutcome.id))
        .where(ExerciseOutcome.staff_id == Sitting.staff_id, ExerciseOutcome.sitting_id == Sitting.id)
        .correlate(Sitting)
        .scalar_subquery()
    )
    cited = (
        select(OutcomeGround.id)
        .where(OutcomeGround.outcome_id == ExerciseOutcome.id, OutcomeGround.form_id == RatingForm.id)
        .correlate(ExerciseOutcome, RatingForm)
    )
    return (
        select(
            Centre,
            *(Candidacy.id.label("candidacy_id"), Staff.id.label("staff_id"), Staff.name, Staff.number, Staff.email),
            *(Staff.line_manager_id, Candidacy.nominated_by_id, Nominator.name.label("nominated_by"), Decision),
            *(Sitting.id.label("sitting_id"), Sitting.kind, Sitting.void_reason, ExerciseOutcome),
            *(withheld.label("withheld"), FeedbackRelease.id.is_not(None).label("released")),
            *(RatingForm.id.label("form_id"), RatingForm.third, RatingForm.sealed_at),
            *(begun().label("begun"), tied().label("tied"), cited.exists().label("cited")),
            *(Assessor.id.label("assessor_id"), Assessor.name.label("assessor"), Assessor.email.label("to")),
        )
        .options(joinedload(Centre.area), joinedload(Centre.chair))
        .outerjoin(Candidacy, Candidacy.centre_id == Centre.id)
        .outerjoin(Staff, Staff.id == Candidacy.staff_id)
        .outerjoin(Nominator, Nominator.id == Candidacy.nominated_by_id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .outerjoin(FeedbackRelease, FeedbackRelease.decision_id == Decision.id)
        .outerjoin(Sitting, Sitting.candidacy_id == Candidacy.id)
        .outerjoin(ExerciseOutcome, and_(ExerciseOutcome.id == latest, not_(withheld)))
        .outerjoin(RatingForm, RatingForm.sitting_id == Sitting.id)
        .outerjoin(Assessor, Assessor.id == RatingForm.assessor_id)
        .order_by(Staff.sort_name, Candidacy.id, Sitting.id, RatingForm.third, RatingForm.id)
    )


def _candidates(rows: Sequence[Row[*tuple[Any, ...]]], papers: Papers) -> Iterator[Candidate]:
    for candidacy_id, group in groupby(rows, key=lambda row: row.candidacy_id):
        if candidacy_id is None:
            continue
        those = list(group)
        candidate = _candidate(those[0])
        candidate.sittings = list(_sittings(those, papers))
        yield candidate


def _candidate(row: Row[*tuple[Any, ...]]) -> Candidate:
    return Candidate(
        candidacy_id=row.candidacy_id,
        staff_id=row.staff_id,
        name=row.name,
        number=row.number,
        email=row.email,
        line_manager_id=row.line_manager_id,
        nominated_by_id=row.nominated_by_id,
        nominated_by=row.nominated_by,
        decision=row.Decision,
        released=row.released,
    )


def _sittings(rows: Sequence[Row[*tuple[Any, ...]]], papers: Papers) -> Iterator[Sits]:
    for sitting_id, group in groupby(rows, key=lambda row: row.sitting_id):
        if sitting_id is None:
            continue
        those = list(group)
        sitting = Sits(
            id=sitting_id,
            kind=ExerciseKind(those[0].kind),
            void_reason=those[0].void_reason,
            places=papers.facts.assessors_per_exercise,
            seats=[_seat(row) for row in those if row.form_id is not None],
            outcome=those[0].ExerciseOutcome,
            withheld=bool(those[0].withheld),
        )
        sitting.revealed = is_revealed(panel_of(sitting), papers.facts)
        yield sitting


def _seat(row: Row[*tuple[Any, ...]]) -> Seat:
    return Seat(
        form_id=row.form_id,
        assessor_id=row.assessor_id,
        assessor=row.assessor,
        email=row.to,
        third=row.third,
        begun=row.begun,
        sealed_at=row.sealed_at,
        cited=row.cited,
        tied=row.tied,
    )
