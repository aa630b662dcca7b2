"""The bare app."""

import secrets

from flask import Flask, render_template, session
from flask.typing import ResponseReturnValue

from bench.floors import assign, matrix, record, register, score, typing
from bench.floors.store import one, read
from config import settings

app = Flask(__name__)
app.secret_key = settings().secret_key
app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}


@app.get("/enter/<email>")
def enter(email: str) -> ResponseReturnValue:
    """Sign in, for measuring."""
    with read() as connection:
        session["csrf_token"] = secrets.token_hex(45)
        session["user"] = one(
            connection, "SELECT session_key FROM account WHERE email = :email", email=email
        ).session_key
    return "in"


@app.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The page of signing in."""
    token = session.get("csrf_token")
    if token is None:
        token = session["csrf_token"] = secrets.token_hex(20)
    return render_template("sign_in.html", token=token, nonce=secrets.token_urlsafe(16))


for part in (register, record, score, assign, matrix, typing):
    app.register_blueprint(part.bp)
