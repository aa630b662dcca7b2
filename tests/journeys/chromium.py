"""Finds a Chromium for the journeys, or installs one where that is possible.

`python tests/journeys/chromium.py` prints where it is, or says in one sentence how to get one and exits 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

HOW = "The journeys need Chromium: install the package `chromium` (or Google Chrome) so that it is on PATH."

# No screen, no sandbox of its own (it may run as root in a container), and no calls to its maker.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path | None:
    """Return the browser's path, or None: one on PATH first, then the one that Playwright keeps."""
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    return _playwrights_own()


def launch(playwright: "Playwright") -> "Browser":
    """Return a browser that runs; it fails with one sentence where there is none."""
    path = find()
    assert path, HOW
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def install() -> None:
    """Try the ways of installing it that need nobody's hand; each may fail."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        package = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-liberation"]
        if _succeeds(package, env=quiet):
            return
        _succeeds(["apt-get", "update", "-q"], env=quiet)
        if _succeeds(package, env=quiet):
            return
    _succeeds([sys.executable, "-m", "playwright", "install", "chromium"])


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to load, and seldom asked

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _succeeds(command: list[str], env: dict[str, str] | None = None) -> bool:
    """Run the command; what it says is shown only if it fails."""
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{' '.join(command[:3])} …: {(done.stderr or done.stdout).strip()[-500:]}", file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    """Find it, else install it and find it."""
    if find() is None:
        print("Installing Chromium…")
        install()
    path = find()
    print(path or HOW, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
