"""Pages of the selection standards."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from selection.prescribed.facts import facts_of
from selection.rules.roles import Permission
from selection.standards import queries
from selection.web.gate import requires

bp = Blueprint("standards", __name__, url_prefix="/standards")


@bp.get("/")
@requires(Permission.STANDARDS_READ)
def index() -> ResponseReturnValue:
    """List every version of every standard."""
    return render_template("standards/index.html", standards=queries.every())


@bp.get("/<int:standard_id>")
@requires(Permission.STANDARDS_READ)
def show(standard_id: int) -> ResponseReturnValue:
    """Show one version whole: exercises, competencies, indicators, scale and pass rule."""
    standard = queries.one(standard_id)
    return render_template("standards/show.html", standard=standard, facts=facts_of(standard))
