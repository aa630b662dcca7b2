"""The versions of the selection standard: to read, and to publish."""

from selection.standards.routes import bp

__all__ = ["bp"]
