"""A tablet in an assessor's hands: a browser of its own, in which things are typed and things go wrong."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Route

from selection.models.people import Account
from tests.factories import people
from tests.faults.ledger import Fields, Typed

TABLET = {"width": 1280, "height": 800}
PATIENCE = 10_000
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

WAITING = """async ([account, form]) => {
  const opened = indexedDB.open('capture')
  const db = await new Promise((resolve) => { opened.onsuccess = () => resolve(opened.result) })
  if (!db.objectStoreNames.contains('operations')) return []
  const all = db.transaction('operations').objectStore('operations').getAll()
  const found = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result) })
  const asked = db.transaction('device').objectStore('device').get(`key-${account}`)
  const key = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result) })
  db.close()
  const ours = found.filter((each) => each.account === account && each.form === form).sort((a, b) => a.seq - b.seq)
  return Promise.all(ours.map(async ({ locked: { iv, words } }) =>
    JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, words)))))
}"""


def _wrong_by(off: timedelta) -> str:
    """Return a script that sets the device's clock wrong."""
    return f"""{{
      const off = {off.total_seconds() * 1000:.0f}, Right = Date
      globalThis.Date = class extends Right {{
        constructor (...given) {{ given.length ? super(...given) : super(Right.now() + off) }}
        static now () {{ return Right.now() + off }}
      }}
    }}"""


class Tablet:
    """One device and one assessor; `tab` is where their form is open, None after it was killed."""

    def __init__(self, browser: Browser, address: str, who: Account, *, clock_off: timedelta) -> None:
        self.address, self.who = address, who
        self.context: BrowserContext = browser.new_context(viewport=TABLET, timezone_id="Europe/London")  # type: ignore[arg-type]
        self.context.set_default_timeout(PATIENCE)
        if clock_off:
            self.context.add_init_script(_wrong_by(clock_off))
        self.online = True
        self.tab: Page | None = None
        self.typed: Typed | None = None
        self.sent: list[dict[str, Any]] = []

    @property
    def page(self) -> Page:
        """The tab with the form."""
        assert self.tab is not None
        return self.tab

    def sign_in(self, who: Account | None = None) -> None:
        """Sign in, as the person of this device unless it is somebody else, beside the open form.

        An answer to the open form that is still on its way can put the session of before back in place; a person who
        finds themselves signed out then signs in again.
        """
        self.context.clear_cookies()
        login = who or self.who
        for _try in range(5):
            found = TOKEN.search(self.context.request.get(f"{self.address}/sign-in", max_redirects=0).text())
            if found:
                form = {"csrf_token": found[1], "email": login.email, "password": people.PASSWORD}
                self.context.request.post(f"{self.address}/sign-in", form=form, max_redirects=0)
            self._let_answers_come()
            answer = self.context.request.get(f"{self.address}/centres/device", max_redirects=0)
            if answer.status == 200 and answer.json()["account"] == login.id:
                return
        raise AssertionError(f"{login.name} cannot sign in")

    def open(self, typed: Typed) -> None:
        """Open a form, in a new tab if there is none, and wait until it can be typed into."""
        self.typed = typed
        if self.tab is None:
            self.tab = self.context.new_page()
            self.tab.on("request", self._remember)
        self.tab.goto(f"{self.address}/centres/forms/{typed.form_id}", wait_until="commit")
        self.tab.wait_for_selector("html[data-capture=ready]", state="attached")

    def kill_tab(self) -> None:
        """Kill the tab's process, as a device does that runs out of memory; no script of the page runs any more."""
        with suppress(Error):
            self.page.goto("chrome://crash")
        self.page.close()
        self.tab = None

    def cut(self, *, online: bool) -> None:
        """Cut the network, or bring it back."""
        self.online = online
        self.context.set_offline(not online)

    def type_note(self, competency_id: int, words: str) -> None:
        """Write a note of evidence, and wait until the device has it."""
        line = self.page.locator(f"#note-{competency_id}")
        line.fill(words)
        line.press("Enter")
        self._kept()
        assert self.typed
        self.typed.note(competency_id, words)

    def choose(self, name: str, value: str) -> None:
        """Choose a mark, a rating or a judgement, and wait until the device has it."""
        self.page.locator(f'input[name="{name}"][value="{value}"]').evaluate("choice => choice.click()")
        self._kept()
        assert self.typed
        self.typed.choices[name] = value

    def waiting(self) -> list[Fields]:
        """Return the changes that the device still holds of the form, in their order."""
        assert self.typed
        found: list[Fields] = self.page.evaluate(WAITING, [self.who.id, self.typed.form_id])
        return found

    def state(self) -> str:
        """Where the page says that the work is."""
        return self.page.locator("[data-capture-status]").get_attribute("data-state") or ""

    def says(self) -> str:
        """What the page says of itself, if there is one."""
        try:
            return f"{self.state()}: {self.page.locator('[data-words]').first.inner_text(timeout=500)}"
        except (Error, AssertionError) as wrong:
            return f"no page: {wrong}"

    def settled(self, state: str = "stored") -> None:
        """Wait until the page says so."""
        self.page.wait_for_selector(f'[data-capture-status][data-state="{state}"][data-kept="true"]', state="attached")

    def hurry(self) -> None:
        """Let the page look again, as when somebody comes back to it."""
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")

    def lose_answers(self) -> Callable[[], None]:
        """Let operations reach the server, and their answers get lost; return what ends it."""

        def deliver(route: Route) -> None:
            with suppress(Error):
                route.fetch(timeout=5_000)
            with suppress(Error):
                route.abort()

        self.page.route("**/operations", deliver)
        return lambda: self.page.unroute("**/operations")

    def replay(self, operation: dict[str, Any]) -> int:
        """Send an operation again, as a network does that repeats and reorders; return the status."""
        token = self.context.request.get(f"{self.address}/centres/device").json()["csrf"]
        url = f"{self.address}/centres/forms/{operation['form']}/operations"
        return self.context.request.post(url, data=operation, headers={"X-CSRFToken": token}).status

    def leave(self) -> None:
        """Put the tablet away."""
        self.context.close()

    def _kept(self) -> None:
        """Wait until what was typed is on the device's disk; the page tells by the attribute beside its words."""
        until = monotonic() + PATIENCE / 1000
        while monotonic() < until:
            if self.page.locator("[data-capture-status]").get_attribute("data-kept") == "true":
                return
        raise AssertionError(f"not kept: {self.page.locator('[data-words]').first.inner_text()}")

    def _remember(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/operations"):
            self.sent.append(request.post_data_json or {})

    def _let_answers_come(self) -> None:
        """Give what the open form has on its way the time to come back."""
        if self.tab is not None:
            self.tab.wait_for_timeout(50)
