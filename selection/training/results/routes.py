"""Pages of results, and the one click that certifies."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.trail import queries as trail
from selection.trail.events import EVENTS
from selection.trail.record import record
from selection.training.blueprint import bp
from selection.training.events import queries as events
from selection.training.results import actions, queries
from selection.training.results.forms import CertifyForm, ResultForm
from selection.training.results.queries import Taken
from selection.web.gate import requires, signed_in


@bp.get("/bookings/<int:booking_id>")
@requires(Permission.TRAINING_READ, leaves_trail=True)
def booking(booking_id: int) -> ResponseReturnValue:
    """Show a booking: its roll, its result and how it came to it; and the form, for whoever may record."""
    taken = queries.one(booking_id, Permission.TRAINING_READ, by=signed_in())
    form = ResultForm()
    form.show(taken)
    page = _page(taken, form)
    staff_id = taken.booking.staff_id
    record("staff.viewed", by=signed_in(), subject_id=staff_id, staff_id=staff_id)
    db.session.commit()
    return page


@bp.post("/bookings/<int:booking_id>")
@requires(Permission.TRAINING_RUN)
def record_result(booking_id: int) -> ResponseReturnValue:
    """Record the result of a booking."""
    taken = queries.one(booking_id, Permission.TRAINING_RUN, by=signed_in(), writing=True)
    form = ResultForm()
    if form.validate_on_submit():
        form.check_against(taken)
        try:
            result = actions.record_result(
                taken, form.parts(), note=form.note.data, reason=form.reason.data, by=signed_in()
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The result of {taken.taking.name} is recorded: {'passed' if result.passed else 'not passed yet'}.")
            return redirect(_next(taken))
    return _page(taken, form)


def _next(taken: Taken) -> str:
    """Return where to go from a result: to the next person without one, if that was asked for."""
    if "and_next" in request.form:
        booking_id = queries.next_without_result(taken.event.id, taken.booking)
        return url_for(".booking", booking_id=booking_id) if booking_id else url_for(".event", event_id=taken.event.id)
    return url_for(".booking", booking_id=taken.booking.id)


def _page(taken: Taken, form: ResultForm) -> ResponseReturnValue:
    may_record = signed_in().reach(Permission.TRAINING_RUN).takes_in(taken.event.area_id)
    return render_template(
        "training/booking.html",
        taken=taken,
        form=form,
        own=taken.booking.staff_id == signed_in().staff_id,
        may_record=may_record,
        entries=trail.about("booking", taken.booking.id),
        events=EVENTS,
    )


@bp.post("/events/<int:event_id>/certify")
@requires(Permission.TRAINING_CERTIFY)
def certify(event_id: int) -> ResponseReturnValue:
    """Issue the certificates of passed results: of one person, or of all who were shown."""
    event = events.one(event_id, Permission.TRAINING_CERTIFY, by=signed_in(), writing=True)
    form = CertifyForm()
    if not form.validate():
        abort(400)
    issued = actions.certify(event, form.results.data, by=signed_in())
    db.session.commit()
    if issued:
        flash(f"{len(issued)} {'certificate is' if len(issued) == 1 else 'certificates are'} issued.")
    else:
        flash("The certificates were issued already; nothing changed.")
    return redirect(url_for(".event", event_id=event_id))
