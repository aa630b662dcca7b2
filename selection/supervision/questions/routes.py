"""Pages of forms: the versions, one of them, writing a draft, publishing it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.record_forms import RecordForm
from selection.rules.records import KIND_NAMES, RecordKind
from selection.rules.roles import Permission
from selection.supervision.blueprint import bp
from selection.supervision.questions import actions, queries
from selection.supervision.questions.forms import PublishForm, form_form
from selection.web.gate import requires, signed_in


@bp.get("/forms")
@requires(Permission.SUPERVISION_READ)
def forms() -> ResponseReturnValue:
    """List every version of every form."""
    return render_template(
        "supervision/forms.html", versions=queries.versions(), kinds=KIND_NAMES, may_write=_may_write()
    )


@bp.get("/forms/<int:form_id>")
@requires(Permission.SUPERVISION_READ)
def form(form_id: int) -> ResponseReturnValue:
    """Show what a version asks."""
    of = queries.one(form_id)
    return _page(of, PublishForm(version=str(of.version)))


@bp.post("/forms/<kind>")
@requires(Permission.SUPERVISION_FORMS)
def begin_form(kind: str) -> ResponseReturnValue:
    """Begin a new version of a form."""
    _insist_on_everywhere()
    if kind not in set(RecordKind):
        raise NotHere
    draft = actions.begin(RecordKind(kind), by=signed_in())
    db.session.commit()
    return redirect(url_for(".change_form", form_id=draft.id))


@bp.route("/forms/<int:form_id>/change", methods=["GET", "POST"])
@requires(Permission.SUPERVISION_FORMS)
def change_form(form_id: int) -> ResponseReturnValue:
    """Write a draft."""
    _insist_on_everywhere()
    of = queries.one(form_id, writing=request.method == "POST")
    if of.state == "published" and request.method == "GET":
        return redirect(url_for(".form", form_id=form_id))
    form = form_form(of, sent=sum(name.startswith("text-") for name in request.form))
    if form.validate_on_submit():
        form.check(of, what=f"The form “{of.title}”")
        actions.change(of, title=form.title.data, labels=form.labels(), asked=form.asked(), by=signed_in())
        db.session.commit()
        flash("The draft is saved. New records ask it once it is published.")
        return redirect(url_for(".form", form_id=form_id))
    return render_template("supervision/form_form.html", of=of, form=form, kinds=KIND_NAMES)


@bp.post("/forms/<int:form_id>/publish")
@requires(Permission.SUPERVISION_FORMS)
def publish_form(form_id: int) -> ResponseReturnValue:
    """Publish a draft: from now on new records ask it, and it never changes."""
    _insist_on_everywhere()
    of = queries.one(form_id, writing=True)
    form = PublishForm()
    if not form.validate_on_submit():
        abort(400)
    if of.state == "draft":
        form.check(of, what=f"The form “{of.title}”")
    try:
        actions.publish(of, by=signed_in())
    except Refused as refusal:
        form.take(refusal.reasons)
        return _page(of, form), 409
    db.session.commit()
    flash(f"Version {of.number} of “{of.title}” is published.")
    return redirect(url_for(".form", form_id=form_id))


def _page(of: RecordForm, form: PublishForm) -> str:
    return render_template("supervision/form.html", shown=of, form=form, kinds=KIND_NAMES, may_write=_may_write())


def _may_write() -> bool:
    """A form serves the whole service, so it takes somebody whose reach is the whole service."""
    return signed_in().reach(Permission.SUPERVISION_FORMS).everywhere


def _insist_on_everywhere() -> None:
    if not _may_write():
        abort(403)
