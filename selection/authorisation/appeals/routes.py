"""The page of a suspension or deselection: who decided it, the appeal against it, and what that came to."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.appeals import queries
from selection.authorisation.appeals.actions import decide, lodge
from selection.authorisation.blueprint import bp
from selection.authorisation.forms import AppealForm, HearingForm
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.rules.roles import Permission
from selection.rules.stops import AppealOutcome
from selection.trail.record import record
from selection.web.gate import requires, signed_in


@bp.get("/stops/<int:stop_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def show_stop(stop_id: int) -> ResponseReturnValue:
    """Show a suspension or deselection: one's own, or of a person within reach; an auditor reads it too."""
    page = _page(_shown(stop_id, reading=True), None)
    db.session.commit()
    return page


@bp.route("/stops/<int:stop_id>/appeal", methods=["GET", "POST"])
@requires(Permission.OWN_READ, leaves_trail=True)
def appeal(stop_id: int) -> ResponseReturnValue:
    """Appeal against a deselection: one's own, or for somebody whose appeal came on paper."""
    shown = _shown(stop_id)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            lodge(shown.stop, form.grounds.data, days=_days(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("The appeal is lodged. Somebody who had no part in the decision hears it.")
            return redirect(url_for(".show_stop", stop_id=stop_id))
    page = _page(shown, form)
    db.session.commit()
    return page


@bp.route("/stops/<int:stop_id>/hearing", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW, leaves_trail=True)
def hear(stop_id: int) -> ResponseReturnValue:
    """Decide the appeal against a deselection, as somebody who had no part in it."""
    shown = _shown(stop_id)
    if shown.appeal is None:
        raise NotHere
    form = HearingForm()
    if form.validate_on_submit():
        try:
            decide(shown.appeal, AppealOutcome(form.outcome.data), reason=form.reason.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The appeal is {form.outcome.data}.")
            return redirect(url_for(".show_stop", stop_id=stop_id))
    page = _page(shown, form)
    db.session.commit()
    return page


def _shown(stop_id: int, *, reading: bool = False) -> queries.Shown:
    shown = queries.one(stop_id, by=signed_in(), days=_days(), reading=reading)
    record("staff.viewed", by=signed_in(), subject_id=shown.person.id, staff_id=shown.person.id)
    return shown


def _page(shown: queries.Shown, form: AppealForm | HearingForm | None) -> str:
    own = shown.person.id == signed_in().staff_id
    may_hear = not own and signed_in().reach(Permission.AUTHORISATIONS_WITHDRAW).takes_in(shown.person.area_id)
    today = clock.today()
    return render_template(
        "authorisation/show_stop.html", shown=shown, stop=shown.stop, form=form, own=own, may_hear=may_hear, today=today
    )


def _days() -> int:
    days: int = current_app.config["STOP_APPEAL_DAYS"]
    return days
