"""The accredited programmes: their modules, routes and local settings, to read."""

from selection.programmes.routes import bp

__all__ = ["bp"]
