"""Assessment centres: assessors, candidates on a centre, forms that are begun or sealed, outcomes and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.centres import AssessorTraining, Candidacy, Centre, Decision, Sitting
from selection.models.people import Account, Staff
from selection.models.scoring import ExerciseOutcome, Rating, RatingForm
from selection.models.standards import Standard
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.scoring import GlobalJudgement
from selection.rules.standards import ExerciseKind
from tests.factories import people, standards

HELD_ON = date(2027, 3, 15)
TRAINED_FROM, TRAINED_TO = date(2026, 6, 1), date(2027, 12, 31)


def assessor(
    session: Session, name: str | None = None, *, first: date = TRAINED_FROM, last: date = TRAINED_TO, **given: Any
) -> Account:
    """Return the login of a new assessor, who is current on the days."""
    of = people.staff(session, name, **given)
    trained(session, of, first=first, last=last)
    return people.account(session, Role.ASSESSOR, of=of)


def trained(session: Session, of: Staff, *, first: date = TRAINED_FROM, last: date = TRAINED_TO) -> None:
    """Let somebody be current as an assessor on the days."""
    session.add(AssessorTraining(staff_id=of.id, valid_from=first, valid_to=last, note=""))
    session.flush()


def centre(session: Session, *, chair: Account, standard: Standard | None = None, **given: Any) -> Centre:
    """Return a new centre in the area North, held on HELD_ON unless said otherwise."""
    standard = standard or standards.standard(session)
    values = {
        "title": "North, spring",
        "area_id": people.area(session).id,
        "standard_id": standard.id,
        "chair_id": chair.staff_id,
        "venue": "Court Street",
        "held_on": HELD_ON,
    }
    made = Centre(**(values | given))
    made.standard = standard
    session.add(made)
    session.flush()
    return made


def candidacy(
    session: Session,
    on: Centre,
    of: Staff | None = None,
    *,
    kinds: Sequence[ExerciseKind] = tuple(ExerciseKind),
    nominated_by: Staff | None = None,
) -> Candidacy:
    """Return somebody's candidacy, with the exercises that they sit."""
    of = of or people.staff(session)
    made = Candidacy(
        centre_id=on.id,
        staff_id=of.id,
        nominated_by_id=nominated_by.id if nominated_by else None,
        put_forward_on=clock.today(),
    )
    made.staff = of
    exercises = {exercise.kind: exercise for exercise in on.standard.exercises}
    made.sittings = [
        Sitting(staff_id=of.id, exercise_id=exercises[kind].id, kind=kind, void_reason="") for kind in kinds
    ]
    session.add(made)
    session.flush()
    return made


def seat(session: Session, sitting: Sitting, of: Account, *, third: bool = False) -> RatingForm:
    """Return the empty form of an assessor who was given a place."""
    made = RatingForm(
        sitting_id=sitting.id, staff_id=sitting.staff_id, assessor_id=of.staff_id, third=third, incident_note=""
    )
    session.add(made)
    session.flush()
    return made


def rate(
    session: Session,
    form: RatingForm,
    points: Sequence[int | None],
    *,
    judgement: GlobalJudgement = GlobalJudgement.COMPETENT,
    incident: str = "",
    evidence: str = "Named the feeling and waited.",
    sealed: bool = True,
) -> None:
    """Rate each competency (None is no opportunity), and seal the form unless it is to stay open."""
    sitting = session.get_one(Sitting, form.sitting_id)
    for competency, given in zip(sitting.exercise.competencies, points, strict=sealed):
        session.add(
            Rating(
                form_id=form.id,
                competency_id=competency.id,
                points=given,
                no_opportunity=given is None,
                why_no_opportunity="It broke off." if given is None else "",
                evidence="" if given is None else evidence,
            )
        )
    form.global_judgement, form.critical_incident, form.incident_note = judgement, bool(incident), incident
    session.flush()
    if sealed:
        form.sealed_at = clock.now()
        session.flush()


@dataclass(kw_only=True)
class Prepared:
    """A candidate on a centre with two assessors for each exercise; their forms by exercise, in the order of seats."""

    chair: Account
    first: Account
    second: Account
    centre: Centre
    candidacy: Candidacy
    forms: dict[ExerciseKind, list[RatingForm]] = field(default_factory=dict)

    def sitting(self, kind: ExerciseKind) -> Sitting:
        """Return the candidate's exercise of that kind."""
        return next(each for each in self.candidacy.sittings if each.kind == kind)


def prepared(session: Session, *, kinds: Sequence[ExerciseKind] = tuple(ExerciseKind), **given: Any) -> Prepared:
    """Return a candidate, Cara Candidate, on a centre with two assessors for each exercise; nobody has begun."""
    chair = people.account(session, Role.COORDINATOR, of=people.staff(session, "Chris Chair"))
    first, second = assessor(session, "Ann Assessor"), assessor(session, "Ben Assessor")
    made = centre(session, chair=chair, **given)
    candidate = candidacy(session, made, people.staff(session, "Cara Candidate"), kinds=kinds)
    forms = {
        ExerciseKind(each.kind): [seat(session, each, first), seat(session, each, second)]
        for each in candidate.sittings
    }
    return Prepared(chair=chair, first=first, second=second, centre=made, candidacy=candidate, forms=forms)


def rated(
    session: Session, there: Prepared, kind: ExerciseKind, first: Sequence[int | None], second: Sequence[int | None]
) -> None:
    """Let both assessors rate and seal one exercise."""
    for form, points in zip(there.forms[kind], (first, second), strict=True):
        rate(session, form, points)


SOLID: dict[ExerciseKind, list[int | None]] = {
    ExerciseKind.ROLE_PLAY: [3, 4, 3],
    ExerciseKind.PRESENTATION: [4, 3, 4],
    ExerciseKind.FORMAL_INTERVIEW: [3, 3, 4, 5],
}
"""Points with which every exercise is competent."""


def revealed(session: Session, **given: Any) -> Prepared:
    """As `prepared`, with every form sealed and every exercise competent by its ratings."""
    there = prepared(session, **given)
    for kind in there.forms:
        rated(session, there, kind, SOLID[kind], SOLID[kind])
    return there


def outcome(session: Session, sitting: Sitting, result: Outcome = Outcome.COMPETENT, *, by: Account) -> ExerciseOutcome:
    """Return an outcome of one exercise."""
    made = ExerciseOutcome(
        sitting_id=sitting.id,
        staff_id=sitting.staff_id,
        kind=sitting.kind,
        result=result,
        mean=Decimal(3),
        working={"lines": ["The mean is 3."]},
        resolution="",
        by_id=by.id,
        at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def decided(
    session: Session,
    candidate: Candidacy,
    outcomes: dict[ExerciseKind, Outcome] | None = None,
    *,
    by: Account,
    decided_on: date = HELD_ON,
    result: str = "selected",
) -> Decision:
    """Return a decision on outcomes that are made for it: all three competent unless said otherwise."""
    results = dict.fromkeys(ExerciseKind, Outcome.COMPETENT) | (outcomes or {})
    made = Decision(
        candidacy_id=candidate.id,
        staff_id=candidate.staff_id,
        result=result,
        decided_on=decided_on,
        signed_at=clock.now(),
        chair_id=by.staff_id,
        reason="",
        standard_hash="0" * 64,
    )
    for sitting in candidate.sittings:
        kept = outcome(session, sitting, results[ExerciseKind(sitting.kind)], by=by)
        setattr(made, f"{sitting.kind}_id", kept.id)
        setattr(made, f"{sitting.kind}_result", kept.result)
    session.add(made)
    session.flush()
    return made
