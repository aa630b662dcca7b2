"""The page that certifies: of one person, of all who passed, or of all but some; what cannot be, says why."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.rules.results import Standing
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.events import queries as events
from selection.training.results import certifying
from selection.training.results.forms import CertifyForm
from selection.web.gate import requires, signed_in


@bp.get("/events/<int:event_id>/certify")
@requires(Permission.TRAINING_CERTIFY)
def to_certify(event_id: int) -> ResponseReturnValue:
    """Show who would be certified, to take exceptions off, and who cannot be and why."""
    event = events.one(event_id, Permission.TRAINING_CERTIFY, by=signed_in())
    booked = certifying.booked(event, by=signed_in())
    done = [one for one in booked if one.entry.came_to == Standing.CERTIFIED]
    planned = certifying.plan(event, [one for one in booked if one not in done], by=signed_in())
    return render_template(
        "training/certify.html",
        event=event,
        can=[one for one in planned if not one.reasons],
        cannot=[one for one in planned if one.reasons],
        done=[one.entry for one in done],
        days=certifying.days,
    )


@bp.post("/events/<int:event_id>/certify")
@requires(Permission.TRAINING_CERTIFY)
def certify(event_id: int) -> ResponseReturnValue:
    """Issue the certificates of the results that were chosen, all of them or none."""
    event = events.one(event_id, Permission.TRAINING_CERTIFY, by=signed_in(), writing=True)
    form = CertifyForm()
    if not form.validate():
        abort(400)
    issued = certifying.certify(event, form.results.data, by=signed_in())
    db.session.commit()
    if issued:
        flash(f"{len(issued)} {'certificate is' if len(issued) == 1 else 'certificates are'} issued.")
    else:
        flash("The certificates were issued already; nothing changed.")
    return redirect(url_for(".event", event_id=event_id))
