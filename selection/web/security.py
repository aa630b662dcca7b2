"""Headers that keep a page to itself: a content policy with a nonce, no framing, no guessing, no store."""

import secrets

from flask import Flask, Response, abort, g, request


def nonce() -> str:
    """Return the word that this response's own scripts carry; made once a request."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def init_app(app: Flask) -> None:
    """Put the headers on every response, and the nonce at the templates' hand."""
    app.jinja_env.globals["nonce"] = nonce
    app.before_request(_refuse_what_no_keyboard_types)
    app.after_request(_headers)


def _refuse_what_no_keyboard_types() -> None:
    """Answer 400 to a NUL in an address or a field: PostgreSQL keeps none, and no person can type one."""
    fields = (value for values in request.form.listvalues() for value in values)
    if b"%00" in request.query_string or any("\0" in value for value in fields):
        abort(400)


def _headers(response: Response) -> Response:
    policy = (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce()}'; style-src 'self'; img-src 'self' data:;"
        " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    elif "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
