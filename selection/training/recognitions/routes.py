"""Pages of recognitions."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.recognitions import actions, queries
from selection.training.recognitions.forms import RecognitionForm
from selection.web import choices
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/recognitions/")
@requires(Permission.TRAINING_READ)
def recognitions() -> ResponseReturnValue:
    """List the recognitions within reach, apart from what was assessed here."""
    page = page_in(request.args)
    rows, pages = queries.listed(page=page, by=signed_in())
    return render_template("training/recognitions.html", recognitions=rows, pages=pages)


@bp.route("/recognitions/new", methods=["GET", "POST"])
@requires(Permission.TRAINING_CERTIFY)
def recognise() -> ResponseReturnValue:
    """Recognise a step of somebody; whoever is signed in approves it."""
    form = RecognitionForm(person=request.args.get("person", ""), first=clock.today())
    form.offer(choices.programmes())
    if form.validate_on_submit():
        try:
            person = actions.whose(form.person.data, "person", by=signed_in(), within_reach=True)
            asked = actions.whose(form.requested_by.data, "requested_by", by=signed_in(), within_reach=False)
            certificate = actions.recognise(form.plan(staff_id=person.id, requested_by_id=asked.id), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The step is recognised for {person.name}, by certificate {certificate.number}.")
            return redirect(url_for(".recognitions"))
    return render_template(
        "training/recognition_form.html", form=form, serves_months=current_app.config["RECOGNISED_PASS_MONTHS"]
    )
