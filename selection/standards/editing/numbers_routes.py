"""Pages of a draft's numbers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.standards.blueprint import bp
from selection.standards.drafts.changing import opened
from selection.standards.editing import actions
from selection.standards.editing.numbers import FORMS
from selection.standards.guards import everywhere
from selection.web.gate import requires


@bp.route("/<int:standard_id>/numbers/<part>", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def numbers(standard_id: int, part: str) -> ResponseReturnValue:
    """Change the scale, the pass rule, the moderation rule or the periods of a draft."""
    if part not in FORMS:
        abort(404)
    by = everywhere(Permission.STANDARDS_WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST")
    form = FORMS[part](obj=draft.row)
    if form.validate_on_submit():
        form.check_against(draft.row)
        try:
            actions.set_numbers(draft, form.heading.lower(), form.entered(), by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{form.heading} saved.")
            return redirect(url_for(".show", standard_id=standard_id))
    return render_template("standards/edit.html", form=form, draft=draft, heading=form.heading)
