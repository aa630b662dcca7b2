"""Pages of what was agreed on: what is overdue, and saying that something was done."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.supervision.agreed import actions, queries
from selection.supervision.agreed.forms import DoneForm
from selection.supervision.blueprint import bp
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/agreed")
@requires(Permission.SUPERVISION_READ)
def agreed() -> ResponseReturnValue:
    """List what was agreed on in one's areas and is overdue, the longest first."""
    today = clock.today()
    found, pages = queries.overdue_page(signed_in(), today, page_in(request.args))
    return render_template("supervision/agreed.html", agreed=found, pages=pages, today=today)


@bp.route("/agreed/<int:action_id>/done", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def action_done(action_id: int) -> ResponseReturnValue:
    """Say that something that was agreed on was done, and on which day."""
    by, today = signed_in(), clock.today()
    action = queries.to_say(action_id, today, by=by)
    of = queries.record_of(action)
    form = DoneForm(done_on=today)
    if form.validate_on_submit():
        try:
            actions.say_done(action, of, form.done_on.entered, today=today, by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("That it was done is kept.")
            return redirect(url_for(".record", record_id=of.id))
    return render_template("supervision/action_done.html", form=form, action=action, of=of)
