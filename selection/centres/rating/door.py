"""The door for devices: the same form, changed by one operation after another instead of by its page.

It leads to the same actions as the page, behind the same gate; what comes back is for a script to tell apart: 200 is an
acknowledgement, 409 a clash with both versions, 422 an operation that will never be stored as it is.
"""

from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from selection.centres.blueprint import bp
from selection.centres.rating import actions, operations, queries
from selection.centres.rating.actions import Applied
from selection.centres.rating.operations import Operation, Unreadable
from selection.centres.rating.sheet import Sheet, labels, spoken
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.capture import Verdict
from selection.rules.roles import Permission
from selection.web.gate import open_to_all, requires, signed_in


@bp.post("/forms/<int:form_id>/operations")
@requires(Permission.CENTRES_RATE, acknowledges=True)
def operate(form_id: int) -> ResponseReturnValue:
    """Store one change of one's own form, once, and acknowledge it."""
    own = queries.own_to_write(signed_in(), form_id)
    try:
        operation = operations.of_device(own, request.get_json(silent=True))
    except Unreadable as why:
        return jsonify(code="unreadable", message=str(why)), 400
    try:
        applied = actions.apply(own, operation, by=signed_in())
    except Refused as refusal:
        db.session.rollback()
        messages = [f"{reason.message} {reason.remedy}".strip() for reason in refusal.reasons]
        return jsonify(code="closed", messages=messages, now=_now()), 409
    if applied.errors:
        return jsonify(code="refused", errors=applied.errors), 422
    if applied.verdict is Verdict.REUSED:
        message = "The id of this operation belongs to another one."
        return jsonify(code="reused", message=message, version=applied.version), 422
    if applied.theirs is not None:
        return jsonify(_clash(own, operation, applied, applied.theirs)), 409
    db.session.commit()
    return jsonify(code="stored", version=applied.version, now=_now())


def _clash(own: queries.Own, operation: Operation, applied: Applied, theirs: Sheet) -> dict[str, Any]:
    """Return both versions, field by field; nothing is merged."""
    named, stored = labels(own.exercise), theirs.fields(own.exercise)
    yours = {name: operation.payload[name] for name in named if name in operation.payload}
    return {
        "code": applied.verdict,
        "version": applied.version,
        "stored": stored,
        "labels": named,
        "differs": [
            {"name": name, "label": named[name], "stored": spoken(name, stored[name]), "yours": spoken(name, value)}
            for name, value in yours.items()
            if stored[name] != value
        ],
    }


@bp.get("/device")
@requires(Permission.OWN_READ)
def who_is_here() -> ResponseReturnValue:
    """Say who is signed in on this device, with a fresh token for what it sends and the time that it is."""
    return jsonify(account=signed_in().account_id, name=signed_in().name, csrf=generate_csrf(), now=_now())


@bp.get("/forms/<int:form_id>/state")
@requires(Permission.CENTRES_RATE)
def form_state(form_id: int) -> ResponseReturnValue:
    """Say what is stored on one's own form, as its page names the fields."""
    own = queries.own(signed_in(), form_id)
    sheet = queries.stored(own)
    return jsonify(
        version=own.version,
        fields=sheet.fields(own.exercise),
        candidate=own.candidate,
        closed=own.over or ("The form is sealed." if own.sealed_at else ""),
        now=_now(),
    )


@bp.get("/forms/worker.js")
@open_to_all
def worker() -> ResponseReturnValue:
    """Give the service worker, whose scope is what lies beside it: the forms, and nothing else of the service."""
    script = Path(current_app.static_folder or "") / "dist/worker.js"
    headers = {"Cache-Control": "no-cache"}
    return Response(script.read_bytes(), mimetype="text/javascript", headers=headers)


def _now() -> str:
    return clock.now().isoformat()
