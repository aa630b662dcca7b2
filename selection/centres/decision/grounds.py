"""What a decision takes over from earlier centres, kept beside it: the database lets it name nothing else."""

from selection.centres.decision.queries import ToDecide
from selection.core.db import db
from selection.models.grounds import StandingOutcome


def keep_standing(asked: ToDecide) -> None:
    """Keep the outcomes that stand from earlier centres on the day of this one, each with its last day."""
    db.session.add_all(
        StandingOutcome(
            candidacy_id=asked.candidate.candidacy_id,
            staff_id=asked.candidate.staff_id,
            kind=part.kind,
            outcome_id=part.outcome.id,
            outcome_result=part.outcome.result,
            earlier_id=part.stands.sat.decision_id,
            earlier_result=part.stands.sat.decision,
            stands_from=part.stands.sat.decided_on,
            stands_to=part.stands.until,
            counted_on=asked.roster.centre.held_on,
        )
        for part in asked.parts
        if part.stands is not None and part.outcome is not None
    )
    db.session.flush()
