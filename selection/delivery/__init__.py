"""Delivery: which groups can run, what became of each session, and the figures that follow."""

from selection.delivery.blueprint import bp
from selection.delivery.outlook import routes as outlook
from selection.delivery.sessions import routes as sessions

__all__ = ["bp", "outlook", "sessions"]
