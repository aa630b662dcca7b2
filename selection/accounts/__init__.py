"""Logins: signing in and out, passwords, and who has which role."""

from selection.accounts.logins import routes as logins
from selection.accounts.routes import bp

__all__ = ["bp", "logins"]
