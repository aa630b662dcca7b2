"""The blueprint of the pages about who may act."""

from flask import Blueprint

bp = Blueprint("authorisations", __name__, url_prefix="/authorisations")
