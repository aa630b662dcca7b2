"""Groups: planned, supervised on every day, and staffed by whoever may deliver."""

from selection.groups.assignments import routes as assignments
from selection.groups.blueprint import bp
from selection.groups.editions import routes as editions
from selection.groups.group import routes as group
from selection.groups.sessions import moves, rooms
from selection.groups.sessions import routes as sessions
from selection.groups.supervision import routes as supervision
from selection.groups.withdrawal import routes as withdrawal

__all__ = ["assignments", "bp", "editions", "group", "moves", "rooms", "sessions", "supervision", "withdrawal"]
