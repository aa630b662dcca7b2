"""The test client: it goes from page to page as a browser does, and looks at every page that it gets."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from selection.models.people import Account
from tests.forms import Form, Value
from tests.html import faults

MOST_REDIRECTS = 5


class Page:
    """What came back, and what is on it."""

    def __init__(self, response: TestResponse, url: str) -> None:
        self.response = response
        self.url = url

    @property
    def status(self) -> int:
        """The status."""
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where we are, without what was asked."""
        return urlsplit(self.url).path

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return self.response.json

    @cached_property
    def text(self) -> str:
        """The body as it came."""
        return self.response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page, to search with CSS selectors."""
        return BeautifulSoup(self.text, "html.parser")

    @property
    def title(self) -> str:
        """The title of the window."""
        return self.words("title")

    @property
    def heading(self) -> str:
        """The one first-level heading."""
        return self.words("h1")

    @property
    def main(self) -> str:
        """The words of the page proper, as one line."""
        return self.words("main")

    @property
    def banner(self) -> str:
        """The words of the messages on top, such as what was just done; empty if there is none."""
        return " ".join(
            _line(tag) for tag in self.soup.select(".govuk-notification-banner__content, .moj-alert__content")
        )

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary; each must lead to a field."""
        links = self.soup.select(".govuk-error-summary__list li")
        return [_line(link) for link in links]

    @property
    def links(self) -> dict[str, str]:
        """The links of the page proper, address by words."""
        return {_line(link): str(link["href"]) for link in self.soup.select("main a[href]")}

    def words(self, selector: str) -> str:
        """Return the words of the first element that matches, as one line; empty if there is none."""
        tag = self.soup.select_one(selector)
        return _line(tag) if tag else ""

    def all(self, selector: str) -> list[str]:
        """Return the words of every element that matches."""
        return [_line(tag) for tag in self.soup.select(selector)]

    def table(self, selector: str = "main table") -> list[dict[str, str]]:
        """Return the rows of a table, words of each cell by the words of its column."""
        table = self.soup.select_one(selector)
        assert table, f"no table {selector!r} on the page {self.title!r}"
        columns = [_line(cell) for cell in table.select("thead tr:last-child th, thead tr:last-child td")]
        rows = [[_line(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
        return [dict(zip(columns, row, strict=False)) for row in rows]

    def form(self, selector: str | None = None, *, button: str | None = None) -> Form:
        """Return the form that matches, or that has the button, or the only one of the page proper."""
        forms = [tag for tag in self.soup.select(selector or "main form") if tag.name == "form"]
        if button is not None:
            forms = [form for form in forms if any(button in _line(each) for each in form.select("button"))]
        assert len(forms) == 1, f"{len(forms)} forms match on the page {self.title!r}; say which one"
        return Form(forms[0])


class Browserlike:
    """Goes through the service as one person in one browser: cookies stay, redirects are followed, CSRF is on."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()
        self.page: Page | None = None

    def get(self, url: str, *, expect: int = 200, **asked: Any) -> Page:
        """Open an address; `asked` goes into the query."""
        return self._open(url, expect=expect, method="GET", query_string=asked or None)

    def post(self, url: str, data: Mapping[str, Any] | None = None, *, expect: int = 200, **more: Any) -> Page:
        """Send to an address what no form on a page would send; without a token, CSRF stops it."""
        return self._open(url, expect=expect, method="POST", data=data, **more)

    def follow(self, words: str, *, expect: int = 200) -> Page:
        """Follow the link with these words on the present page."""
        links = [link for link in self._here().soup.select("a[href]") if _line(link) == words]
        assert links, f"no link {words!r} on the page {self._here().title!r}, only {list(self._here().links)}"
        return self.get(urljoin(self._here().url, str(links[0]["href"])), expect=expect)

    def fill(
        self,
        values: Mapping[str, Value] | None = None,
        *,
        form: str | None = None,
        button: str | None = None,
        page: Page | None = None,
        expect: int = 200,
    ) -> Page:
        """Fill in the form of the present page (or of an older one) and press its button."""
        page = page or self._here()
        filled = page.form(form, button=button)
        filled.fill(values or {})
        pressed = filled.press(button)
        target = (pressed.get("formaction") if pressed else None) or filled.tag.get("action") or page.url
        url = urljoin(page.url, str(target))
        if str(filled.tag.get("method") or "get").lower() == "get":
            return self.get(urlsplit(url).path, expect=expect, **filled.sent())
        return self.post(url, filled.sent(), expect=expect)

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in by the page that is shown to who is not signed in."""
        self.get("/")
        return self.fill({"email": email, "password": password})

    def sign_in_as(self, account: Account) -> "Browserlike":
        """Be signed in already, without the time that a password takes; return the browser itself."""
        with self.http.session_transaction() as session:
            session.update({"_user_id": account.session_key, "_fresh": True})
        return self

    def _here(self) -> Page:
        assert self.page is not None, "open a page first"
        return self.page

    def _open(self, url: str, *, expect: int, **request: Any) -> Page:
        response = self.http.open(url, **request)
        for _ in range(MOST_REDIRECTS):
            if response.status_code not in {301, 302, 303, 307, 308} or 300 <= expect < 400:
                break
            url = urljoin(url, response.location)
            response = self.http.get(url)
        page = Page(response, url)
        assert page.status == expect, f"{url} answered {page.status}, not {expect}: {page.title} {page.main[:500]}"
        if response.mimetype == "text/html" and page.text:
            wrong = faults(page.text)
            assert not wrong, f"{url} ({page.title}): " + "; ".join(wrong)
            assert response.headers.get("Content-Security-Policy"), f"{url} has no content policy"
            self.page = page
        return page


def _line(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
