"""Pages of assignments: who could be assigned, assigning, another last day, taking back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.groups import loading
from selection.groups.assignments import actions, queries, telling
from selection.groups.assignments.forms import AssignForm, AssignWishForm, CancelForm, LastDayForm
from selection.groups.assignments.stays import Stay, stay_with
from selection.groups.blueprint import bp
from selection.groups.forms import in_address
from selection.models.groups import Group
from selection.rules.roles import Permission
from selection.rules.supervision import AssignmentKind
from selection.rules.team import regulars_on
from selection.rules.validity import Span
from selection.rules.words import day_in_words
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/<int:group_id>/assign")
@requires(Permission.GROUPS_WRITE)
def assign(group_id: int) -> ResponseReturnValue:
    """Show who can be assigned on each of the days asked for and who cannot, with every reason."""
    group, today = loading.to_read(group_id, Permission.GROUPS_WRITE, by=signed_in()), clock.today()
    form = AssignWishForm.asked(queries.usual_days(group, today))
    shown = None
    if form.validate():
        against = queries.against_days(group, form.days, today)
        form.take(against)
        shown = None if against else queries.who(group, form, today=today, by=signed_in(), **_pages())
    return render_template(
        "groups/assignments/assign.html", group=group, form=form, shown=shown, chosen=AssignForm(None), today=today
    )


def _pages() -> dict[str, int]:
    return {name: page_in(request.args, name) for name in ("can_page", "cannot_page")}


@bp.post("/<int:group_id>/assign")
@requires(Permission.GROUPS_WRITE)
def assign_person(group_id: int) -> ResponseReturnValue:
    """Assign whom the button named."""
    form = AssignForm()
    if not form.validate_on_submit():
        abort(400)
    group, person = loading.to_assign(group_id, form.staff_id.data, by=signed_in())
    name, kind = person.name, AssignmentKind(form.kind.data)
    again = url_for(".assign", group_id=group_id, **in_address(form.days), kind=kind)
    try:
        rows = actions.assign(group, person.id, kind=kind, days=form.days, today=clock.today(), by=signed_in())
    except Refused as refusal:
        return render_template("groups/refused.html", name=name, reasons=refusal.reasons, again=again), 409
    telling.of_assignment(group, person, kind, form.days, by=signed_in())
    db.session.commit()
    flash(f"{name} is assigned from {day_in_words(form.days.first)} to {day_in_words(form.days.last)}.")
    team = [*group.facts.placed, *(loading.placed(row) for row in rows)]
    short = len(regulars_on(team, form.days.first)) < group.team_size
    return redirect(again if short else url_for(".show", group_id=group_id))


@bp.route("/<int:group_id>/assignments/<int:assignment_id>", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def assignment(group_id: int, assignment_id: int) -> ResponseReturnValue:
    """Give an assignment another last day: earlier ends it, later adds to it."""
    group, stay = _stay(group_id, assignment_id)
    form = LastDayForm(last_day=stay.days.last, version=stay.version)
    if form.validate_on_submit():
        form.check(stay, what=f"The assignment of {stay.facilitator.name}")
        assert form.last_day.data
        was, now = stay.days, Span(first=stay.days.first, last=form.last_day.data)
        try:
            actions.change_last_day(
                group, stay, form.last_day.data, reason=form.reason.data, today=clock.today(), by=signed_in()
            )
        except Refused as refusal:
            form.take(refusal.reasons)
            group, stay = _stay(group_id, assignment_id)  # as it is now: the database may have refused
        else:
            telling.of_change(group, stay, now, was=was, by=signed_in())
            db.session.commit()
            flash(f"{stay.facilitator.name} is assigned until {day_in_words(form.last_day.data)}.")
            return redirect(url_for(".show", group_id=group_id))
    return _show_stay(group, stay, form, CancelForm(formdata=None, version=stay.version))


@bp.post("/<int:group_id>/assignments/<int:assignment_id>/cancel")
@requires(Permission.GROUPS_WRITE)
def cancel_assignment(group_id: int, assignment_id: int) -> ResponseReturnValue:
    """Take an assignment back that has not begun."""
    group, stay = _stay(group_id, assignment_id)
    form = CancelForm(version=stay.version)
    if form.validate_on_submit():
        form.check(stay, what=f"The assignment of {stay.facilitator.name}")
        was = stay.days
        try:
            actions.cancel(stay, reason=form.cancel_reason.data, today=clock.today(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            telling.of_change(group, stay, None, was=was, by=signed_in())
            db.session.commit()
            flash(f"The assignment of {stay.facilitator.name} is cancelled.")
            return redirect(url_for(".show", group_id=group_id))
    return _show_stay(group, stay, LastDayForm(None, last_day=stay.days.last, version=stay.version), form)


def _stay(group_id: int, assignment_id: int) -> tuple[Group, Stay]:
    by = signed_in()
    writes = request.method == "POST"
    group = loading.to_change(group_id, by=by) if writes else loading.to_read(group_id, Permission.GROUPS_WRITE, by=by)
    stay = stay_with(group, assignment_id)
    if stay is None:
        raise NotHere
    return group, stay


def _show_stay(group: Group, stay: Stay, form: LastDayForm, cancel: CancelForm) -> ResponseReturnValue:
    return render_template(
        "groups/assignments/assignment.html", group=group, stay=stay, form=form, cancel=cancel, today=clock.today()
    )
