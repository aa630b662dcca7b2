"""Pages of the record of a session."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.breaches import queries as breaches
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.delivery.blueprint import bp
from selection.delivery.sessions import actions, queries
from selection.delivery.sessions.forms import CorrectSessionForm, SessionForm
from selection.rules.delivery import Said
from selection.rules.roles import Permission
from selection.rules.sessions import SessionState
from selection.rules.words import day_in_words
from selection.web.gate import requires, signed_in


@bp.get("/sessions/<int:session_id>")
@requires(Permission.OWN_READ)
def session(session_id: int) -> ResponseReturnValue:
    """Show what is recorded of a session."""
    at = queries.meeting(session_id, by=signed_in())
    return render_template(
        "delivery/session.html",
        at=at,
        may_record=queries.may_record(at, signed_in()),
        earlier=queries.earlier_than(at.last) if at.last else (),
        rested=breaches.on_day(at.session.group_id, at.session.day),
    )


@bp.route("/sessions/<int:session_id>/record", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def record_session(session_id: int) -> ResponseReturnValue:
    """Record what became of a session."""
    at = _to_record(session_id)
    form = SessionForm(state=SessionState.HELD, delivered_by=sorted(at.in_room), minutes=at.minutes)
    form.offer(at)
    if form.validate_on_submit():
        try:
            actions.record(at, form.said(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{at.session.title}, {day_in_words(at.session.day)}, is recorded.")
            return redirect(url_for(".session", session_id=session_id))
    return render_template("delivery/record.html", at=at, form=form)


@bp.route("/sessions/<int:session_id>/correct", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def correct_session(session_id: int) -> ResponseReturnValue:
    """Put the numbers of a recorded session right; what was recorded first stays on record."""
    at = _to_record(session_id)
    if at.last is None:
        return redirect(url_for(".record_session", session_id=session_id))
    form = CorrectSessionForm(obj=at.last, correction="", seen=at.last.id)
    changed = form.is_submitted() and form.seen.data != str(at.last.id)
    if form.validate_on_submit():
        said = Said(**form.numbers(SessionState(at.last.state)))
        try:
            actions.correct(at, said, seen=form.seen.data, correction=form.correction.data, by=signed_in())
        except Refused as refusal:
            form.seen.data = str(at.last.id)
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("The record is put right.")
            return redirect(url_for(".session", session_id=session_id))
    return render_template("delivery/correct.html", at=at, form=form, changed=changed), 409 if changed else 200


def _to_record(session_id: int) -> queries.Meeting:
    at = queries.meeting(session_id, by=signed_in(), writing=request.method == "POST")
    if not queries.may_record(at, signed_in()):
        raise NotHere
    return at
