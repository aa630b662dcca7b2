"""The page of wellbeing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.records import RecordKind
from selection.rules.roles import Permission
from selection.rules.words import day_in_words
from selection.supervision.blueprint import bp
from selection.supervision.records.desk import desk
from selection.supervision.wellbeing import actions
from selection.supervision.wellbeing.forms import WellbeingForm
from selection.web.gate import requires, signed_in


@bp.route("/groups/<int:group_id>/wellbeing", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def wellbeing(group_id: int) -> ResponseReturnValue:
    """Log the day on which somebody had wellbeing support."""
    at = desk(group_id, RecordKind.SUPERVISION, by=signed_in(), lock=request.method == "POST")
    form = WellbeingForm(held_on=clock.today())
    form.offer(at)
    if form.validate_on_submit():
        try:
            actions.log(at, form.subjects.data, form.held_on.entered, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"Wellbeing support on {day_in_words(form.held_on.entered)} is logged.")
            return redirect(url_for(".group", group_id=group_id))
    return render_template("supervision/wellbeing.html", at=at, form=form)
