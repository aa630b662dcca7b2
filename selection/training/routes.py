"""Placeholder."""

from flask import Blueprint, render_template

from selection.rules.roles import Permission
from selection.web.gate import requires

bp = Blueprint("training", __name__, url_prefix="/training" or None)


@bp.get("/")
@requires(Permission.OWN_READ)
def index():
    return render_template("errors/error.html", status=404, title="training")
