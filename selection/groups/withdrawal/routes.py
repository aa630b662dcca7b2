"""Pages of withdrawal: a certificate, a suspension or deselection, an appointment, somebody who leaves.

They are addressed with the other pages about authorisations. They stand here because standing in for somebody is
an assignment or a supervision, which is the groups' business.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation import queries
from selection.authorisation.appeals.panel import panel_of
from selection.authorisation.blueprint import bp
from selection.authorisation.breaches.actions import record_breach
from selection.authorisation.forms import (
    BreachForm,
    EndAppointmentForm,
    LeaveForm,
    StopForm,
    SuspendNowForm,
    WithdrawForm,
)
from selection.authorisation.plan import (
    Plan,
    plan_for_appointment,
    plan_for_certificate,
    plan_for_leaving,
    plan_for_stop,
)
from selection.authorisation.withdraw import end_appointment, leave, withdraw_certificate
from selection.authorisation.withdraw import stop as stop_person
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.withdrawal.actions import PLAN_CHANGED, carry_out
from selection.groups.withdrawal.gaps import Gap, StandIn, gaps, session_days, stays_ended
from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole, StopKind
from selection.rules.reasons import Reason
from selection.rules.roles import Permission
from selection.rules.words import day_in_words
from selection.web import choices
from selection.web.forms import BaseForm
from selection.web.gate import requires, signed_in

STAND_IN_GONE = Reason(
    code="stand_in.gone",
    message="Somebody whom you chose to stand in is no longer free for those days.",
    remedy="Choose again below.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A decision as its page needs it: what it is called, what it would touch, how it is made, what is said after."""

    form: BaseForm
    heading: str
    staff_id: int
    plan: Callable[[], Plan]
    decide: Callable[[Plan], object]
    done: Callable[[], str]
    fields: Sequence[str]


def _page(decision: Decision) -> ResponseReturnValue:
    """Show what the decision touches and who could stand in; once that was seen and confirmed, carry it out."""
    form = decision.form
    valid = form.validate_on_submit()
    plan, days, open_gaps = _touched(decision, to_write=request.method == "POST")
    if valid and form["seen"].data != plan.mark():
        form.take([PLAN_CHANGED])
    elif valid:
        try:
            carry_out(
                plan,
                decision.plan,
                decision.decide,
                _chosen(open_gaps),
                today=clock.today(),
                by=signed_in(),
            )
        except Refused as refusal:
            db.session.rollback()
            form.take(refusal.reasons)
            plan, days, open_gaps = _touched(decision, to_write=False)
        else:
            db.session.commit()
            flash(decision.done())
            return redirect(url_for("people.record", staff_id=decision.staff_id))
    form["seen"].data = plan.mark()
    return render_template(
        "groups/withdrawal/decide.html",
        decision=decision,
        form=form,
        plan=plan,
        session_days=days,
        stays_ended=stays_ended,
        gaps=open_gaps,
        asked=request.form,
    )


def _touched(decision: Decision, *, to_write: bool) -> tuple[Plan, dict[int, list[date]], tuple[Gap, ...]]:
    plan = decision.plan()
    meanwhile = False
    if to_write:
        locked = {group.id for group in plan.groups}
        loading.lock(locked)
        plan = decision.plan()  # as it is now that nobody else changes these groups
        meanwhile = not {group.id for group in plan.groups} <= locked  # somebody was put on one more
    groups = loading.for_decision((group.id for group in plan.groups), to_write=meanwhile)
    days = session_days(plan) if plan.groups else {}
    return plan, days, gaps(plan, groups, days, by=signed_in())


def _chosen(open_gaps: Sequence[Gap]) -> list[StandIn]:
    """Return who was chosen for which gap; raises Refused for somebody who is not offered (any more)."""
    chosen = []
    for gap in open_gaps:
        word = request.form.get(f"stand_in_{gap.key}", "")
        if not word:
            continue
        who = next((one for one in gap.candidates if f"{one.staff_id}" == word), None)
        if who is None:
            raise Refused(STAND_IN_GONE)
        chosen.append(StandIn(gap=gap, who=who))
    return chosen


