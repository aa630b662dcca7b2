"""The first page, what waits for the person who signed in, gathered from every slice; and the local settings."""

from selection.home import settings
from selection.home.routes import bp

SETTINGS = settings.bp

__all__ = ["SETTINGS", "bp"]
