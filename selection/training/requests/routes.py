"""Pages of requests for recognition: asking with evidence, the list, one request, its files, and the decision."""

import logging
from io import BytesIO

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.find import meant
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.recognitions import RecognitionRequest
from selection.rules.programmes import STAGE_NAMES
from selection.rules.roles import Permission
from selection.rules.validity import Span
from selection.trail.record import record
from selection.training.blueprint import bp
from selection.training.requests import actions, evidence, queries
from selection.training.requests.forms import APPROVE, DecideForm, RequestForm
from selection.web import choices
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in

log = logging.getLogger(__name__)


@bp.get("/recognitions/requests/")
@requires(Permission.OWN_READ)
def recognition_requests() -> ResponseReturnValue:
    """List the requests that one may see, the open ones first."""
    rows, pages = queries.listed(page=page_in(request.args), by=signed_in())
    return render_template("training/requests.html", rows=rows, pages=pages, stages=STAGE_NAMES)


@bp.route("/recognitions/requests/new", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def ask_for_recognition() -> ResponseReturnValue:
    """Ask that a step of oneself, or of somebody within reach, be recognised."""
    form = RequestForm(person=request.args.get("person", "") or queries.own_number(signed_in()))
    form.offer(choices.programmes())
    if form.validate_on_submit():
        try:
            person = meant(form.person.data, queries.may_ask_for(signed_in()), field="person")
            made = actions.ask(form.wish(person.id), evidence.read(form.files.data or ()), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("The request is made. A training lead who has no part in it decides.")
            return redirect(url_for(".recognition_request", request_id=made.id))
    return render_template("training/request_form.html", form=form)


@bp.get("/recognitions/requests/<int:request_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def recognition_request(request_id: int) -> ResponseReturnValue:
    """Show a request with its evidence, and the decision or the form to take it."""
    found = queries.one(request_id, by=signed_in())
    return _page(found, DecideForm(formdata=None, version=found.version, first=clock.today()))


@bp.post("/recognitions/requests/<int:request_id>/decide")
@requires(Permission.TRAINING_CERTIFY)
def decide_request(request_id: int) -> ResponseReturnValue:
    """Approve a request, which issues the certificate, or refuse it with a reason."""
    found = queries.to_decide(request_id, by=signed_in())
    form = DecideForm()
    if form.validate_on_submit():
        form.check(found, what="The request")
        try:
            if form.outcome.data == APPROVE:
                days = form.days(Span(first=clock.today(), last=clock.today()))
                certificate = actions.approve(found, days, reason=form.reason.data, by=signed_in())
                done = f"The step is recognised for {found.staff.name}, by certificate {certificate.number}."
            else:
                actions.refuse(found, reason=form.reason.data, by=signed_in())
                done = "The request is refused, and whoever asked is told why."
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(done)
            return redirect(url_for(".recognition_request", request_id=request_id))
    return _page(found, form)


@bp.post("/recognitions/requests/<int:request_id>/take-back")
@requires(Permission.OWN_READ)
def take_back_request(request_id: int) -> ResponseReturnValue:
    """Take an open request back that one made."""
    actions.take_back(queries.one(request_id, by=signed_in()), by=signed_in())
    db.session.commit()
    flash("The request is taken back.")
    return redirect(url_for(".recognition_request", request_id=request_id))


@bp.get("/recognitions/evidence/<int:file_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def evidence_file(file_id: int) -> ResponseReturnValue:
    """Hand over a file of evidence, to be kept and not shown: only who may see the request gets it."""
    file, of = queries.file(file_id, by=signed_in())
    try:
        content = evidence.content_of(file)
    except evidence.Tampered:
        log.exception("a file of evidence was changed behind the service's back")
        abort(500)
    record("evidence.opened", by=signed_in(), subject_id=of.id, staff_id=of.staff_id, after={"sha256": file.sha256})
    db.session.commit()
    response = send_file(BytesIO(content), mimetype=file.kind, as_attachment=True, download_name=file.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _page(found: RecognitionRequest, form: DecideForm) -> ResponseReturnValue:
    who = signed_in()
    involved = who.staff_id in (found.staff_id, found.requested_by_id)
    page = render_template(
        "training/request.html",
        request_=found,
        form=form,
        stages=STAGE_NAMES,
        certificate_id=queries.certificate_of(found),
        may_decide=not involved and who.reach(Permission.TRAINING_CERTIFY).takes_in(found.staff.area_id),
        may_take_back=who.staff_id == found.requested_by_id,
        serves_months=current_app.config["RECOGNISED_PASS_MONTHS"],
    )
    record("staff.viewed", by=who, subject_id=found.staff_id, staff_id=found.staff_id)
    db.session.commit()
    return page
