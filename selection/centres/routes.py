"""Placeholder."""

from flask import Blueprint, render_template

from selection.rules.roles import Permission
from selection.web.gate import requires

bp = Blueprint("centres", __name__, url_prefix="/centres" or None)


@bp.get("/")
@requires(Permission.OWN_READ)
def index():
    return render_template("errors/error.html", status=404, title="centres")


@bp.get("/mine")
@requires(Permission.OWN_READ)
def my_ratings():
    return render_template("errors/error.html", status=404, title="centres")
