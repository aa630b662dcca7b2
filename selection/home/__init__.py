"""Placeholder."""

from selection.home.routes import bp

__all__ = ["bp"]
