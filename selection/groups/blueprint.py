"""Where the pages of groups hang."""

from flask import Blueprint

bp = Blueprint("groups", __name__, url_prefix="/groups")