@bp.route("/certificates/<int:certificate_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def withdraw(certificate_id: int) -> ResponseReturnValue:
    """Withdraw a certificate from a day on, after showing every group and person that this touches."""
    certificate = queries.certificate(certificate_id, by=signed_in())
    number, staff_id = certificate.number, certificate.staff_id
    form = WithdrawForm(from_day=clock.today())
    return _page(
        Decision(
            form=form,
            heading=f"Withdraw certificate {number} of {certificate.staff.name}?",
            staff_id=staff_id,
            plan=lambda: plan_for_certificate(certificate, form.from_day.data or clock.today()),
            decide=lambda plan: withdraw_certificate(certificate, plan, reason=form.reason.data, by=signed_in()),
            done=lambda: f"Certificate {number} ends; what leaned on it has ended with it.",
            fields=("from_day", "reason"),
        )
    )


@bp.route("/certificates/<int:certificate_id>/false", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def find_false(certificate_id: int) -> ResponseReturnValue:
    """Record a certificate as false: the days delivered on it become a breach, and what is left of it ends today."""
    certificate = queries.certificate(certificate_id, by=signed_in())
    number, staff_id = certificate.number, certificate.staff_id
    form = BreachForm()
    return _page(
        Decision(
            form=form,
            heading=f"Was certificate {number} of {certificate.staff.name} false?",
            staff_id=staff_id,
            plan=lambda: plan_for_certificate(certificate, clock.today()),
            decide=lambda plan: record_breach(certificate, plan, what=form.reason.data, by=signed_in()),
            done=lambda: f"Certificate {number} is recorded as false. What was delivered on it is named as a breach.",
            fields=("reason",),
        )
    )


@bp.route("/staff/<int:staff_id>/stop", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def stop(staff_id: int) -> ResponseReturnValue:
    """Suspend or deselect somebody, after showing every group that this touches."""
    name = queries.staff(staff_id, Permission.AUTHORISATIONS_WITHDRAW, by=signed_in()).name
    form = StopForm(from_day=clock.today(), programme_id=0)
    form.offer(choices.programmes())

    def decide(plan: Plan) -> None:
        stop_person(
            staff_id,
            plan,
            kind=StopKind(form.kind.data),
            programme_id=form.programme_id.data or None,
            until=form.until.data,
            reason=form.reason.data,
            panel=panel_of(form.panel.data, by=signed_in()),
            by=signed_in(),
        )

    return _page(
        Decision(
            form=form,
            heading=f"Suspend or deselect {name}?",
            staff_id=staff_id,
            plan=lambda: plan_for_stop(staff_id, form.programme_id.data or None, form.from_day.data or clock.today()),
            decide=decide,
            done=lambda: f"{name} is stopped from {day_in_words(form.from_day.entered)}; what leaned on it has ended.",
            fields=("kind", "programme_id", "from_day", "until", "panel", "reason"),
        )
    )


@bp.route("/staff/<int:staff_id>/suspend-now", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def suspend_now(staff_id: int) -> ResponseReturnValue:
    """Suspend somebody on every programme at once: nothing to read first, no stand-ins to choose."""
    name = queries.staff(staff_id, Permission.AUTHORISATIONS_WITHDRAW, by=signed_in()).name
    form = SuspendNowForm()
    if form.validate_on_submit():
        touched = plan_for_stop(staff_id, None, clock.today()).groups
        loading.for_decision((group.id for group in touched), to_write=True)
        plan = plan_for_stop(staff_id, None, clock.today())
        try:
            stop_person(
                staff_id,
                plan,
                kind=StopKind.SUSPENSION,
                programme_id=None,
                until=None,
                reason=form.reason.data,
                by=signed_in(),
            )
        except Refused as refusal:
            db.session.rollback()
            form.take(refusal.reasons)
        else:
            references = ", ".join(group.reference for group in plan.groups) or "none"
            db.session.commit()
            flash(f"{name} is suspended from now. Groups touched, whose managers are told: {references}.")
            return redirect(url_for("people.record", staff_id=staff_id))
    return render_template("groups/withdrawal/suspend_now.html", form=form, name=name, staff_id=staff_id)


@bp.route("/appointments/<int:appointment_id>/end", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_APPOINT)
def end(appointment_id: int) -> ResponseReturnValue:
    """End an appointment to supervise from a day on, after showing every group that this touches."""
    appointment, person = queries.appointment(appointment_id, by=signed_in())
    name, role = person.name, ACTING_ROLE_NAMES[ActingRole(appointment.role)]
    form = EndAppointmentForm(from_day=clock.today())
    return _page(
        Decision(
            form=form,
            heading=f"End {name}'s appointment as {role}?",
            staff_id=person.id,
            plan=lambda: plan_for_appointment(appointment, form.from_day.data or clock.today()),
            decide=lambda plan: end_appointment(appointment, plan, reason=form.reason.data, by=signed_in()),
            done=lambda: f"{name} is no longer {role} from {day_in_words(form.from_day.entered)}.",
            fields=("from_day", "reason"),
        )
    )


@bp.route("/staff/<int:staff_id>/leave", methods=["GET", "POST"])
@requires(Permission.AUTHORISATIONS_WITHDRAW)
def leaving(staff_id: int) -> ResponseReturnValue:
    """Let somebody leave the service, after showing every group that this touches."""
    person = queries.staff(staff_id, Permission.AUTHORISATIONS_WITHDRAW, by=signed_in())
    name = person.name
    form = LeaveForm(last_day=person.left_on or clock.today() + timedelta(weeks=4))
    return _page(
        Decision(
            form=form,
            heading=f"When does {name} leave the service?",
            staff_id=staff_id,
            plan=lambda: plan_for_leaving(staff_id, form.last_day.data or clock.today()),
            decide=lambda plan: leave(person, plan, reason=form.reason.data, by=signed_in()),
            done=lambda: f"{name} leaves on {day_in_words(form.last_day.entered)}; what lies beyond has ended.",
            fields=("last_day", "reason"),
        )
    )
