"""The pages of when a right lapses for want of delivery: what holds and held, and a change that is shown first."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.blueprint import bp
from selection.authorisation.delivered import as_fact
from selection.authorisation.lapses import queries
from selection.authorisation.lapses.actions import EVERYWHERE, PLAN_CHANGED, change
from selection.authorisation.lapses.forms import LapseForm
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.programmes import Programme
from selection.rules.practice import reasons_against_setting
from selection.rules.roles import Permission
from selection.rules.words import day_in_words
from selection.web.gate import requires, signed_in

MOST_SHOWN = 100


@bp.get("/programmes/<int:programme_id>/lapse")
@requires(Permission.TRAINING_READ)
def lapse(programme_id: int) -> ResponseReturnValue:
    """Show after how many months without delivery a right lapses, since when, why, and what held before."""
    return render_template(
        "authorisation/lapse.html",
        programme=queries.programme(programme_id),
        decided=queries.decided(programme_id),
        today=clock.today(),
        may_change=signed_in().reach(Permission.TRAINING_CERTIFY).everywhere,
    )


@bp.route("/programmes/<int:programme_id>/lapse/change", methods=["GET", "POST"])
@requires(Permission.TRAINING_CERTIFY)
def change_lapse(programme_id: int) -> ResponseReturnValue:
    """Change the months: first what that would do to people and groups is shown, then it is done as a whole."""
    programme = queries.programme(programme_id, writing=request.method == "POST")
    form, plan = LapseForm(), None
    if form.validate_on_submit():
        plan = _plan(programme, form)
        seen, form.seen.data = form.seen.data, plan.mark() if plan else ""
        if plan and seen == plan.mark():
            try:
                change(plan, reason=form.reason.data, by=signed_in())
            except Refused as refusal:
                db.session.rollback()
                form.take(refusal.reasons)
                plan = None
            else:
                db.session.commit()
                day = day_in_words(form.from_day.entered)
                flash(f"From {day}, a right lapses after {form.months.entered} months without delivery.")
                return redirect(url_for(".lapse", programme_id=programme_id))
        elif plan and seen:
            form.take([PLAN_CHANGED])
    return render_template(
        "authorisation/change_lapse.html",
        programme=queries.programme(programme_id),
        form=form,
        plan=plan,
        most=MOST_SHOWN,
        today=clock.today(),
    )


def _plan(programme: Programme, form: LapseForm) -> queries.Plan | None:
    """Return what the change would do; None if it cannot be made, and then the form says why."""
    months, from_day = form.months.entered, form.from_day.entered
    settings = [as_fact(one) for one in programme.lapse_settings]
    against = reasons_against_setting(settings, months=months, from_day=from_day, today=clock.today())
    if not signed_in().reach(Permission.TRAINING_CERTIFY).everywhere:
        against = (*against, EVERYWHERE)
    form.take(against)
    return None if against else queries.plan(programme, months=months, from_day=from_day)
