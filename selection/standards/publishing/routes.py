"""Pages on which a draft is checked, proposed, sent back and published."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.standards import Standard
from selection.prescribed.lines import lines_of
from selection.rules.publishing import PUBLISHED, reasons_against_publishing
from selection.rules.roles import Permission
from selection.rules.versions import differences
from selection.standards import queries
from selection.standards.blueprint import bp
from selection.standards.guards import everywhere
from selection.standards.publishing import actions
from selection.standards.publishing.forms import BackForm, ProposeForm, PublishForm
from selection.standards.publishing.places import address
from selection.web.gate import requires


@bp.get("/<int:standard_id>/check")
@requires(Permission.STANDARDS_WRITE)
def check(standard_id: int) -> ResponseReturnValue:
    """List everything that still keeps a draft from being published, each with the place to put it right."""
    standard = _draft(standard_id)
    problems = [(problem, address(standard, problem)) for problem in actions.problems(standard)]
    return render_template("standards/check.html", standard=standard, problems=problems)


@bp.route("/<int:standard_id>/propose", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def propose(standard_id: int) -> ResponseReturnValue:
    """Propose that a draft be published as it is."""
    by = everywhere(Permission.STANDARDS_WRITE)
    standard = _draft(standard_id, writing=request.method == "POST")
    form = ProposeForm(obj=standard)
    if form.validate_on_submit():
        form.check(standard, what="The draft")
        try:
            actions.propose(standard, form.why.data, by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            return _done(standard, "The draft is proposed. Somebody who had no hand in it can publish it now.")
    problems = len(actions.problems(standard))
    return render_template("standards/propose.html", form=form, standard=standard, problems=problems)


@bp.route("/<int:standard_id>/send-back", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def send_back(standard_id: int) -> ResponseReturnValue:
    """End a proposal, by who made it or by who read it, so that the draft can be changed again."""
    by = everywhere(Permission.STANDARDS_WRITE)
    standard = _draft(standard_id, writing=request.method == "POST")
    form = BackForm(obj=standard)
    if form.validate_on_submit():
        form.check(standard, what="The draft")
        try:
            actions.end_proposal(standard, form.why.data, by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            return _done(standard, "The proposal has ended. The draft can be changed again.")
    return render_template("standards/send_back.html", form=form, standard=standard)


@bp.route("/<int:standard_id>/publish", methods=["GET", "POST"])
@requires(Permission.STANDARDS_PUBLISH)
def publish(standard_id: int) -> ResponseReturnValue:
    """Show the second person what is new, and publish the version for ever."""
    by = everywhere(Permission.STANDARDS_PUBLISH)
    if request.method == "POST":
        standard, base = _draft(standard_id, writing=True), None
    else:
        standard, base = queries.beside(standard_id)
        _insist_on_draft(standard)
    form = PublishForm(obj=standard)
    if form.validate_on_submit():
        form.check(standard, what="The draft")
        actions.publish(standard, by=by)
        return _done(standard, f"{standard.title}, version {standard.number}, is published. Centres can use it now.")
    history = queries.history(standard)
    return render_template(
        "standards/publish.html",
        form=form,
        standard=standard,
        base=base,
        history=history,
        reasons=reasons_against_publishing(history.standing, by=by.account_id),
        differences=differences(lines_of(base), lines_of(standard)) if base else (),
    )


def _draft(standard_id: int, *, writing: bool = False) -> Standard:
    standard = queries.one(standard_id, writing=writing)
    _insist_on_draft(standard)
    return standard


def _insist_on_draft(standard: Standard) -> None:
    if standard.state == "published":
        raise Refused(PUBLISHED)


def _done(standard: Standard, words: str) -> Response:
    db.session.commit()
    flash(words)
    return redirect(url_for(".show", standard_id=standard.id))
