"""The decision: signed by the chair, and always what the rules make of the outcomes."""

from sqlalchemy.exc import IntegrityError

from selection.authorisation.certify import issue_for_decision
from selection.centres import tell
from selection.centres.decision.grounds import keep_standing
from selection.centres.decision.queries import ToDecide
from selection.centres.guards import insist, insist_on_chair, insist_on_open
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.centres import Decision
from selection.rules.centres import reasons_against_signing
from selection.rules.outcomes import Decision as Decided
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.standards import ExerciseKind
from selection.trail.record import Entry, entry, record_many


def sign(asked: ToDecide, *, note: str, by: Actor) -> Decision:
    """Sign the decision that follows from the latest outcomes, or raise Refused; nobody chooses what it is.

    Who is selected gets the certificate in the same transaction, and everybody a letter. A decision that is there
    already is returned.
    """
    centre, candidate = asked.roster.centre, asked.candidate
    insist_on_chair(centre, by)
    if candidate.decision is not None:
        return candidate.decision
    insist_on_open(centre)
    insist(*reasons_against_signing(candidate.facts()))
    keep_standing(asked)
    decision = Decision(
        candidacy_id=candidate.candidacy_id,
        staff_id=candidate.staff_id,
        result=asked.verdict.decision,
        decided_on=clock.today(),
        signed_at=clock.now(),
        chair_id=centre.chair_id,
        reason=note.strip(),
        standard_hash=asked.roster.papers.content_hash,
        **_outcomes(asked),
    )
    _stored(decision)
    told = [_entry(decision, by)]
    if decision.result == Decided.SELECTED:
        issue_for_decision(decision, by=by, told=told)
    else:
        record_many(told)
    tell.of_decision(candidate, centre)
    return decision


def _outcomes(asked: ToDecide) -> dict[str, int | str]:
    named: dict[str, int | str] = {}
    for part in asked.parts:
        if part.outcome is not None:
            named |= {f"{part.kind}_id": part.outcome.id, f"{part.kind}_result": part.outcome.result}
    return named


def _stored(decision: Decision) -> None:
    db.session.add(decision)
    try:
        db.session.flush()
    except IntegrityError as race:
        db.session.rollback()
        message = "The decision was signed at the same moment."
        raise Refused(Reason(code="decision.signed", message=message, remedy="Open the page again.")) from race


def _entry(decision: Decision, by: Actor) -> Entry:
    after = {str(kind): getattr(decision, f"{kind}_result") for kind in ExerciseKind}
    after |= {"result": decision.result, "standard_hash": decision.standard_hash}
    return entry(
        "decision.signed",
        by=by,
        subject_id=decision.id,
        staff_id=decision.staff_id,
        after=after,
        reason=decision.reason,
    )
