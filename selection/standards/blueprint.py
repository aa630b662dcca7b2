"""The blueprint of the standards, on its own so that each topic can hang its pages on it."""

from flask import Blueprint

bp = Blueprint("standards", __name__, url_prefix="/standards")
