"""The outcome of an exercise: computed from what is moderated, void, or a borderline resolved by two people."""

import math
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import update

from selection.centres import people
from selection.centres.chair.grounds import cite
from selection.centres.guards import insist, insist_on_chair, insist_on_open
from selection.centres.papers import papers_of
from selection.centres.seats.actions import pairing_facts
from selection.centres.washup.queries import Table
from selection.core import clock
from selection.core.db import db
from selection.models.centres import Sitting
from selection.models.reviews import BorderlineReview, BorderlineView
from selection.models.scoring import ExerciseOutcome
from selection.rules.centres import reasons_against_computing, reasons_against_voiding
from selection.rules.outcomes import (
    ExerciseResult,
    Outcome,
    Resolution,
    Resolvers,
    exercise_result,
    reasons_against_resolving,
    resolve_borderline,
)
from selection.rules.pairing import reasons_against_pairing
from selection.rules.roles import Actor
from selection.trail.record import record


def compute(table: Table, *, by: Actor) -> ExerciseOutcome:
    """Compute the outcome of an exercise and keep it, or raise Refused; the latest is returned if nothing is new."""
    insist_on_chair(table.centre, by)
    insist_on_open(table.centre, decided=table.candidate.decision is not None)
    insist(*reasons_against_computing(table.facts))
    result = exercise_result(
        table.exercise.facts,
        table.moderation,
        papers_of(table.centre.standard_id).facts,
        critical_incident_confirmed=table.talks.incident_confirmed,
        void_because=table.sitting.void_reason,
    )
    latest = table.sitting.outcome
    if latest is not None and _says_the_same(latest, result):
        return latest
    outcome = _keep(table, result, by)
    after = {"kind": outcome.kind, "result": outcome.result, "mean": outcome.mean}
    record("outcome.computed", by=by, subject_id=table.sitting.id, staff_id=table.candidate.staff_id, after=after)
    return outcome


def declare_void(table: Table, why: str, *, by: Actor) -> ExerciseOutcome:
    """Declare that the exercise was not run properly, or raise Refused; its outcome is void from then on."""
    insist_on_chair(table.centre, by)
    insist_on_open(table.centre, decided=table.candidate.decision is not None)
    insist(*reasons_against_voiding(table.facts, why=why))
    table.sitting.void_reason = why.strip()
    db.session.execute(update(Sitting).where(Sitting.id == table.sitting.id).values(void_reason=why.strip()))
    record(
        "sitting.voided",
        by=by,
        subject_id=table.sitting.id,
        staff_id=table.candidate.staff_id,
        before={"void_reason": ""},
        after={"void_reason": why.strip()},
        reason=why.strip(),
    )
    return compute(table, by=by)


def resolve(table: Table, outcome: str, *, second_id: int, reason: str, by: Actor) -> ExerciseOutcome:
    """Resolve a borderline outcome by the chair and an assessor who did not sit the exercise, or raise Refused."""
    insist_on_chair(table.centre, by)
    insist_on_open(table.centre, decided=table.candidate.decision is not None)
    resolution = Resolution(
        outcome=Outcome(outcome or Outcome.BORDERLINE), chair_id=by.staff_id or 0, second_id=second_id, reason=reason
    )
    result, resolvers = _stored_result(table), _resolvers(table, second_id)
    insist(*reasons_against_resolving(result, resolution, resolvers))
    _keep_review(table, resolution, by)
    kept = _keep(table, resolve_borderline(result, resolution, resolvers), by, resolution)
    after = {key: getattr(kept, key) for key in ("kind", "result", "resolved_by_id", "seconded_by_id")}
    before = {"kind": kept.kind, "result": result.outcome}
    record(
        "outcome.resolved",
        by=by,
        subject_id=table.sitting.id,
        staff_id=table.candidate.staff_id,
        before=before,
        after=after,
        reason=reason.strip(),
    )
    return kept


def _keep_review(table: Table, resolution: Resolution, by: Actor) -> None:
    assert table.sitting.outcome is not None
    review = BorderlineReview(
        sitting_id=table.sitting.id,
        staff_id=table.candidate.staff_id,
        kind=table.sitting.kind,
        outcome_id=table.sitting.outcome.id,
        chair_id=resolution.chair_id,
        second_id=resolution.second_id,
        by_id=by.account_id,
        at=clock.now(),
    )
    said = {"outcome": resolution.outcome, "reason": resolution.reason.strip(), "by_id": by.account_id}
    review.views = [
        BorderlineView(reviewer_id=reviewer_id, at=clock.now(), **said)
        for reviewer_id in (resolution.chair_id, resolution.second_id)
    ]
    db.session.add(review)
    db.session.flush()


def _keep(table: Table, result: ExerciseResult, by: Actor, resolution: Resolution | None = None) -> ExerciseOutcome:
    outcome = ExerciseOutcome(
        sitting_id=table.sitting.id,
        staff_id=table.candidate.staff_id,
        kind=table.sitting.kind,
        result=result.outcome,
        mean=_rounded_down(result.mean),
        working={"lines": list(result.working)},
        resolution=resolution.reason.strip() if resolution else "",
        resolved_by_id=resolution.chair_id if resolution else None,
        seconded_by_id=resolution.second_id if resolution else None,
        by_id=by.account_id,
        at=clock.now(),
    )
    db.session.add(outcome)
    db.session.flush()
    cite(outcome, table)
    table.sitting.outcome = outcome
    return outcome


def _rounded_down(mean: Fraction | None) -> Decimal | None:
    """Return the mean in whole thousandths, rounded down so that it never looks as if it had reached the mark."""
    return None if mean is None else Decimal(math.floor(mean * 1000)) / 1000


def _says_the_same(latest: ExerciseOutcome, result: ExerciseResult) -> bool:
    """True if the latest outcome rests on the same arithmetic; one that was resolved has a line more."""
    lines, computed = latest.working["lines"], list(result.working)
    resolved = latest.resolved_by_id is not None
    return bool(lines[: len(computed)] == computed and (resolved or len(lines) == len(computed)))


def _stored_result(table: Table) -> ExerciseResult:
    latest = table.sitting.outcome
    return ExerciseResult(
        kind=table.sitting.kind,
        outcome=Outcome(latest.result) if latest else Outcome.INCOMPLETE,
        mean=Fraction(latest.mean) if latest and latest.mean is not None else None,
        working=tuple(latest.working["lines"]) if latest else (),
    )


def _resolvers(table: Table, second_id: int) -> Resolvers:
    """Say who may resolve; of the second person it is asked whether they are current today and free of conflict."""
    facts = people.assessors([second_id], centre_id=table.centre.id)
    candidate = pairing_facts(table.candidate)
    free = (
        staff_id
        for staff_id, assessor in facts.items()
        if not reasons_against_pairing(assessor, candidate, on=clock.today())
    )
    return Resolvers(
        chair_id=table.centre.chair_id,
        candidate_id=table.candidate.staff_id,
        assessors=frozenset(free),
        sat_by=frozenset(seat.assessor_id for seat in table.sitting.seats),
    )
