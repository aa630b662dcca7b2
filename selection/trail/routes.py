"""The page of the whole trail, for auditors."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from selection.rules.roles import Permission
from selection.trail import queries
from selection.trail.events import EVENTS
from selection.web.asked import page_in
from selection.web.gate import requires

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
