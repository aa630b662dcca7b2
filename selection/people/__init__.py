"""Placeholder."""

from selection.people.routes import bp

__all__ = ["bp"]
