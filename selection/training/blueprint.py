"""The blueprint that the pages of every topic of training hang on."""

from flask import Blueprint

bp = Blueprint("training", __name__, url_prefix="/training")
