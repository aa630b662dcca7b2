"""What goes wrong at the JSON door, as problem details (RFC 9457, `application/problem+json`)."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.rules.reasons import Reason


def problem(status: int, *, detail: str = "", reasons: Iterable[Reason] = ()) -> ResponseReturnValue:
    """Return the problem with this status; `reasons` become its `errors`, each with the field that it belongs to."""
    db.session.rollback()
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    if errors := [said(reason) | {"field": reason.field} for reason in reasons]:
        body["errors"] = errors
    response = jsonify(body)
    response.mimetype = "application/problem+json"
    return response, status


def said(reason: Reason) -> dict[str, Any]:
    """Return a reason as programs read it; `earliest` is a day as in 2027-03-31, or null."""
    earliest = reason.earliest.isoformat() if reason.earliest else None
    return {"code": reason.code, "message": reason.message, "remedy": reason.remedy, "earliest": earliest}
