"""Placeholder."""

from selection.standards.routes import bp

__all__ = ["bp"]
