"""Looks at a page in the browser for what stands in people's way, with axe-core from package.json."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.html import shape, unless_good

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"

GRAVE = ["serious", "critical"]

NARROW = 320
"""Width in CSS pixels at which a page must still be read without scrolling sideways (WCAG 2.2, 1.4.10)."""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Return every serious or critical finding of axe, each in one line.

    Scripts evaluated by the driver are not subject to the page's content policy, so the policy stays in force.
    A page of a shape that was found good at this width is not looked at again.
    """
    return unless_good(("axe", shape(page.content()), page.evaluate("innerWidth")), lambda: _axe(page))


def _axe(page: Page) -> list[str]:
    page.evaluate(_source())
    found: list[str] = page.evaluate(
        """async (grave) => {
          const { violations } = await axe.run(document, {resultTypes: ['violations']})
          return violations.filter((each) => grave.includes(each.impact)).flatMap((each) => each.nodes.map(
            (node) => `${each.id} (${each.impact}): ${each.help}: ${node.html.slice(0, 200)}`))
        }""",
        GRAVE,
    )
    return found


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
