"""Fixtures for journeys: the real service on a fresh database, and people at real browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import chromium
from tests.journeys.visitor import Visitor
from tests.service import serving
from tests.store import Store


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Journeys go through SQLite; what differs between the databases is tested in the slices."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the journeys of one file."""
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def furnished(store: Store) -> None:
    """What the database holds before the service starts: nothing; a file of journeys puts its own in its place."""


@pytest.fixture
def address(furnished: None, database: str, tmp_path: Path) -> Iterator[str]:
    """Where the service is, served by gunicorn on this test's database."""
    with serving(database, tmp_path) as address:
        yield address


@pytest.fixture
def visitors(browser: Browser, address: str) -> Iterator[Callable[[], Visitor]]:
    """Makes people at browsers of their own; their pages are looked at, and they leave at the end."""
    here: list[Visitor] = []

    def arrive() -> Visitor:
        here.append(Visitor(browser, address))
        return here[-1]

    yield arrive
    for visitor in here:
        visitor.leave()


@pytest.fixture
def visitor(visitors: Callable[[], Visitor]) -> Visitor:
    """A person at a browser."""
    return visitors()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """The visitor's page as Playwright knows it; after a step that it makes to another page, call `visitor.look()`."""
    return visitor.page
