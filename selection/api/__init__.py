"""The JSON door: the same answers as the pages give, for programs that come with a person's sign-in."""

from selection.api.routes import bp

__all__ = ["bp"]
