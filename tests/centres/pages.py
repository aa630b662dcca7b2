"""Short ways to fill in the pages of centres."""

from collections.abc import Sequence

from tests.forms import Value
from tests.pages import Page

EVIDENCE = "Said: tell me how that was for you."


def filled(
    page: Page, points: Sequence[int | None], *, judgement: str = "competent", evidence: str = EVIDENCE
) -> dict[str, Value]:
    """Return what to put into a rating form: points (None is no opportunity) for as many competencies as are given."""
    names = dict.fromkeys(str(field["name"]) for field in page.soup.select('input[name^="rating-"]'))
    values: dict[str, Value] = {"judgement": judgement}
    for name, given in zip(names, points, strict=False):
        competency = name.removeprefix("rating-")
        values[name] = "none" if given is None else given
        values[f"evidence-{competency}"] = "" if given is None else evidence
        if given is None:
            values[f"why-{competency}"] = "It broke off."
    return values
