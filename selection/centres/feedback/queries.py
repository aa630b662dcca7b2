"""Reads of feedback: a decided candidate's, for the chair; one's own, once it is released."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from selection.centres.blind import not_of_oneself
from selection.centres.feedback.content import OnExercise, on_exercise
from selection.centres.papers import Papers, papers_of
from selection.centres.washup import talks as talking
from selection.centres.washup import written as writing
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.appeals import FeedbackRelease
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.people import Staff
from selection.models.scoring import ExerciseOutcome
from selection.rules.outcomes import Outcome, decide
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.standards import ExerciseKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """All that a candidate reads of one decision, and whether the chair has released it."""

    centre_id: int
    centre: str
    venue: str
    held_on: date
    chair_id: int
    chair: str
    candidacy_id: int
    staff_id: int
    name: str
    email: str
    decision: Decision
    release: FeedbackRelease | None
    papers: Papers
    exercises: tuple[OnExercise, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the decision is not selected; none if it is."""
        results = {kind: getattr(self.decision, f"{kind}_result") for kind in ExerciseKind}
        return decide({kind: Outcome(result) for kind, result in results.items() if result}).reasons

    @property
    def released_at(self) -> datetime | None:
        """When it was released."""
        return self.release.at if self.release else None

    @property
    def due(self) -> date:
        """The day by which it should be released: so many days after the decision as the standard says."""
        return self.decision.decided_on + timedelta(days=self.papers.facts.feedback_days)


def of_candidate(by: Actor, permission: Permission, centre_id: int, candidacy_id: int) -> Feedback:
    """Return the feedback of a decided candidate within reach, released or not; raises NotHere without a decision."""
    reach = (within(Centre.area_id, by.reach(permission)), not_of_oneself(by))
    return _feedback(*reach, Centre.id == centre_id, Candidacy.id == candidacy_id)


def own(by: Actor, candidacy_id: int) -> Feedback:
    """Return one's own feedback; raises NotHere before it is released, and for anybody else's."""
    return _feedback(Candidacy.id == candidacy_id, Candidacy.staff_id == by.staff_id, FeedbackRelease.id.is_not(None))


def _feedback(*conditions: ColumnElement[bool]) -> Feedback:
    query = (
        select(Centre, Candidacy, Staff, Decision, FeedbackRelease)
        .join(Candidacy, Candidacy.centre_id == Centre.id)
        .join(Staff, Staff.id == Candidacy.staff_id)
        .join(Decision, Decision.candidacy_id == Candidacy.id)
        .outerjoin(FeedbackRelease, FeedbackRelease.decision_id == Decision.id)
        .options(joinedload(Centre.chair))
        .where(*conditions)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    centre, candidacy, staff, decision, release = row
    papers = papers_of(centre.standard_id)
    return Feedback(
        centre_id=centre.id,
        centre=centre.title,
        venue=centre.venue,
        held_on=centre.held_on,
        chair_id=centre.chair_id,
        chair=centre.chair.name,
        candidacy_id=candidacy.id,
        staff_id=staff.id,
        name=staff.name,
        email=staff.email,
        decision=decision,
        release=release,
        papers=papers,
        exercises=_exercises(decision, papers),
    )


def _exercises(decision: Decision, papers: Papers) -> tuple[OnExercise, ...]:
    """Return what the decision rests on, exercise by exercise; three queries."""
    ids = [getattr(decision, f"{kind}_id") for kind in ExerciseKind]
    query = (
        select(ExerciseOutcome, Candidacy.id.label("candidacy_id"), Centre.title, Sitting.void_reason)
        .join(Sitting, Sitting.id == ExerciseOutcome.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(ExerciseOutcome.id.in_([each for each in ids if each is not None]))
    )
    found = {row.ExerciseOutcome.kind: row for row in db.session.execute(query)}
    sittings = [row.ExerciseOutcome.sitting_id for row in found.values()]
    written, talks = writing.of_sittings(sittings), talking.of_sittings(sittings)
    made = []
    for exercise in papers.exercises:
        row = found.get(exercise.kind)
        if row is None:
            made.append(_bare(exercise.title, None))
            continue
        sitting_id, result = row.ExerciseOutcome.sitting_id, Outcome(row.ExerciseOutcome.result)
        if row.candidacy_id != decision.candidacy_id:
            made.append(_bare(exercise.title, result, stands_from=row.title))
        elif result is Outcome.VOID:
            made.append(_bare(exercise.title, result, remark=f"The exercise was not run properly: {row.void_reason}"))
        else:
            forms, said = written.get(sitting_id, []), talks.get(sitting_id, talking.Talks())
            made.append(on_exercise(papers, exercise, forms, said, result))
    return tuple(made)


def _bare(title: str, outcome: Outcome | None, *, stands_from: str = "", remark: str = "") -> OnExercise:
    return OnExercise(title=title, outcome=outcome, stands_from=stands_from, remark=remark, competencies=())
