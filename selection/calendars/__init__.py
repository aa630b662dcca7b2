"""Calendars: a feed of one's own appointments, or of a group's sessions, behind a secret link."""

from selection.calendars import routes
from selection.calendars.blueprint import bp

__all__ = ["bp", "routes"]
