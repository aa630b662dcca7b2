"""Placeholder."""

from selection.centres.routes import bp

__all__ = ["bp"]
