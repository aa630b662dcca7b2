"""The first page: what waits for the person who signed in, gathered from every slice."""

from selection.home.routes import bp

__all__ = ["bp"]
