"""Short ways about the pages of centres."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from selection.models.notices import Notice
from selection.models.scoring import RatingForm
from selection.rules.standards import ExerciseKind
from tests.factories.centres import Prepared
from tests.forms import Value
from tests.pages import Browserlike, Page
from tests.store import Store

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


def send(browser: Browserlike, url: str, data: dict[str, Any] | None = None, *, expect: int = 200) -> Page:
    """Send to an address with a token of one's own but without its form, as somebody would who made one up."""
    return browser.post(url, with_token(browser, data), expect=expect)


def with_token(browser: Browserlike, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what is sent, with a token of whoever is signed in at the browser."""
    token = browser.get("/").soup.select_one('input[name="csrf_token"]')
    assert token
    return {"csrf_token": token["value"], **(data or {})}


def at(there: Prepared, kind: str, more: str = "") -> str:
    """Return the address of one exercise at the wash-up, or of something under it."""
    return f"/centres/{there.centre.id}/wash-up/{there.sitting(kind).id}{more}"  # type: ignore[arg-type]


def letters(store: Store, to: int | None) -> list[str]:
    """Return the subjects of the letters to somebody, in their order."""
    return list(store.all(select(Notice.subject).where(Notice.staff_id == to).order_by(Notice.id)))


def decision(there: Prepared) -> str:
    """Return the address of the decision on the candidate."""
    return f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/decision"


def form(form: RatingForm) -> str:
    """Return the address of a rating form."""
    return f"/centres/forms/{form.id}"


def said(response: TestResponse) -> str:
    """Return all words of an answer: a page as it came, a document as a reader finds it."""
    if response.mimetype != "application/pdf":
        return response.get_data(as_text=True)
    found = "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages)
    return " ".join(found.split())


def pages(app: Flask, there: Prepared, method: str = "GET") -> Iterator[str]:
    """Yield every address that is read (or sent to), with the ids of this centre, its role play and the first form."""
    sitting = there.sitting(ExerciseKind.ROLE_PLAY)
    ids = {
        "centre_id": there.centre.id,
        "sitting_id": sitting.id,
        "candidacy_id": there.candidacy.id,
        "staff_id": there.candidacy.staff_id,
        "form_id": there.forms[ExerciseKind.ROLE_PLAY][0].id,
        "competency_id": sitting.exercise.competencies[0].id,
        "standard_id": there.centre.standard_id,
        "filename": "dist/app.css",
    }
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()) and rule.endpoint != "static":
                yield rule.build({name: ids.get(name, 1) for name in rule.arguments}, append_unknown=False)[1]  # type: ignore[index]
