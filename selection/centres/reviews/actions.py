"""What happens in a review: the chair asks a second person, each says what the exercise is, and it is resolved."""

from sqlalchemy import insert, literal, select

from selection.centres import tell
from selection.centres.chair.outcomes import keep, stored_result
from selection.centres.guards import insist, insist_on_chair, insist_on_open
from selection.centres.reviews import queries
from selection.centres.reviews.queries import Reviewed
from selection.centres.roster import Candidate, Roster, Sits
from selection.core import clock
from selection.core.db import db
from selection.models.grounds import OutcomeGround
from selection.models.reviews import BorderlineReview, BorderlineView
from selection.models.scoring import ExerciseOutcome
from selection.rules.centres import reasons_against_touching
from selection.rules.outcomes import ExerciseResult, Outcome
from selection.rules.reviews import View, reasons_against_asking, reasons_against_saying, resolved
from selection.rules.roles import Actor
from selection.trail.record import record


def ask(found: Roster, candidate: Candidate, sitting: Sits, second_id: int, *, by: Actor) -> BorderlineReview:
    """Ask a second person to review the borderline, and tell them, or raise Refused; who was asked before is let go."""
    insist_on_chair(found.centre, by)
    insist_on_open(found.centre, decided=candidate.decision is not None)
    insist(*reasons_against_touching(sitting.facts()))
    people, second = queries.people_for(found, candidate, sitting, second_id, today=clock.today())
    chair_id = by.staff_id or 0
    insist(
        *reasons_against_asking(stored_result(sitting), chair_id=chair_id, second_id=second_id, people=people),
    )
    assert sitting.outcome is not None
    assert second is not None  # the rule has seen to it
    review = BorderlineReview(
        sitting_id=sitting.id,
        staff_id=candidate.staff_id,
        kind=sitting.kind,
        outcome_id=sitting.outcome.id,
        chair_id=chair_id,
        second_id=second_id,
        by_id=by.account_id,
        at=clock.now(),
    )
    db.session.add(review)
    db.session.flush()
    tell.of_review(review, second, found.centre)
    after = {"kind": sitting.kind, "resolved_by_id": chair_id, "seconded_by_id": second_id}
    record("review.asked", by=by, subject_id=sitting.id, staff_id=candidate.staff_id, after=after)
    return review


def say(
    review: Reviewed,
    said: View,
    *,
    found: Roster,
    candidate: Candidate,
    sitting: Sits,
    by: Actor,
) -> ExerciseOutcome | None:
    """Take what one of the two says, or raise Refused; once both say the same, return the outcome as resolved."""
    insist_on_open(found.centre, decided=candidate.decision is not None)
    insist(*reasons_against_saying(review.facts, by_id=by.staff_id, outcome=said.outcome, reason=said.reason))
    row = BorderlineView(
        review_id=review.id,
        reviewer_id=by.staff_id,
        outcome=said.outcome,
        reason=said.reason.strip(),
        by_id=by.account_id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    # The trail says that somebody gave a view and not which: the other of the two may be able to read it.
    record("review.said", by=by, subject_id=sitting.id, staff_id=candidate.staff_id)
    now = review.facts.with_view(by.staff_id or 0, said)
    if now.agreed is None:
        return None
    return _resolve(resolved(stored_result(sitting), now), (now.chair_id, now.second_id), candidate, sitting, by)


def _resolve(
    result: ExerciseResult, reviewers: tuple[int, int], candidate: Candidate, sitting: Sits, by: Actor
) -> ExerciseOutcome:
    borderline = sitting.outcome
    assert borderline is not None
    outcome = keep(candidate, sitting, result, by=by, reviewers=reviewers)
    grounds = select(
        literal(outcome.id), OutcomeGround.form_id, OutcomeGround.content_hash, OutcomeGround.moderation_id
    ).where(OutcomeGround.outcome_id == borderline.id)
    columns = ["outcome_id", "form_id", "content_hash", "moderation_id"]
    db.session.execute(insert(OutcomeGround).from_select(columns, grounds))
    after = {key: getattr(outcome, key) for key in ("kind", "result", "resolved_by_id", "seconded_by_id")}
    before = {"kind": outcome.kind, "result": Outcome.BORDERLINE}
    record(
        "outcome.resolved",
        by=by,
        subject_id=sitting.id,
        staff_id=candidate.staff_id,
        before=before,
        after=after,
        reason=outcome.resolution,
    )
    return outcome
