"""A candidate's own pages: nobody else's are here, whoever asks."""

from flask import render_template
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.feedback import queries as feedbacks
from selection.centres.feedback.document import data_of
from selection.centres.feedback.queries import Feedback
from selection.centres.own import queries
from selection.core import clock
from selection.core.db import db
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.downloads import as_pdf
from selection.web.gate import requires, signed_in


@bp.get("/me")
@requires(Permission.OWN_READ)
def my_centres() -> ResponseReturnValue:
    """Show somebody where their own selection stands."""
    today = clock.today()
    return render_template("centres/mine.html", mine=queries.of(signed_in(), today), today=today)


@bp.get("/me/<int:candidacy_id>/feedback")
@requires(Permission.OWN_READ, leaves_trail=True)
def my_feedback(candidacy_id: int) -> ResponseReturnValue:
    """Show somebody the feedback that was released to them."""
    found = _read(candidacy_id)
    return render_template("centres/my_feedback.html", feedback=found)


@bp.get("/me/<int:candidacy_id>/feedback.pdf")
@requires(Permission.OWN_READ, leaves_trail=True)
def my_feedback_document(candidacy_id: int) -> ResponseReturnValue:
    """Return the feedback that was released to somebody as a document."""
    return as_pdf("feedback", data_of(_read(candidacy_id)), name="feedback.pdf")


def _read(candidacy_id: int) -> Feedback:
    found = feedbacks.own(signed_in(), candidacy_id)
    record("feedback.viewed", by=signed_in(), subject_id=found.decision.id, staff_id=found.staff_id)
    db.session.commit()
    return found
