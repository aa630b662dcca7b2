"""Looks at a page in the browser for what stands in people's way, with axe-core from package.json."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"

GRAVE = {"serious", "critical"}

NARROW = 320
"""Width in CSS pixels at which a page must still be read without scrolling sideways (WCAG 2.2, 1.4.10)."""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Return every serious or critical finding of axe, each in one line.

    Scripts evaluated by the driver are not subject to the page's content policy, so the policy stays in force.
    """
    page.evaluate(_source())
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['html'][:200]}"
        for found in result["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways at 320 pixels, if anything does."""
    usual = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 640})
    wide: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth
          if (document.documentElement.scrollWidth <= width) return []
          const wide = [...document.body.querySelectorAll('*')].filter(
            (element) => element.getBoundingClientRect().right > width + 1)
          return wide.slice(0, 5).map((element) => `${element.outerHTML.slice(0, 120)} is too wide at ${width} px`)
        }"""
    )
    if usual:
        page.set_viewport_size(usual)
    return wide
