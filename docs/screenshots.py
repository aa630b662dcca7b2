"""Takes the pictures of the README again: `make docs`. A demo of its own is made, served, looked at and thrown away."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import create_engine, text

from selection.core import clock
from tests.journeys import chromium
from tests.journeys.serving import serving

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PASSWORD = "a password for pictures"

WASH_UP = (
    "SELECT c.id FROM centre c JOIN candidacy d ON d.centre_id = c.id JOIN sitting s ON s.candidacy_id = d.id"
    " JOIN exercise_outcome o ON o.sitting_id = s.id WHERE c.closed_at IS NULL GROUP BY c.id ORDER BY count(*) DESC"
)
WASH_UP_ANY = "SELECT id FROM centre WHERE closed_at IS NOT NULL ORDER BY held_on DESC"
GROUP = "SELECT id FROM delivery_group WHERE state = 'open' AND ends_on > :today ORDER BY starts_on DESC"


def main() -> None:
    """Make the demo, and take each picture as the role whose page it is."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pictures.sqlite"
        _flask(url, folder, "database", "upgrade")
        _flask(url, folder, "seed", "demo")
        with serving(url, Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            _sign_in(page, address, "programme.manager@demo.example")
            page.goto(f"{address}/groups/{_first(url, GROUP)}/assign")
            page.get_by_label("Name or number").fill("bea")
            page.get_by_role("button", name="Show").click()
            _picture(page, page.url, "assign.png")
            page.context.clear_cookies()
            _sign_in(page, address, "coordinator@demo.example")
            _picture(page, f"{address}/centres/{_first(url, WASH_UP, WASH_UP_ANY)}/wash-up", "wash-up.png")
            browser.close()


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
