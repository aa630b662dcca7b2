"""Pages for what goes wrong; each says what to do next."""

import logging
from collections.abc import Iterator

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, NotHere, Refused

log = logging.getLogger(__name__)

TITLES = {
    400: "That request could not be read",
    403: "You may not do this",
    404: "There is nothing here for you",
    405: "That cannot be done this way",
    413: "That file is too large",
    429: "Too many tries",
    500: "Something went wrong on our side",
    503: "The service is busy",
}


def init_app(app: Flask) -> None:
    """Register a page for every error that a person can meet."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(NotHere, _not_here)
    app.register_error_handler(ChangedMeanwhile, _changed)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _unforeseen)


def _page(status: int, **given: object) -> ResponseReturnValue:
    db.session.rollback()
    title = TITLES.get(status, "That did not work")
    return render_template("errors/error.html", status=status, title=title, **given), status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error
    return _page(error.code or 500)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/expired.html", written=list(_written())), 400


def _written() -> Iterator[str]:
    """Yield the sentences that a page of ours had in its fields: they are nowhere else if the browser forgot them."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        for name, value in request.form.items(multi=True):
            if " " in value.strip() and "password" not in name:
                yield value


def _not_here(_error: NotHere) -> ResponseReturnValue:
    return _page(404)


def _changed(error: ChangedMeanwhile) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/changed.html", clash=error), 409


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/changed.html", clash=None), 409


def _refused(error: Refused) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/refused.html", reasons=error.reasons), 409


def _integrity(error: IntegrityError) -> ResponseReturnValue:
    log.warning("the database refused a change: %s", error.orig)
    db.session.rollback()
    return render_template("errors/refused.html", reasons=()), 409


def _busy(error: OperationalError) -> ResponseReturnValue:
    log.exception("the database did not answer", exc_info=error)
    return _page(503)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    log.exception("unforeseen", exc_info=error)
    return _page(500)
