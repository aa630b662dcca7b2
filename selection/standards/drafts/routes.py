"""Pages that begin, entitle and delete a draft."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.standards import queries
from selection.standards.blueprint import bp
from selection.standards.drafts import actions
from selection.standards.drafts.changing import opened
from selection.standards.drafts.forms import NOTHING, BeginForm, GoForm, TitleForm
from selection.standards.guards import everywhere
from selection.web.gate import requires


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def begin() -> ResponseReturnValue:
    """Begin a draft, empty or as a copy of any version."""
    by = everywhere(Permission.STANDARDS_WRITE)
    form = BeginForm(source=request.args.get("source", NOTHING, type=int))
    form.offer(queries.every())
    if form.validate_on_submit():
        try:
            if form.source.data == NOTHING:
                draft = actions.begin(form.title.data, by=by)
            else:
                draft = actions.begin_from(queries.one(form.source.data), form.title.data, by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The draft of {draft.title}, version {draft.number}, is there.")
            return redirect(url_for(".show", standard_id=draft.id))
    return render_template("standards/begin.html", form=form)


@bp.route("/<int:standard_id>/title", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def entitle(standard_id: int) -> ResponseReturnValue:
    """Give a draft another title."""
    by = everywhere(Permission.STANDARDS_WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST")
    form = TitleForm(obj=draft.row)
    if form.validate_on_submit():
        form.check(draft.row, what="The draft")
        try:
            actions.entitle(draft, form.title.data, by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The draft is now {draft.name}.")
            return redirect(url_for(".show", standard_id=standard_id))
    return render_template("standards/edit.html", form=form, draft=draft, heading="Title")


@bp.route("/<int:standard_id>/delete", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def delete_draft(standard_id: int) -> ResponseReturnValue:
    """Ask whether a draft shall be deleted, and delete it."""
    by = everywhere(Permission.STANDARDS_WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST")
    form = GoForm(obj=draft.row)
    if form.validate_on_submit():
        form.check(draft.row, what="The draft")
        actions.remove(draft, by=by)
        db.session.commit()
        flash(f"The draft of {draft.name}, is deleted.")
        return redirect(url_for(".index"))
    question = f"Delete the draft of {draft.name}?"
    warning = "Everything that was written in it goes. Export it first if you may want it again."
    return render_template(
        "standards/sure.html", form=form, draft=draft, question=question, warning=warning, yes="Delete the draft"
    )
