"""Takes the pictures of the docs again: `make docs`. A demo of its own is made, served, looked at and thrown away."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import create_engine, text

from selection.core import clock
from tests.journeys import chromium
from tests.service import serving

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PASSWORD = "a password for pictures"

WASH_UP = (
    "SELECT c.id FROM centre c JOIN candidacy d ON d.centre_id = c.id JOIN sitting s ON s.candidacy_id = d.id"
    " JOIN exercise_outcome o ON o.sitting_id = s.id WHERE c.closed_at IS NULL GROUP BY c.id ORDER BY count(*) DESC"
)
WASH_UP_ANY = "SELECT id FROM centre WHERE closed_at IS NOT NULL ORDER BY held_on DESC"
GROUP = "SELECT id FROM delivery_group WHERE state = 'open' AND ends_on > :today ORDER BY starts_on DESC"

FORM = (
    "SELECT f.id FROM rating_form f JOIN account a ON a.staff_id = f.assessor_id JOIN sitting s ON s.id = f.sitting_id"
    " JOIN candidacy d ON d.id = s.candidacy_id JOIN centre c ON c.id = d.centre_id"
    " LEFT JOIN decision x ON x.candidacy_id = d.id WHERE a.email = 'assessor@demo.example' AND f.sealed_at IS NULL"
    " AND c.closed_at IS NULL AND x.id IS NULL AND s.void_reason = '' ORDER BY f.id"
)
TABLET = {"tablet-wide": (1280, 800), "tablet-tall": (800, 1280)}
"""A 10-inch tablet, held both ways."""


def main() -> None:
    """Make the demo, and take each picture as the role whose page it is."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pictures.sqlite"
        _flask(url, folder, "database", "upgrade")
        _flask(url, folder, "seed", "demo")
        with serving(url, Path(folder)) as address, sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            _sign_in(page, address, "programme.manager@demo.example")
            page.goto(f"{address}/groups/{_first(url, GROUP)}/assign")
            page.get_by_label("Name or number").fill("bea")
            page.get_by_role("button", name="Show").click()
            _picture(page, page.url, "assign.png")
            page.context.clear_cookies()
            _sign_in(page, address, "coordinator@demo.example")
            _picture(page, f"{address}/centres/{_first(url, WASH_UP, WASH_UP_ANY)}/wash-up", "wash-up.png")
            _on_a_tablet(browser, address, _first(url, FORM))
            browser.close()


def _on_a_tablet(browser: Browser, address: str, form_id: int) -> None:
    """Take the rating form as an assessor has it in the room, in both ways of holding it, and without a connection."""
    page = browser.new_page(has_touch=True)
    _sign_in(page, address, "assessor@demo.example")
    page.goto(f"{address}/centres/forms/{form_id}")
    page.wait_for_selector("html[data-capture=ready]", state="attached")
    page.get_by_role("button", name="Start the").click()
    note = page.locator('[name^="note-"]').first
    for words in ("Asked “how was that for you?” and waited.", "Named the feeling before going on."):
        note.fill(words)
        note.press("Enter")
    page.locator('[name^="mark-"][value="seen"]').first.check()
    page.locator('[name^="rating-"][value="4"]').first.check()
    page.locator('[data-capture-status][data-state="stored"]').wait_for()
    for name, (width, height) in TABLET.items():
        page.set_viewport_size({"width": width, "height": height})
        note.evaluate("note => scrollTo(0, note.closest('section').getBoundingClientRect().top + scrollY - 90)")
        page.screenshot(path=IMAGES / f"{name}.png")
    page.context.set_offline(True)
    note.fill("Went on after the interruption.")
    note.press("Enter")
    page.locator('[data-capture-status][data-state="offline"]').wait_for()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.screenshot(path=IMAGES / "tablet-offline.png")


def _flask(url: str, folder: str, *words: str) -> None:
    environment = {
        **os.environ, "DATABASE_URL": url, "SELECTION_INSTANCE": folder, "SELECTION_DEMO_PASSWORD": PASSWORD,
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=environment, check=True)


def _first(url: str, *queries: str) -> int:
    """Return the first id that one of the queries finds."""
    engine = create_engine(url)
    with engine.connect() as connection:
        for query in queries:
            found = connection.execute(text(query), {"today": clock.today().isoformat()}).scalars().first()
            if found is not None:
                return int(found)
    raise LookupError("the demo has nothing to take a picture of")


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


def _picture(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.screenshot(path=IMAGES / name)


if __name__ == "__main__":
    main()
