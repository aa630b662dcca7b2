"""Pages of the programmes."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from selection.programmes import queries
from selection.rules.roles import Permission
from selection.web.gate import requires

bp = Blueprint("programmes", __name__, url_prefix="/programmes")


@bp.get("/")
@requires(Permission.PROGRAMMES_READ)
def index() -> ResponseReturnValue:
    """List the programmes."""
    return render_template("programmes/index.html", programmes=queries.every())


@bp.get("/<int:programme_id>")
@requires(Permission.PROGRAMMES_READ)
def show(programme_id: int) -> ResponseReturnValue:
    """Show a programme: its modules, its routes and how its groups are staffed."""
    return render_template("programmes/show.html", shown=queries.one(programme_id))
