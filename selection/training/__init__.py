"""Placeholder."""

from selection.training.routes import bp

__all__ = ["bp"]
