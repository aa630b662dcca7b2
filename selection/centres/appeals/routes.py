"""Pages of appeals: the candidate lodges one, and somebody who was not involved hears it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.appeals import actions, queries
from selection.centres.appeals.forms import AppealForm, HearingForm
from selection.centres.blueprint import bp
from selection.centres.guards import hold_candidacy
from selection.centres.papers import papers_of
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.appeals import last_day_to_appeal, reasons_against_hearing
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.route("/me/<int:candidacy_id>/appeal", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def appeal(candidacy_id: int) -> ResponseReturnValue:
    """Let a candidate appeal against the decision on them."""
    decision, centre, appealed = queries.own_decision(signed_in(), candidacy_id)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            actions.lodge(decision, centre, appealed=appealed, grounds=form.grounds.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("Your appeal is lodged. Somebody who was not involved hears it.")
            return redirect(url_for(".my_centres"))
    last = last_day_to_appeal(decision.decided_on, papers_of(centre.standard_id).facts.appeal_days)
    return render_template("centres/appeal.html", form=form, decision=decision, centre=centre, last=last)


@bp.get("/appeals")
@requires(Permission.CENTRES_DECIDE)
def appeals() -> ResponseReturnValue:
    """List the appeals within reach."""
    rows, pages = queries.listed(signed_in(), page=page_in(request.args))
    return render_template("centres/appeals.html", rows=rows, pages=pages)


@bp.route("/appeals/<int:appeal_id>", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE, leaves_trail=True)
def hear(appeal_id: int) -> ResponseReturnValue:
    """Show an appeal, and record how it was heard and decided."""
    found = queries.to_hear(signed_in(), appeal_id)
    form = HearingForm()
    form.offer([kind for kind in found.sittings if kind not in found.void_before])
    if form.validate_on_submit():
        hold_candidacy(found.candidacy_id)
        try:
            hearing = actions.hear(found, form.finding(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The appeal of {found.name} is {hearing.result}.")
            return redirect(url_for(".hear", appeal_id=appeal_id))
    against = reasons_against_hearing(found.involved, signed_in().staff_id, heard=found.hearing is not None)
    page = render_template("centres/hear.html", found=found, form=form, against=against, today=clock.today())
    record("appeal.viewed", by=signed_in(), subject_id=appeal_id, staff_id=found.appeal.staff_id)
    db.session.commit()
    return page
