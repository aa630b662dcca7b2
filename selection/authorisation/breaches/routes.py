"""Pages of breaches: looking at one, and the list for auditors; one is recorded like a withdrawal."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from selection.authorisation.blueprint import bp
from selection.authorisation.breaches import queries
from selection.core.db import db
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/certificates/<int:certificate_id>/breach")
@requires(Permission.TRAINING_READ, leaves_trail=True)
def breach(certificate_id: int) -> ResponseReturnValue:
    """Show the breach of a certificate that was false: which days of which groups."""
    found = queries.one(certificate_id, by=signed_in())
    page = render_template("authorisation/breach.html", found=found, breach=found.breach)
    staff_id = found.breach.staff_id
    record("staff.viewed", by=signed_in(), subject_id=staff_id, staff_id=staff_id)
    db.session.commit()
    return page


@bp.get("/breaches/")
@requires(Permission.TRAINING_READ)
def breaches() -> ResponseReturnValue:
    """List every breach within reach, newest first."""
    rows, pages = queries.listed(page=page_in(request.args), by=signed_in())
    return render_template("authorisation/breaches.html", rows=rows, pages=pages)
