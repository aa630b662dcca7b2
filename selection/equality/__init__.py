"""Equality monitoring: people say of themselves what they like to, and who judges nobody sees figures of it."""

from selection.equality.routes import bp

__all__ = ["bp"]
