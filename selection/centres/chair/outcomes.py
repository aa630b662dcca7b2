"""The outcome of an exercise: computed from what is moderated, or void; every one is kept, and the latest counts."""

import math
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import update

from selection.centres.chair.grounds import cite
from selection.centres.guards import insist, insist_on_acting
from selection.centres.papers import papers_of
from selection.centres.roster import Candidate, Sits
from selection.centres.washup.queries import Table
from selection.core import clock
from selection.core.db import db
from selection.models.centres import Sitting
from selection.models.scoring import ExerciseOutcome
from selection.rules.centres import reasons_against_computing, reasons_against_voiding
from selection.rules.outcomes import ExerciseResult, Outcome, exercise_result
from selection.rules.roles import Actor
from selection.trail.record import record


def compute(table: Table, *, by: Actor) -> ExerciseOutcome:
    """Compute the outcome of an exercise and keep it, or raise Refused; the latest is returned if nothing is new.

    A form that was sealed since is new, though it may change nothing: the outcome cites it.
    """
    insist_on_acting(table, by)
    insist(*reasons_against_computing(table.facts))
    result = exercise_result(
        table.exercise.facts,
        table.moderation,
        papers_of(table.centre.standard_id).facts,
        critical_incident_confirmed=table.talks.incident_confirmed,
        void_because=table.sitting.void_reason,
    )
    latest = table.sitting.outcome
    if latest is not None and not table.sitting.sealed_since and says_the_same(latest, result):
        return latest
    outcome = keep(table.candidate, table.sitting, result, by=by)
    cite(outcome, table)
    after = {"kind": outcome.kind, "result": outcome.result, "mean": outcome.mean}
    record("outcome.computed", by=by, subject_id=table.sitting.id, staff_id=table.candidate.staff_id, after=after)
    return outcome


def declare_void(table: Table, why: str, *, by: Actor) -> ExerciseOutcome:
    """Declare that the exercise was not run properly, or raise Refused; its outcome is void from then on."""
    insist_on_acting(table, by)
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


def keep(
    candidate: Candidate, sitting: Sits, result: ExerciseResult, *, by: Actor, reviewers: tuple[int, int] | None = None
) -> ExerciseOutcome:
    """Add an outcome of the exercise, which is the latest from then on; `reviewers` are the two who resolved it."""
    first, second = reviewers or (None, None)
    outcome = ExerciseOutcome(
        sitting_id=sitting.id,
        staff_id=candidate.staff_id,
        kind=sitting.kind,
        result=result.outcome,
        mean=rounded_down(result.mean),
        working={"lines": list(result.working)},
        resolution="\n".join(result.working[-2:]) if reviewers else "",
        resolved_by_id=first,
        seconded_by_id=second,
        by_id=by.account_id,
        at=clock.now(),
    )
    db.session.add(outcome)
    db.session.flush()
    sitting.outcome = outcome
    return outcome


def stored_result(sitting: Sits) -> ExerciseResult:
    """Return the latest outcome of the exercise as the rules see it; incomplete if there is none."""
    latest = sitting.outcome
    return ExerciseResult(
        kind=sitting.kind,
        outcome=Outcome(latest.result) if latest else Outcome.INCOMPLETE,
        mean=Fraction(latest.mean) if latest and latest.mean is not None else None,
        working=tuple(latest.working["lines"]) if latest else (),
    )


def rounded_down(mean: Fraction | None) -> Decimal | None:
    """Return the mean in whole thousandths, rounded down so that it never looks as if it had reached the mark."""
    return None if mean is None else Decimal(math.floor(mean * 1000)) / 1000


def says_the_same(latest: ExerciseOutcome, result: ExerciseResult) -> bool:
    """True if the latest outcome rests on the same arithmetic; one that was resolved has lines more."""
    lines, computed = latest.working["lines"], list(result.working)
    resolved = latest.resolved_by_id is not None
    return bool(lines[: len(computed)] == computed and (resolved or len(lines) == len(computed)))
