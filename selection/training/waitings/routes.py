"""Taking somebody off a waiting list."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.bookings.forms import CancelForm
from selection.training.waitings import actions, queries
from selection.web.gate import requires, signed_in


@bp.post("/waiting/<int:waiting_id>/leave")
@requires(Permission.TRAINING_RUN)
def take_off_list(waiting_id: int) -> ResponseReturnValue:
    """Take somebody off the waiting list of an event."""
    waiting = queries.one(waiting_id, by=signed_in())
    form = CancelForm()
    if waiting.ended_at is None:
        form.check(waiting, what=f"The wait of {waiting.staff.name}")
    actions.leave(waiting, by=signed_in())
    db.session.commit()
    flash(f"{waiting.staff.name} no longer waits for a place.")
    return redirect(url_for(".event", event_id=waiting.event_id))
