"""Pages of supervision: who could supervise a group, and naming them, for the first time or in a handover."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, Refused
from selection.groups import loading
from selection.groups.blueprint import bp
from selection.groups.forms import in_address
from selection.groups.supervision import actions, queries
from selection.groups.supervision.forms import SuperviseForm, SuperviseWishForm
from selection.rules.eligibility import ActingRole
from selection.rules.handover import hands_over, open_days
from selection.rules.roles import Permission
from selection.rules.supervision import GroupState
from selection.rules.words import day_in_words
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/<int:group_id>/supervise")
@requires(Permission.GROUPS_WRITE)
def supervise(group_id: int) -> ResponseReturnValue:
    """Show who can supervise the group on each of the days asked for and who cannot, with every reason."""
    group, today = loading.to_read(group_id, Permission.GROUPS_WRITE, by=signed_in()), clock.today()
    form = SuperviseWishForm.asked(queries.usual_days(group, today))
    shown = None
    if form.validate():
        against = queries.against_days(group, form.days, today)
        form.take(against)
        shown = None if against else queries.who(group, form, today=today, by=signed_in(), **_pages())
    return render_template(
        "groups/supervision/supervise.html",
        group=group,
        form=form,
        shown=shown,
        chosen=SuperviseForm(None),
        mark=queries.mark(group),
        hands_over=shown is not None and hands_over(loading.facts(group), form.days),
        gap=open_days(loading.facts(group)),
        today=today,
    )


def _pages() -> dict[str, int]:
    return {name: page_in(request.args, name) for name in ("can_page", "cannot_page")}


@bp.post("/<int:group_id>/supervise")
@requires(Permission.GROUPS_WRITE)
def name_supervisor(group_id: int) -> ResponseReturnValue:
    """Name whom the button named; the group opens once each of its days has a supervisor."""
    form = SuperviseForm()
    if not form.validate_on_submit():
        abort(400)
    group = loading.to_change(group_id, by=signed_in())
    person = loading.staff_in_reach(form.staff_id.data, by=signed_in())
    if form.version.data != queries.mark(group):
        yours = f"{person.name} until {day_in_words(form.days.last)}"
        raise ChangedMeanwhile(
            what=f"The supervision of {group.reference}",
            theirs={"supervisors": queries.in_words(group)},
            yours={"supervisors": yours},
        )
    name, role, was = person.name, ActingRole(form.role.data), group.state
    again = url_for(".supervise", group_id=group_id, **in_address(form.days), role=role)
    try:
        actions.supervise(
            group,
            person.id,
            role=role,
            days=form.days,
            reason=form.reason.data or "",
            as_deputy=form.as_deputy.data,
            today=clock.today(),
            by=signed_in(),
        )
    except Refused as refusal:
        return render_template("groups/refused.html", name=name, reasons=refusal.reasons, again=again), 409
    db.session.commit()
    opened = " The group is open." if group.state == GroupState.OPEN != was else ""
    flash(f"{name} supervises from {day_in_words(form.days.first)} to {day_in_words(form.days.last)}.{opened}")
    waits = group.state in {GroupState.PLANNED, GroupState.HALTED}
    return redirect(url_for(".supervise" if waits else ".show", group_id=group_id))
