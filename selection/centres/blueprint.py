"""The pages of assessment centres hang on this; each topic adds its own."""

from flask import Blueprint

bp = Blueprint("centres", __name__, url_prefix="/centres")
