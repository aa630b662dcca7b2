"""Pages of giving assessors to exercises, and of assessor training."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.guards import hold_candidates, hold_sitting
from selection.centres.rosters import of_sitting, roster
from selection.centres.seats import actions, queries
from selection.centres.seats.forms import SeatForm, TrainingForm
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.rules.roles import Permission
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.route("/<int:centre_id>/seats", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def seats(centre_id: int) -> ResponseReturnValue:
    """Show who assesses whom, and give places to assessors: one or many at once."""
    hold_candidates(centre_id)
    found = roster(signed_in(), Permission.CENTRES_RUN, centre_id)
    form = SeatForm()
    form.offer(found)
    done = actions.Seated()
    if form.validate_on_submit():
        try:
            done = actions.seat(found, form.places(found), form.assessors(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            if not done.refused:
                flash(f"{done.given} {'place is' if done.given == 1 else 'places are'} given.")
                return redirect(url_for(".seats", centre_id=centre_id))
            # What was refused is listed with its reasons; what was given is stored, and shown there too.
            found = roster(signed_in(), Permission.CENTRES_RUN, centre_id)
    form.offer_assessors(queries.current_on(found.centre.held_on))
    return render_template("centres/seats.html", form=form, roster=found, centre=found.centre, done=done)


@bp.post("/<int:centre_id>/seats/<int:sitting_id>/<int:form_id>/take-off")
@requires(Permission.CENTRES_RUN)
def unseat(centre_id: int, sitting_id: int, form_id: int) -> ResponseReturnValue:
    """Take an assessor off an exercise."""
    hold_sitting(sitting_id)
    found, candidate, sitting = of_sitting(signed_in(), Permission.CENTRES_RUN, centre_id, sitting_id)
    seat = next((each for each in sitting.seats if each.form_id == form_id), None)
    if seat is None:
        raise NotHere
    actions.unseat(found, candidate, sitting, seat, by=signed_in())
    db.session.commit()
    flash(f"{seat.assessor} no longer assesses the {sitting.kind.words} of {candidate.name}.")
    return redirect(url_for(".seats", centre_id=centre_id))


@bp.route("/assessors", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def assessors() -> ResponseReturnValue:
    """List who is trained to assess, and record more training."""
    form = TrainingForm()
    if form.validate_on_submit():
        assert form.valid_from.data is not None
        assert form.months.data is not None
        number, note = form.number.data, form.note.data
        try:
            made = actions.train(number, first=form.valid_from.data, months=form.months.data, note=note, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The training of {made.staff.name} is recorded.")
            return redirect(url_for(".assessors"))
    rows, pages = queries.trained(signed_in(), page=page_in(request.args))
    return render_template("centres/assessors.html", form=form, rows=rows, pages=pages, today=clock.today())
