"""Pages of groups: the list, a group, planning, changing, closing."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.blueprint import bp
from selection.groups.editions.queries import newest_edition
from selection.groups.group import actions, queries
from selection.groups.group.asked import Show, read
from selection.groups.group.forms import ChangeForm, CloseForm, PlanForm
from selection.groups.group.history import history
from selection.groups.group.standing import standing
from selection.models.groups import Group
from selection.models.programmes import Programme
from selection.rules.roles import Permission
from selection.web import choices
from selection.web.gate import requires, signed_in


@bp.get("/")
@requires(Permission.GROUPS_READ)
def index() -> ResponseReturnValue:
    """List the groups of the reader's areas: searched, filtered, sorted and paged."""
    asked, reach, today = read(request.args), signed_in().reach(Permission.GROUPS_READ), clock.today()
    groups, pages = queries.page(asked, reach, today=today)
    return render_template(
        "groups/group/index.html",
        asked=asked,
        groups=groups,
        pages=pages,
        today=today,
        shows=Show,
        areas=choices.areas_within(reach),
        programmes=queries.programmes(),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def plan() -> ResponseReturnValue:
    """Plan a group."""
    form = PlanForm()
    programmes = queries.programmes()
    form.offer(programmes, choices.areas_within(signed_in().reach(Permission.GROUPS_WRITE)))
    if form.validate_on_submit():
        try:
            group = actions.plan(form.particulars(), **_where(form), today=clock.today(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{group.reference} is planned. Name its supervisor to open it.")
            return redirect(url_for(".supervise", group_id=group.id))
    return render_template("groups/group/plan.html", form=form, sizes=_sizes(programmes))


def _sizes(programmes: Sequence[Programme]) -> str:
    """Return how many members a group of each programme has, as a hint says it."""
    return "; ".join(
        f"{one.code}: {one.newest.group_min} to {one.newest.group_max} members" for one in programmes if one.editions
    )


def _where(form: PlanForm) -> dict[str, Any]:
    return {"programme_id": form.programme_id.data, "area_id": form.area_id.data}


@bp.get("/<int:group_id>")
@requires(Permission.GROUPS_READ)
def show(group_id: int) -> ResponseReturnValue:
    """Show a group: who is in charge and on the team on each day, what is missing, and its history."""
    group = loading.to_read(group_id, by=signed_in())
    return render_template(
        "groups/group/show.html",
        group=group,
        standing=standing(group, clock.today()),
        today=clock.today(),
        writes=signed_in().reach(Permission.GROUPS_WRITE).takes_in(group.area_id),
        history=history(group_id),
        newest_id=newest_edition(group.programme_id).id,
    )


@bp.route("/<int:group_id>/change", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def change(group_id: int) -> ResponseReturnValue:
    """Change a group's particulars; days that it gains or loses take their supervision and assignments along."""
    group = _group(group_id)
    form = ChangeForm(obj=group)
    if form.validate_on_submit():
        form.check(group, what=f"The group {group.reference}")
        try:
            actions.change(
                group,
                form.particulars(),
                today=clock.today(),
                by=signed_in(),
                without_sessions=form.without_sessions.data,
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{group.reference} is changed.")
            return redirect(url_for(".show", group_id=group_id))
    return render_template("groups/group/change.html", form=form, group=group)


@bp.route("/<int:group_id>/close", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def close(group_id: int) -> ResponseReturnValue:
    """Close a group that is over."""
    group = _group(group_id)
    form = CloseForm()
    if form.validate_on_submit():
        try:
            actions.close(group, today=clock.today(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{group.reference} is closed.")
            return redirect(url_for(".show", group_id=group_id))
    return render_template("groups/group/close.html", form=form, group=group)


def _group(group_id: int) -> Group:
    by = signed_in()
    writes = request.method == "POST"
    return loading.to_change(group_id, by=by) if writes else loading.to_read(group_id, Permission.GROUPS_WRITE, by=by)
