"""The page of the whole trail, for auditors."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from selection.rules.roles import Permission
from selection.trail import queries
from selection.trail.events import EVENTS
from selection.web.gate import requires

bp = Blueprint("trail", __name__, url_prefix="/trail")


@bp.get("/")
@requires(Permission.TRAIL_READ)
def index() -> ResponseReturnValue:
    """Show the trail, newest first, searched by person, event and days."""
    asked = {
        "words": request.args.get("words", "").strip(),
        "event": request.args.get("event", ""),
        "first": request.args.get("first", type=date.fromisoformat),
        "last": request.args.get("last", type=date.fromisoformat),
    }
    page = max(1, request.args.get("page", 1, type=int))
    entries, pages = queries.search(**asked, page=page)  # type: ignore[arg-type]
    names = queries.names_of(entries)
    return render_template("trail/index.html", entries=entries, names=names, pages=pages, asked=asked, events=EVENTS)
