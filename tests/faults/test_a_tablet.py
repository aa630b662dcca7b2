"""What one tablet does when its disk is full, its person changes, it sleeps, or its tab is closed with work in it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from selection.models.capture import FormHold, FormOperation
from selection.models.people import Account
from selection.models.scoring import Rating, RatingForm
from selection.rules.standards import ExerciseKind
from tests.factories.centres import Prepared
from tests.faults.ledger import Typed
from tests.faults.tablet import Tablet
from tests.one_service import *  # noqa: F403 - its fixtures
from tests.service import Service
from tests.store import Store

FULL_DISK = "void (IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') })"
NO_DISK = "void (IDBFactory.prototype.open = () => { throw new DOMException('forbidden', 'SecurityError') })"
SLOW_DISK = """(open => { IDBDatabase.prototype.transaction = function (stores, mode, given) {
  const until = performance.now() + (mode === 'readwrite' ? 6 : 0)
  while (performance.now() < until);
  return open.call(this, stores, mode, given)
} })(IDBDatabase.prototype.transaction)"""
SLEPT_TEN_MINUTES = "(Right => { Date.now = () => Right() + 600_000 })(Date.now.bind(Date))"
EVERYTHING_KEPT = """async () => {
  const opened = indexedDB.open('capture')
  const db = await new Promise((resolve) => { opened.onsuccess = () => resolve(opened.result) })
  const all = (name) => new Promise((resolve) => {
    const asked = db.transaction(name).objectStore(name).getAll()
    asked.onsuccess = () => resolve(asked.result)
  })
  const found = [{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]
  for (const name of db.objectStoreNames) found.push(await all(name))
  const names = db.transaction('device').objectStore('device').getAllKeys()
  found.push(await new Promise((resolve) => { names.onsuccess = () => resolve(names.result) }))
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      if (!request.url.includes('/static/')) found.push(request.url, await (await cache.match(request)).text())
    }
  }
  db.close()
  return JSON.stringify(found)
}"""


@pytest.fixture
def tablet_of(browser: Browser, service: Service) -> Iterator[Callable[[Account], Tablet]]:
    """Makes a tablet at which somebody is signed in."""
    made: list[Tablet] = []

    def give(who: Account) -> Tablet:
        made.append(Tablet(browser, service.address, who, clock_off=timedelta()))
        made[-1].sign_in()
        return made[-1]

    yield give
    for tablet in made:
        tablet.leave()


@pytest.fixture
def ann(tablet_of: Callable[[Account], Tablet], there: Prepared) -> Tablet:
    return tablet_of(there.first)


def own(there: Prepared, kind: ExerciseKind = ExerciseKind.ROLE_PLAY) -> Typed:
    return Typed(form_id=there.forms[kind][0].id)


def competencies(store: Store, form: Typed) -> list[int]:
    with store.reading() as session:
        return [each.id for each in session.get_one(RatingForm, form.form_id).sitting.exercise.competencies]


def evidence(store: Store, form: Typed) -> str:
    """Return all evidence that is stored of the form."""
    return "\n".join(store.all(select(Rating.evidence).where(Rating.form_id == form.form_id)))


def operations(store: Store, form: Typed) -> int:
    return store.count(FormOperation, FormOperation.form_id == form.form_id)


def types(tablet: Tablet, competency_id: int, words: str) -> None:
    """Write a note, whatever becomes of it."""
    line = tablet.page.locator(f"#note-{competency_id}")
    line.fill(words)
    line.press("Enter")


def type_in_vain_and_close(tablet: Tablet, competency_id: int, words: str) -> None:
    """Write a note that cannot be sent, and close the tab."""
    tablet.type_note(competency_id, words)
    tablet.settled("offline")
    tablet.page.close()
    tablet.tab = None


def test_the_browser_sends_what_waits_with_the_tab_closed(
    ann: Tablet, store: Store, service: Service, there: Prepared
) -> None:
    form = own(there)
    ann.open(form)
    ann.page.wait_for_function("navigator.serviceWorker.controller !== null")
    service.kill()
    type_in_vain_and_close(ann, competencies(store, form)[0], "Waited for the answer.")
    elsewhere = ann.context.new_page()
    talk = ann.context.new_cdp_session(elsewhere)
    known: list[Any] = []
    talk.on("ServiceWorker.workerRegistrationUpdated", lambda said: known.extend(said["registrations"]))
    service.start()
    elsewhere.goto(f"{ann.address}/static/dist/app.css")
    talk.send("ServiceWorker.enable")
    until(lambda: bool(known), elsewhere)
    assert operations(store, form) == 0
    sync = {"origin": ann.address, "registrationId": known[-1]["registrationId"], "tag": "capture"}
    talk.send("ServiceWorker.dispatchSyncEvent", sync | {"lastChance": False})
    until(lambda: "Waited for the answer." in evidence(store, form), elsewhere)
    assert operations(store, form) == 1
    hold = store.one(select(FormHold).where(FormHold.form_id == form.form_id))
    assert (hold.unsent, hold.ended_at) == (0, None)


def until(true: Callable[[], bool], page: Page) -> None:
    for _turn in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    assert true()


@pytest.mark.parametrize("broken", [pytest.param(FULL_DISK, id="full"), pytest.param(NO_DISK, id="none")])
def test_what_the_disk_does_not_take_goes_to_the_server_all_the_same(
    ann: Tablet, store: Store, there: Prepared, broken: str
) -> None:
    form = own(there)
    one, two, *_ = competencies(store, form)
    if broken is NO_DISK:
        ann.context.add_init_script(broken)
    ann.open(form)
    ann.page.evaluate(broken)
    types(ann, one, "Asked how it was.")
    expect(ann.page.locator("[data-words]").first).to_contain_text("Not kept on this device")
    types(ann, two, "Waited.")
    ann.settled()
    stored = evidence(store, form)
    assert (stored.count("Asked how it was."), stored.count("Waited.")) == (1, 1)
    ann.cut(online=False)
    types(ann, one, "Then went on.")
    ann.page.wait_for_timeout(1500)
    types(ann, one, "And ended well.")
    assert ann.page.locator("[data-capture-status]").get_attribute("data-kept") == "false"
    ann.cut(online=True)
    ann.hurry()
    ann.settled()
    stored = evidence(store, form)
    assert (stored.count("Then went on."), stored.count("And ended well.")) == (1, 1)
    assert store.count(FormHold, FormHold.form_id == form.form_id) == 1


def test_somebody_else_at_the_tablet_finds_nothing_of_the_first(ann: Tablet, store: Store, there: Prepared) -> None:
    form = own(there)
    ann.open(form)
    first = competencies(store, form)[0]
    ann.type_note(first, "Told of his own family.")
    ann.settled()
    ann.cut(online=False)
    ann.type_note(first, "Wept.")
    ann.sign_in(there.second)
    ann.cut(online=True)
    other = ann.context.new_page()
    other.goto(f"{ann.address}/centres/mine")
    ann.settled("other")
    assert "Ann" not in ann.page.locator("body").inner_text(), "nor their name"
    kept = ann.page.evaluate(EVERYTHING_KEPT)
    for secret in ("Told of his own family.", "Wept.", "Cara", f"key-{there.first.id}"):
        assert secret not in kept
    other.evaluate("window.dispatchEvent(new Event('focus'))")
    other.wait_for_timeout(300)
    assert operations(store, form) == 1
    ann.sign_in()
    other.goto(f"{ann.address}/centres/mine")
    ann.page.wait_for_selector("html[data-capture=ready]", state="attached")
    ann.settled()
    assert evidence(store, form).count("Wept.") == 1


def test_fast_typing_never_clashes_with_itself(ann: Tablet, store: Store, there: Prepared) -> None:
    form = own(there)
    ann.open(form)
    first = competencies(store, form)[0]
    words = "He said that it was nobody's business, and then told it. " * 4
    ann.page.evaluate(SLOW_DISK)
    ann.page.locator(f"#evidence-{first}").press_sequentially(words, delay=4)
    ann.settled()
    assert evidence(store, form) == words.strip()


def test_signing_out_on_an_open_form_sends_it_and_hands_it_back(ann: Tablet, store: Store, there: Prepared) -> None:
    form = own(there)
    ann.open(form)
    types(ann, competencies(store, form)[0], "Thanked everybody.")
    ann.page.get_by_role("button", name="Sign out").click()
    ann.page.wait_for_url("**/sign-in*")
    assert evidence(store, form).count("Thanked everybody.") == 1
    assert store.one(select(FormHold).where(FormHold.form_id == form.form_id)).how == "handed_back"
    assert f"forms/{form.form_id}/offline" not in ann.page.evaluate(EVERYTHING_KEPT)


def test_a_form_that_is_open_sends_those_that_are_closed(ann: Tablet, store: Store, there: Prepared) -> None:
    role_play, presentation = own(there), own(there, ExerciseKind.PRESENTATION)
    ann.open(role_play)
    ann.page.route("**/operations", lambda route: route.abort())
    type_in_vain_and_close(ann, competencies(store, role_play)[0], "Began late.")
    ann.open(presentation)
    until(lambda: "Began late." in evidence(store, role_play), ann.page)


def test_a_tablet_that_slept_knows_what_time_it_is(ann: Tablet, store: Store, there: Prepared) -> None:
    form = own(there)
    one, two, *_ = competencies(store, form)
    ann.open(form)
    ann.cut(online=False)
    ann.type_note(one, "Before.")
    ann.page.evaluate(SLEPT_TEN_MINUTES)
    ann.type_note(two, "After.")
    ann.cut(online=True)
    ann.hurry()
    ann.settled()
    told = dict[str, timedelta]()
    for line in evidence(store, form).splitlines():
        at, words = line.split(" ", 1)
        told[words] = timedelta(hours=int(at[:2]), minutes=int(at[3:5]))
    assert (told["After."] - told["Before."]) % timedelta(days=1) in {timedelta(minutes=10), timedelta(minutes=11)}, (
        "midnight may pass"
    )


def test_what_cannot_be_stored_is_named_and_put_right(ann: Tablet, store: Store, there: Prepared) -> None:
    form = own(there)
    ann.open(form)
    first = competencies(store, form)[0]
    ann.page.locator(f"#evidence-{first}").evaluate("field => { field.removeAttribute('maxlength') }")
    ann.page.locator(f"#evidence-{first}").fill("x" * 5001)
    ann.settled("refused")
    link = ann.page.get_by_role("link", name="Use at most 5000 characters")
    expect(link).to_be_visible()
    link.click()
    assert ann.page.evaluate("document.activeElement.id") == f"evidence-{first}"
    ann.page.locator(f"#evidence-{first}").fill("x" * 5000)
    ann.settled()
    assert len(evidence(store, form)) == 5000
    expect(link).to_be_hidden()
    ann.page.get_by_role("button", name="Seal the form").click()
    gaps = ann.page.get_by_text("it cannot be sealed yet")
    expect(gaps).to_be_visible()
    ann.page.wait_for_selector("html[data-capture=ready]", state="attached")
    stored = operations(store, form)
    ann.page.reload()
    ann.page.wait_for_selector("html[data-capture=ready]", state="attached")
    expect(gaps).to_have_count(0)
    assert operations(store, form) == stored, "loading the page again seals again"


def test_after_acknowledgement_nothing_of_anybody_is_on_the_device(ann: Tablet, store: Store, there: Prepared) -> None:
    form = own(there)
    ann.open(form)
    ann.type_note(competencies(store, form)[0], "Spoke of her daughter.")
    ann.settled()
    ann.page.goto("about:blank")
    ann.page.close()
    page = ann.tab = ann.context.new_page()
    page.goto(f"{ann.address}/static/dist/app.css")
    kept = page.evaluate(EVERYTHING_KEPT)
    for secret in ("Cara", "Candidate", "Ann", "Assessor", "Spoke of her daughter."):
        assert secret not in kept
    assert f"/centres/forms/{form.form_id}/offline" in kept
