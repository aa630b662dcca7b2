"""Placeholder."""

from selection.programmes.routes import bp

__all__ = ["bp"]
