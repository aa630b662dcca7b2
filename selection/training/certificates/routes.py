"""Pages of a certificate: to look at, to print, to take away as a document or a badge, and to check by anybody."""

from urllib.parse import urlencode

from flask import Response, abort, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.grounds import Ground
from selection.core import clock, documents
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.certificates import CertificateState
from selection.rules.programmes import STAGE_NAMES
from selection.rules.reasons import Reason
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.training.blueprint import bp
from selection.training.certificates import badges, checks, queries
from selection.training.certificates.document import content
from selection.web.gate import open_to_all, requires, signed_in

WITHDRAWN = Reason(
    code="certificate.withdrawn",
    message="This certificate was withdrawn, so that no badge of it is made.",
    remedy="The document says that it was withdrawn.",
)


@bp.get("/certificates/<int:certificate_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def certificate(certificate_id: int) -> ResponseReturnValue:
    """Show a certificate: one's own, or one of a person within reach."""
    shown = queries.one(certificate_id, by=signed_in())
    page = render_template(
        "training/certificate.html",
        shown=shown,
        certificate=shown.certificate,
        extensions=queries.extensions_of(certificate_id),
        stages=STAGE_NAMES,
        own=shown.certificate.staff_id == signed_in().staff_id,
        today=clock.today(),
        check=_check(shown),
    )
    return _looked_at(shown, page)


@bp.get("/certificates/<int:certificate_id>/document")
@requires(Permission.OWN_READ, leaves_trail=True)
def certificate_document(certificate_id: int) -> ResponseReturnValue:
    """Hand over the certificate as a PDF that can be read aloud."""
    shown = queries.one(certificate_id, by=signed_in())
    pdf = documents.pdf("certificate", content(shown, check=_check(shown)), service=current_app.config["SERVICE_NAME"])
    return _looked_at(shown, _attached(pdf, "application/pdf", f"certificate-{shown.certificate.number}.pdf"))


@bp.get("/certificates/<int:certificate_id>/badge")
@requires(Permission.OWN_READ, leaves_trail=True)
def certificate_badge(certificate_id: int) -> ResponseReturnValue:
    """Hand over the certificate as a signed Open Badge 3.0; one that was withdrawn is refused."""
    shown = queries.one(certificate_id, by=signed_in())
    if shown.certificate.withdrawn_on is not None:
        raise Refused(WITHDRAWN)
    badge = badges.signed(badges.credential(shown, _issuer(), check=_check(shown)), _issuer())
    return _looked_at(shown, _attached(badge, "application/vc+jwt", f"badge-{shown.certificate.number}.jwt"))


@bp.get("/certificates/check")
@open_to_all
def check_certificate() -> ResponseReturnValue:
    """Say to anybody whether a certificate number is valid, expired or withdrawn, and nothing else."""
    number = request.args.get("number", "").strip()
    if not number:
        return render_template("training/check.html", number="", state=None, states=STATES)
    asked = checks.count(request.remote_addr or "", secret=current_app.config["SECRET_KEY"])
    state = checks.state_of(number)
    db.session.commit()
    if asked > current_app.config["CHECKS_PER_HOUR"]:
        abort(429)
    return render_template("training/check.html", number=number[: checks.LONGEST], state=state, states=STATES)


@bp.get("/badges/issuer")
@open_to_all
def badge_issuer() -> ResponseReturnValue:
    """Tell anybody who issues badges here."""
    return jsonify(badges.profile(_issuer()))


@bp.get("/badges/keys")
@open_to_all
def badge_keys() -> ResponseReturnValue:
    """Give anybody the public key under which badges can be verified."""
    return jsonify({"keys": [badges.public_key(_issuer())]})


STATES = {
    CertificateState.VALID: ("Valid", "good", "A certificate with this number is valid today."),
    CertificateState.NOT_YET: ("Not yet valid", "soon", "A certificate with this number is issued, and not valid yet."),
    CertificateState.EXPIRED: ("Expired", "past", "A certificate with this number has expired."),
    CertificateState.WITHDRAWN: ("Withdrawn", "stop", "A certificate with this number was withdrawn."),
    CertificateState.UNKNOWN: ("Unknown", "stop", "There is no certificate with this number."),
}


def _attached(body: str | bytes, kind: str, name: str) -> Response:
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _looked_at(shown: Ground, response: ResponseReturnValue) -> ResponseReturnValue:
    staff_id = shown.certificate.staff_id
    record("staff.viewed", by=signed_in(), subject_id=staff_id, staff_id=staff_id)
    db.session.commit()
    return response


def _address(endpoint: str) -> str:
    """Return an address by which the world reaches a page: under the service's own, or the one that was asked."""
    public = current_app.config["PUBLIC_ADDRESS"]
    return f"{public}{url_for(endpoint)}" if public else url_for(endpoint, _external=True)


def _check(shown: Ground) -> str:
    return f"{_address('training.check_certificate')}?{urlencode({'number': shown.certificate.number})}"


def _issuer() -> badges.Issuer:
    config = current_app.config
    return badges.Issuer(
        name=config["SERVICE_NAME"], address=_address("training.badge_issuer"), key=config["BADGE_KEY"]
    )
