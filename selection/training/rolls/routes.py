"""The page of the roll."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.events import queries as events
from selection.training.rolls import actions, queries
from selection.training.rolls.forms import RollForm
from selection.web.gate import requires, signed_in


@bp.route("/events/<int:event_id>/roll", methods=["GET", "POST"])
@requires(Permission.TRAINING_TEACH)
def roll(event_id: int) -> ResponseReturnValue:
    """Take the roll of an event, of all days until today at once; its trainers take it too."""
    writing = request.method == "POST"
    event = events.one(event_id, Permission.TRAINING_RUN, by=signed_in(), writing=writing, days=True, taught=True)
    shown = queries.roll(event, today=clock.today())
    form = RollForm(version=shown.mark)
    if form.validate_on_submit():
        form.check_against(shown)
        try:
            changed = actions.take(shown, form.days.data, form.present.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The roll is saved. It changed for {changed} {'person' if changed == 1 else 'people'}.")
            return redirect(url_for(".event", event_id=event_id))
    return render_template("training/roll.html", form=form, roll=shown, event=event)
