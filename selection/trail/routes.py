"""The pages of the whole trail and of its seals, for auditors."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.rules.roles import Permission
from selection.trail import queries, seals
from selection.trail.events import EVENTS
from selection.trail.forms import CheckForm
from selection.trail.record import record
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in

SHOWN = 25
"""Seals that the page lists: a day's, the newest first."""

bp = Blueprint("trail", __name__, url_prefix="/trail")


@bp.get("/")
@requires(Permission.TRAIL_READ)
def index() -> ResponseReturnValue:
    """Show the trail, newest first, searched by person, event and days."""
    event = request.args.get("event", "")
    asked = {
        "words": request.args.get("words", "").strip(),
        "event": event if event in EVENTS else "",
        "first": request.args.get("first", type=date.fromisoformat),
        "last": request.args.get("last", type=date.fromisoformat),
    }
    entries, names, pages = queries.search(**asked, page=page_in(request.args))  # type: ignore[arg-type]
    return render_template("trail/index.html", entries=entries, names=names, pages=pages, asked=asked, events=EVENTS)


@bp.get("/seals")
@requires(Permission.TRAIL_READ)
def sealed() -> ResponseReturnValue:
    """Show the newest seals, each with the fingerprint that can be noted elsewhere."""
    return render_template("trail/seals.html", seals=seals.newest_first(SHOWN), form=CheckForm(), done=None)


@bp.post("/seals")
@requires(Permission.TRAIL_READ)
def check() -> ResponseReturnValue:
    """Seal what is new, compare the whole trail with its seals, and show what came of it."""
    form, done = CheckForm(), None
    if form.validate():
        seals.seal()
        done = seals.check(expected=form.expected.data or "")
        told = {"entries": done.entries, "seals": done.seals, "faults": list(done.faults)}
        record("trail.checked", by=signed_in(), subject_id=None, after=told)
        db.session.commit()
    return render_template("trail/seals.html", seals=seals.newest_first(SHOWN), form=form, done=done)
