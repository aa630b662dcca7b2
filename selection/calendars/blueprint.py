"""Where the pages of calendars hang."""

from flask import Blueprint

bp = Blueprint("calendars", __name__, url_prefix="/calendar")
