"""The page of a certificate, made to be printed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.rules.programmes import STAGE_NAMES
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.training.blueprint import bp
from selection.training.certificates import queries
from selection.web.gate import requires, signed_in


@bp.get("/certificates/<int:certificate_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def certificate(certificate_id: int) -> ResponseReturnValue:
    """Show a certificate: one's own, or one of a person within reach."""
    shown = queries.one(certificate_id, by=signed_in())
    page = render_template(
        "training/certificate.html",
        shown=shown,
        certificate=shown.certificate,
        stages=STAGE_NAMES,
        own=shown.certificate.staff_id == signed_in().staff_id,
        today=clock.today(),
    )
    staff_id = shown.certificate.staff_id
    record("staff.viewed", by=signed_in(), subject_id=staff_id, staff_id=staff_id)
    db.session.commit()
    return page
