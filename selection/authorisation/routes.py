"""Pages of reinstatement and appointment; those of withdrawal stand with the groups, which it touches."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation import queries
from selection.authorisation.appoint import appoint as appoint_person
from selection.authorisation.blueprint import bp
from selection.authorisation.forms import AppointForm, LiftForm
from selection.authorisation.lift import lift as lift_stop
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Permission
from selection.rules.validity import Span
from selection.rules.words import day_in_words
from selection.web import choices
from selection.web.asked import number_in
from selection.web.gate import requires, signed_in


@bp.route("/stops/<int:stop_id>/lift", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def lift(stop_id: int) -> ResponseReturnValue:
    """Lift a suspension or deselection."""
    row, person = queries.stop(stop_id, by=signed_in())
    form = LiftForm(last_day=clock.today())
    if form.validate_on_submit():
        try:
            lift_stop(
                row,
                person,
                last_day=form.last_day.data or clock.today(),
                reason=form.reason.data,
                today=clock.today(),
                by=signed_in(),
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            never = row.to_day < row.from_day
            flash(f"The {row.kind} {'never takes effect' if never else f'ends on {day_in_words(row.to_day)}'}.")
            return redirect(url_for("people.record", staff_id=person.id))
    return render_template("authorisation/lift.html", form=form, person=person, stop=row)


@bp.route("/staff/<int:staff_id>/appoint", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_APPOINT)
def appoint(staff_id: int) -> ResponseReturnValue:
    """Appoint somebody as treatment manager or designated supervisor of a programme."""
    person = queries.staff(staff_id, Permission.AUTHORISATIONS_APPOINT, by=signed_in())
    form = AppointForm(valid_from=clock.today(), programme_id=number_in(request.args, "programme_id"))
    form.offer(choices.programmes())
    if form.validate_on_submit():
        days = Span(first=form.valid_from.data or clock.today(), last=form.valid_to.data or NO_END)
        try:
            appoint_person(
                staff_id,
                programme_id=form.programme_id.data,
                role=ActingRole(form.role.data),
                days=days,
                reason=form.reason.data,
                by=signed_in(),
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{person.name} is appointed.")
            return redirect(url_for("people.record", staff_id=staff_id))
    return render_template("authorisation/appoint.html", form=form, person=person)
