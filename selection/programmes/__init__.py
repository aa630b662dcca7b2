"""The accredited programmes and their editions: modules, routes and local settings, read and published."""

from selection.programmes.routes import bp

__all__ = ["bp"]
