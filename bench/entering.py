"""Signing in: through the page of the service, and by the floor's own door."""

from bench.browser import Browser, Request
from bench.serving import PASSWORD


def enter_ours(browser: Browser, email: str | None, *, form_at: str = "/password", password: str = PASSWORD) -> None:
    """Sign in as a person does, and open a page with a form, for its token."""
    if email is None:
        return
    browser.get("/sign-in")
    browser.ask(Request(path="/sign-in", data={"email": email, "password": password}), expect=302, keep=True)
    browser.get(form_at)


def enter_floor(browser: Browser, email: str | None) -> None:
    """Sign in without a password."""
    if email is not None:
        browser.get(f"/enter/{email}")
