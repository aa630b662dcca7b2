"""Placeholder."""

from selection.groups.routes import bp

__all__ = ["bp"]
