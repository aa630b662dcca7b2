"""Pages of results, part by part."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.plan import plan_for_certificate
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import CourseResult
from selection.rules.results import Standing
from selection.rules.roles import Permission
from selection.rules.training import EndedAs
from selection.trail import queries as trail
from selection.trail.events import EVENTS
from selection.trail.record import record
from selection.training import teaching
from selection.training.blueprint import bp
from selection.training.results import actions, outcomes, queries
from selection.training.results.forms import EndForm, ReassessForm, ResultForm
from selection.training.results.queries import Taken
from selection.web.gate import requires, signed_in


@bp.get("/bookings/<int:booking_id>")
@requires(Permission.TRAINING_TEACH, leaves_trail=True)
def booking(booking_id: int) -> ResponseReturnValue:
    """Show a booking: its roll, its result and how it came to it; and the form, for whoever may record."""
    taken = queries.one(booking_id, Permission.TRAINING_READ, by=signed_in())
    form = ResultForm()
    form.fit(taken)
    form.show(taken)
    page = _page(taken, form)
    staff_id = taken.booking.staff_id
    record("staff.viewed", by=signed_in(), subject_id=staff_id, staff_id=staff_id)
    db.session.commit()
    return page


@bp.post("/bookings/<int:booking_id>")
@requires(Permission.TRAINING_TEACH)
def record_result(booking_id: int) -> ResponseReturnValue:
    """Record what parts of a booking's result came to."""
    taken = queries.one(booking_id, Permission.TRAINING_RUN, by=signed_in(), writing=True)
    form = ResultForm(assessed_on=clock.today())
    form.fit(taken)
    if form.validate_on_submit():
        form.check_against(taken)
        try:
            result = actions.record_result(taken, form.assessed(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The result of {taken.taking.name} is recorded: {_came_to(result)}.")
            return redirect(_next(taken))
    return _page(taken, form)


def _came_to(result: CourseResult) -> str:
    return "passed" if result.passed else "not passed, for good" if result.ended_as else "not passed yet"


@bp.post("/bookings/<int:booking_id>/end")
@requires(Permission.TRAINING_TEACH)
def end_result(booking_id: int) -> ResponseReturnValue:
    """Record that a booking ended without a pass: withdrawn, absent or failed."""
    taken = queries.one(booking_id, Permission.TRAINING_RUN, by=signed_in(), writing=True)
    form = EndForm()
    if form.validate_on_submit():
        try:
            outcomes.end_otherwise(taken, EndedAs(form.how.data), reason=form.why.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The booking of {taken.taking.name} is recorded as {form.how.data}.")
            return redirect(url_for(".booking", booking_id=booking_id))
    return _page(taken, end=form)


@bp.post("/bookings/<int:booking_id>/reassess")
@requires(Permission.TRAINING_TEACH)
def reassess(booking_id: int) -> ResponseReturnValue:
    """Set when and where what is open is assessed again."""
    taken = queries.one(booking_id, Permission.TRAINING_RUN, by=signed_in(), writing=True)
    form = ReassessForm()
    if form.validate_on_submit():
        try:
            outcomes.arrange_reassessment(taken, on=form.on_day.entered, venue=form.venue.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The day is set, and {taken.taking.name} is told.")
            return redirect(url_for(".booking", booking_id=booking_id))
    return _page(taken, again=form)


def _next(taken: Taken) -> str:
    """Return where to go from a result: to the next person without one, if that was asked for."""
    if "and_next" in request.form:
        booking_id = queries.next_without_result(taken.event.id, taken.booking)
        return url_for(".booking", booking_id=booking_id) if booking_id else url_for(".event", event_id=taken.event.id)
    return url_for(".booking", booking_id=taken.booking.id)


def _page(
    taken: Taken, form: ResultForm | None = None, *, end: EndForm | None = None, again: ReassessForm | None = None
) -> ResponseReturnValue:
    shown = end or again or form
    if form is None:
        form = ResultForm(formdata=None)
        form.fit(taken)
        form.show(taken)
    set_for = taken.reassessment
    touched = None
    if taken.entry.came_to == Standing.TO_WITHDRAW and taken.entry.certificate is not None:
        touched = plan_for_certificate(taken.entry.certificate, clock.today())
    return render_template(
        "training/booking.html",
        taken=taken,
        form=form,
        end=end or EndForm(formdata=None),
        again=again
        or ReassessForm(
            formdata=None, on_day=set_for.on_day if set_for else None, venue=set_for.venue if set_for else ""
        ),
        shown=shown,
        plan=touched,
        own=taken.booking.staff_id == signed_in().staff_id,
        may_record=teaching.may_record(taken.event, by=signed_in()),
        today=clock.today(),
        entries=trail.about("booking", taken.booking.id),
        events=EVENTS,
    )
