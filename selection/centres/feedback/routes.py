"""Pages of feedback as the chair prepares it; the candidate's own pages are in `own`."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.feedback import actions, queries
from selection.centres.feedback.document import data_of
from selection.centres.feedback.forms import ReleaseForm
from selection.centres.feedback.queries import Feedback
from selection.centres.guards import hold_candidacy
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.downloads import as_pdf
from selection.web.gate import requires, signed_in

AT = "/<int:centre_id>/candidates/<int:candidacy_id>/feedback"


@bp.get(AT)
@requires(Permission.CENTRES_READ, leaves_trail=True)
def feedback(centre_id: int, candidacy_id: int) -> ResponseReturnValue:
    """Show what the candidate reads, or will read once the chair releases it."""
    found = queries.of_candidate(signed_in(), Permission.CENTRES_READ, centre_id, candidacy_id)
    page = _page(found, ReleaseForm(formdata=None))
    record("feedback.viewed", by=signed_in(), subject_id=found.decision.id, staff_id=found.staff_id)
    db.session.commit()
    return page


@bp.post(AT)
@requires(Permission.CENTRES_DECIDE)
def release_feedback(centre_id: int, candidacy_id: int) -> ResponseReturnValue:
    """Release the feedback to the candidate."""
    hold_candidacy(candidacy_id)
    found = queries.of_candidate(signed_in(), Permission.CENTRES_DECIDE, centre_id, candidacy_id)
    form = ReleaseForm()
    if form.validate_on_submit():
        try:
            actions.release(found, note=form.note.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{found.name} can read the feedback now.")
            return redirect(url_for(".feedback", centre_id=centre_id, candidacy_id=candidacy_id))
    return _page(found, form)


@bp.get(f"{AT}.pdf")
@requires(Permission.CENTRES_READ, leaves_trail=True)
def feedback_document(centre_id: int, candidacy_id: int) -> ResponseReturnValue:
    """Return the feedback as a document."""
    found = queries.of_candidate(signed_in(), Permission.CENTRES_READ, centre_id, candidacy_id)
    record("feedback.viewed", by=signed_in(), subject_id=found.decision.id, staff_id=found.staff_id)
    db.session.commit()
    return as_pdf("feedback", data_of(found), name=f"feedback-{found.candidacy_id}.pdf")


def _page(found: Feedback, form: ReleaseForm) -> str:
    return render_template(
        "centres/feedback.html",
        feedback=found,
        form=form,
        chairs=found.chair_id == signed_in().staff_id and signed_in().may(Permission.CENTRES_DECIDE),
        due=found.due,
    )
