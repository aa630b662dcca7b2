"""The endpoints of the JSON door."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from selection.api.problems import problem, said
from selection.authorisation.explain import Explained, Proof, explain_with_evidence
from selection.authorisation.grounds import Ground
from selection.authorisation.questions.asked import FIELDS, Asked, read
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web import choices
from selection.web.gate import requires, signed_in

bp = Blueprint("api", __name__, url_prefix="/api")


@bp.errorhandler(HTTPException)
def _http(error: HTTPException) -> ResponseReturnValue:
    return problem(error.code or 500)


@bp.errorhandler(Refused)
def _refused(error: Refused) -> ResponseReturnValue:
    return problem(400, detail="The question cannot be read.", reasons=error.reasons)


@bp.get("/explain")
@requires(Permission.OWN_READ, leaves_trail=True)
def explain() -> ResponseReturnValue:
    """Answer as the page does; asked with person, programme, role, first and last (days as in 2027-03-31)."""
    given = {name: request.args.get(name, "") for name in FIELDS}
    asked = read(given, choices.programmes(), by=signed_in())
    told = explain_with_evidence(asked.person.id, asked.question)
    record("staff.viewed", by=signed_in(), subject_id=asked.person.id, staff_id=asked.person.id)
    db.session.commit()
    return jsonify(_answer(asked, told))


def _answer(asked: Asked, told: Explained) -> dict[str, Any]:
    answer, question = told.answer, told.answer.question
    practice = answer.practice
    return {
        "person": {"number": asked.person.number, "name": told.name},
        "programme": asked.programme.code,
        "role": question.role,
        "first": question.days.first.isoformat(),
        "last": question.days.last.isoformat(),
        "may": answer.is_yes,
        "reasons": [said(reason) for reason in answer.reasons],
        "earliest": answer.earliest.isoformat() if answer.earliest else None,
        "authorisations": [_proof(proof) for proof in told.proofs],
        "lapses_on": practice.days.last.isoformat() if practice else None,
        "delivered_on": told.delivered_on.isoformat() if told.delivered_on else None,
    }


def _proof(proof: Proof) -> dict[str, Any]:
    appointment = proof.appointment
    return {
        "first": proof.days.first.isoformat(),
        "last": proof.days.last.isoformat(),
        "made_by": proof.made_by,
        "certificates": [_certificate(ground) for ground in proof.grounds],
        "appointment": appointment
        and {
            "first": appointment.valid_from.isoformat(),
            "last": appointment.valid_to.isoformat(),
            "by": proof.appointed_by,
        },
    }


def _certificate(ground: Ground) -> dict[str, Any]:
    certificate = ground.certificate
    return {
        "number": certificate.number,
        "stage": certificate.stage,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_to": certificate.valid_to.isoformat(),
        "recognised": ground.recognition is not None,
        "imported_from": ground.imported and {"file": ground.imported.file, "row": ground.imported.row},
        "found_false_on": ground.found_false_on.isoformat() if ground.found_false_on else None,
        "rests_on": ground.says,
        "on": ground.on_day.isoformat(),
        "by": ground.by,
    }
