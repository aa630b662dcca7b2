"""The chair releases feedback to the candidate, once."""

from sqlalchemy.exc import IntegrityError

from selection.centres.feedback.queries import Feedback
from selection.centres.guards import insist
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.appeals import FeedbackRelease
from selection.notices.queue import body_of, queue
from selection.rules import centres as rules
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import record


def release(feedback: Feedback, *, note: str, by: Actor) -> FeedbackRelease:
    """Release the feedback to the candidate and tell them, or raise Refused; one that is released stays as it is."""
    chair = rules.Centre(chair_id=feedback.chair_id, chair_name=feedback.chair, closed=False)
    insist(*rules.reasons_against_chairing(chair, by.staff_id))
    if feedback.release is not None:
        return feedback.release
    made = FeedbackRelease(
        decision_id=feedback.decision.id,
        staff_id=feedback.staff_id,
        decision_result=feedback.decision.result,
        chair_id=feedback.chair_id,
        note=note.strip(),
        at=clock.now(),
        by_id=by.account_id,
    )
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as race:
        db.session.rollback()
        message = "The feedback was released at the same moment."
        raise Refused(Reason(code="feedback.released", message=message, remedy="Open the page again.")) from race
    record("feedback.released", by=by, subject_id=feedback.decision.id, staff_id=feedback.staff_id)
    queue(
        f"feedback:{feedback.decision.id}",
        to=feedback.email,
        staff_id=feedback.staff_id,
        subject=f"Your feedback from {feedback.centre}",
        body=body_of("feedback", name=feedback.name, centre=feedback.centre, held_on=feedback.held_on),
    )
    return made
