"""Who may act: facts gathered in bulk, explained, authorised from certificates, and withdrawn as one plan."""

from selection.authorisation.routes import bp

__all__ = ["bp"]
