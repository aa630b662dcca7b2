"""A person at a browser: opens pages, reads, fills in, presses; and every page they come to is looked at."""

from datetime import date

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize, expect

from tests.journeys.axe import findings, too_wide

PATIENCE = 10_000
"""Milliseconds that a page or a word on it may take to come."""

TABLET = ViewportSize(width=1024, height=768)


class Visitor:
    """One person in a browser of their own; `page` is Playwright's, for what the words here do not cover.

    `ignores_failures` is for who loses the connection on purpose: requests then fail, and that is no complaint.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self._context = browser.new_context(viewport=TABLET, locale="en-GB", timezone_id="Europe/London")
        self._context.set_default_timeout(PATIENCE)
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self.ignores_failures = False
        self._arrived = 0
        self._looked_at = 0
        self.page.on("load", self._count)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("requestfailed", self._note_failed)

    def open(self, path: str) -> None:
        """Go to an address of the service, and look at what comes."""
        self.page.goto(self.address + path)
        self.look()

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the page that is shown to who is not signed in."""
        self.open("/")
        self.fill("Email address", email)
        self.page.locator("input[type=password]").fill(password)
        self.press("Sign in")

    def follow(self, words: str) -> None:
        """Follow the link with these words, in the page proper if there is one; some links look like buttons."""
        main = self.page.locator("main")
        link = main.get_by_role("link", name=words, exact=True).or_(main.get_by_role("button", name=words, exact=True))
        if link.count() == 0:
            link = self.page.get_by_role("link", name=words, exact=True)
        self._go(link.first)

    def follow_part(self, words: str) -> None:
        """Follow the first link of the page proper in whose words these stand."""
        self._go(self.page.locator("main").get_by_role("link", name=words).first)

    def press(self, words: str) -> None:
        """Press the button with these words, which sends a form, and look at the page that comes."""
        self._go(self.page.get_by_role("button", name=words, exact=True).first)

    def fill(self, label: str, value: str | date) -> None:
        """Type into the field with this label, or a day into its three boxes."""
        if isinstance(value, date):
            boxes = self.page.get_by_role("group", name=label)
            for part, number in zip(("Day", "Month", "Year"), (value.day, value.month, value.year), strict=True):
                boxes.get_by_label(part, exact=True).fill(str(number))
        else:
            self.page.get_by_label(label, exact=True).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        """Choose from the list with this label."""
        self.page.get_by_label(label, exact=True).first.select_option(label=option)

    def tick(self, words: str, *, of: str | None = None) -> None:
        """Tick the box or take the choice with these words, of the question `of` where several have such a choice."""
        within = self.page.get_by_role("group", name=of) if of else self.page
        within.get_by_label(words, exact=True).first.check()

    def sees(self, words: str) -> None:
        """Fail unless the words are on the page proper."""
        expect(self.page.locator("main")).to_contain_text(words)

    def does_not_see(self, words: str) -> None:
        """Fail if the words are on the page proper."""
        expect(self.page.locator("main")).not_to_contain_text(words)

    @property
    def heading(self) -> str:
        """The first-level heading."""
        return self.page.locator("h1").inner_text()

    def look(self) -> None:
        """Fail if the page stands in somebody's way, or is wider than a narrow screen."""
        self._looked_at = self._arrived
        wrong = [*findings(self.page), *too_wide(self.page)]
        assert not wrong, f"{self.page.url}:\n" + "\n".join(wrong)

    def leave(self) -> None:
        """Close the browser; fail if a page went by without a look, or something went wrong in one."""
        url, missed = self.page.url, self._arrived - self._looked_at
        self._context.close()
        assert missed <= 0, f"{url} was never looked at: call look() after steps that Playwright's page makes"
        assert not self.complaints, "\n".join(self.complaints)

    def _go(self, target: Locator) -> None:
        """Click on what leads to another page; what works within the page is `page`'s to click on."""
        with self.page.expect_event("load"):
            target.click()
        self.look()

    def _count(self, _page: Page) -> None:
        self._arrived += 1

    def _note(self, message: ConsoleMessage) -> None:
        # An answer of 4xx is a page like any other; the browser notes it as an error all the same.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note_failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED" and not self.ignores_failures:
            self.complaints.append(f"{request.url}: {request.failure}")
