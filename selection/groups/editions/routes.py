"""The page on which somebody decides whether a group passes to the newest edition of its programme."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.blueprint import bp
from selection.groups.editions import actions
from selection.groups.editions.forms import EditionForm
from selection.groups.editions.queries import newest_edition
from selection.groups.sessions import telling
from selection.groups.sessions.diary import diary
from selection.groups.sessions.forms import mark_of
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in


@bp.route("/<int:group_id>/edition", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def change_edition(group_id: int) -> ResponseReturnValue:
    """Let a group run under the newest edition, after showing what that does to its rules and each session."""
    by, today, writes = signed_in(), clock.today(), request.method == "POST"
    group = loading.to_change(group_id, by=by) if writes else loading.to_read(group_id, Permission.GROUPS_WRITE, by=by)
    to = newest_edition(group.programme_id)
    form, known = EditionForm(), diary(group)
    shown = actions.preview(known, to, fit=form.fit.data, without=form.without.data, today=today)
    mark = mark_of(shown.shifts, to.id, form.fit.data, form.without.data)
    if form.validate_on_submit() and form.seen.data == mark:
        before = telling.who_is_there(known, shown.shifts)
        try:
            actions.move(known, shown, why=form.reason.data, today=today, by=by)
        except Refused as refusal:
            form.take(one for one in refusal.reasons if one not in shown.reasons)
        else:
            telling.of_shifts(known, shown.shifts, before=before, reason=form.reason.data, by=by)
            db.session.commit()
            flash(f"{group.reference} runs under edition {to.number} now.")
            return redirect(url_for(".show", group_id=group_id))
    form.seen.data = mark
    return render_template("groups/editions/change.html", form=form, group=group, shown=shown)
