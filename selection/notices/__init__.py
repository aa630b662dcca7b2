"""Letters to people: queued with the deed that they tell of, delivered afterwards, and the outbox's page."""

from selection.notices.routes import bp

__all__ = ["bp"]
