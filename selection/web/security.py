"""Headers that keep a page to itself: a content policy with a nonce, no framing, no guessing, no store."""

import secrets
from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items


def nonce() -> str:
    """Return the word that this response's own scripts carry; made once a request."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


class _Typed(ImmutableMultiDict[str, Any]):
    """What was sent, without the NULs that no keyboard types and that PostgreSQL does not keep."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = iter_multi_items(mapping or ())
        super().__init__([(key, value.replace("\0", "") if isinstance(value, str) else value) for key, value in pairs])


class TypedRequest(Request):
    """A request whose fields and search words hold only what a person can have typed."""

    parameter_storage_class = _Typed


class Sessions(SecureCookieSessionInterface):
    """Flask's signed sessions; the signer is made once, which takes longer than to sign."""

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the sessions with the key of the app."""
        if self.signer is None:
            self.signer = super().get_signing_serializer(app)
        return self.signer


def init_app(app: Flask) -> None:
    """Put the headers on every response, and the nonce at the templates' hand; take NULs out of what is sent."""
    app.request_class = TypedRequest
    app.session_interface = Sessions()
    app.jinja_env.globals["nonce"] = nonce
    app.after_request(_headers)


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
