"""Pages of withdrawal, suspension, reinstatement and appointment; what is touched is shown before it is decided."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation import queries
from selection.authorisation.appoint import appoint as appoint_person
from selection.authorisation.forms import AppointForm, LiftForm, StopForm, WithdrawForm
from selection.authorisation.lift import lift as lift_stop
from selection.authorisation.withdraw import (
    Plan,
    plan_for_certificate,
    plan_for_stop,
    withdraw_certificate,
)
from selection.authorisation.withdraw import stop as stop_person
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, StopKind
from selection.rules.reasons import Reason
from selection.rules.roles import Permission
from selection.rules.validity import Span
from selection.rules.words import day_in_words
from selection.web.gate import requires, signed_in

bp = Blueprint("authorisations", __name__, url_prefix="/authorisations")

PLAN_CHANGED = Reason(
    code="plan.changed",
    message="What this touches is different from what you saw.",
    remedy="Read the list below once more, then confirm.",
)


@bp.route("/certificates/<int:certificate_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def withdraw(certificate_id: int) -> ResponseReturnValue:
    """Withdraw a certificate from a day on, after showing every group and person that this touches."""
    certificate = queries.certificate(certificate_id, by=signed_in())
    form = WithdrawForm(from_day=clock.today())
    valid = form.validate_on_submit()
    plan = plan_for_certificate(certificate, form.from_day.data or clock.today())
    if valid and _confirmed(form, plan):
        try:
            withdraw_certificate(certificate, plan, reason=form.reason.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"Certificate {certificate.number} ends; what leaned on it has ended with it.")
            return redirect(url_for("people.record", staff_id=certificate.staff_id))
    form.seen.data = plan.mark()
    return render_template("authorisation/withdraw.html", form=form, certificate=certificate, plan=plan)


@bp.route("/staff/<int:staff_id>/stop", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def stop(staff_id: int) -> ResponseReturnValue:
    """Suspend or deselect somebody, after showing every group that this touches."""
    person = queries.staff(staff_id, Permission.AUTHORISATIONS_WITHDRAW, by=signed_in())
    form = StopForm(from_day=clock.today(), programme_id=0)
    form.offer(queries.programmes())
    valid = form.validate_on_submit()
    programme_id = form.programme_id.data or None
    plan = plan_for_stop(staff_id, programme_id, form.from_day.data or clock.today())
    if valid and _confirmed(form, plan):
        try:
            stop_person(
                staff_id,
                plan,
                kind=StopKind(form.kind.data),
                programme_id=programme_id,
                until=form.until.data,
                reason=form.reason.data,
                by=signed_in(),
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{person.name} is stopped from {day_in_words(plan.from_day)}; what leaned on it has ended.")
            return redirect(url_for("people.record", staff_id=staff_id))
    form.seen.data = plan.mark()
    return render_template("authorisation/stop.html", form=form, person=person, plan=plan)


def _confirmed(form: WithdrawForm | StopForm, plan: Plan) -> bool:
    """True if the plan is the one that was on screen; otherwise say so, and let it be read again."""
    if form.seen.data == plan.mark():
        return True
    form.take([PLAN_CHANGED])
    return False


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
                last_day=form.last_day.data or clock.today(),
                reason=form.reason.data,
                today=clock.today(),
                by=signed_in(),
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The {row.kind} ends on {day_in_words(row.to_day)}.")
            return redirect(url_for("people.record", staff_id=person.id))
    return render_template("authorisation/lift.html", form=form, person=person, stop=row)


@bp.route("/staff/<int:staff_id>/appoint", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_APPOINT)
def appoint(staff_id: int) -> ResponseReturnValue:
    """Appoint somebody as treatment manager or designated supervisor of a programme."""
    person = queries.staff(staff_id, Permission.AUTHORISATIONS_APPOINT, by=signed_in())
    form = AppointForm(valid_from=clock.today(), programme_id=request.args.get("programme_id", type=int))
    form.offer(queries.programmes())
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
