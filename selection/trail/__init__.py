"""The audit trail: the declared events, the one way to write them, and the page that shows them."""

from selection.trail.routes import bp

__all__ = ["bp"]
