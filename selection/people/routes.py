"""Placeholder."""

from flask import Blueprint, render_template

from selection.rules.roles import Permission
from selection.web.gate import requires

bp = Blueprint("people", __name__, url_prefix="/staff" or None)


@bp.get("/")
@requires(Permission.OWN_READ)
def register():
    return render_template("errors/error.html", status=404, title="people")


@bp.get("/me")
@requires(Permission.OWN_READ)
def own():
    return render_template("errors/error.html", status=404, title="people")
