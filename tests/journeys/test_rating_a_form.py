"""An assessor at work with a rating form: by keyboard alone, without a connection, and at a device that others use."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from selection.models.capture import FormHold
from selection.models.scoring import Rating, RatingForm
from selection.rules.standards import ExerciseKind
from tests.factories import people
from tests.factories.centres import Prepared
from tests.journeys import steps
from tests.journeys.visitor import TABLET, Visitor
from tests.one_service import *  # noqa: F403 - its fixtures
from tests.service import Service
from tests.store import Store

READY = "html[data-capture=ready]"


@pytest.fixture(scope="module")
def address(service: Service) -> str:
    return service.address


@pytest.fixture
def own(there: Prepared) -> int:
    """Ann's form of the role play."""
    return there.forms[ExerciseKind.ROLE_PLAY][0].id


@pytest.fixture
def ann(visitors: Callable[[], Visitor], there: Prepared, own: int) -> Visitor:
    """Ann at a tablet, with her form open."""
    visitor = steps.arrives(visitors, there.first)
    visitor.open(f"/centres/forms/{own}")
    visitor.page.wait_for_selector(READY, state="attached")
    return visitor


def with_the_server(page: Page) -> None:
    expect(page.locator("[data-words]").first).to_contain_text("With the server: everything")


def name_of_focus(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")
    return name


def tab_to(page: Page, begins: str, *, key: str = "Tab") -> None:
    """Press Tab until what has the focus has this name; each stop on the way can be seen, under nothing."""
    for _stop in range(60):
        page.keyboard.press(key)
        covered = page.evaluate(
            """() => {
              const box = document.activeElement.getBoundingClientRect()
              const bar = document.querySelector('.app-capture')?.getBoundingClientRect()
              const inside = document.activeElement.closest('.app-capture')
              return bar && !inside && bar.top <= 0 && box.bottom <= bar.bottom && box.bottom > 0
            }"""
        )
        assert not covered, f"{name_of_focus(page)} is under the bar"
        if name_of_focus(page).startswith(begins):
            return
    raise AssertionError(f"the keyboard does not reach {begins}, only {name_of_focus(page)}")


def opens_from_the_list(ann: Visitor, exercise: str) -> None:
    for link in ("My ratings", f"Cara Candidate {exercise}"):
        tab_to(ann.page, link)
        with ann.page.expect_event("load"):
            ann.page.keyboard.press("Enter")
        ann.look()
    ann.page.wait_for_selector(READY, state="attached")


def rates(page: Page, competency_id: int) -> None:
    keys = page.keyboard
    tab_to(page, "mark-")
    keys.press("Space")
    tab_to(page, f"note-{competency_id}")
    keys.type("Asked how that was for him.")
    keys.press("Enter")
    assert name_of_focus(page) == f"note-{competency_id}"
    tab_to(page, f"rating-{competency_id}")
    keys.press("ArrowDown")
    keys.press("ArrowDown")


def had_no_opportunity(page: Page, competency_id: int) -> None:
    """On a narrow screen, where what is fixed to its top has little room."""
    keys = page.keyboard
    page.set_viewport_size({"width": 320, "height": 640})
    tab_to(page, f"note-{competency_id}")
    keys.type("It did not come up.")
    keys.press("Enter")
    tab_to(page, f"rating-{competency_id}")
    keys.press("ArrowUp")
    tab_to(page, f"why-{competency_id}")
    keys.type("The actor left early.")
    expect(page.locator("[data-words]")).to_be_in_viewport(ratio=1)
    for name in (f"rating-{competency_id}", f"note-{competency_id}"):
        tab_to(page, name, key="Shift+Tab")
    page.set_viewport_size(TABLET)


def test_a_form_is_filled_and_sealed_by_keyboard_alone(
    visitors: Callable[[], Visitor], store: Store, there: Prepared, own: int
) -> None:
    ann = steps.arrives(visitors, there.first)
    page = ann.page
    keys = page.keyboard
    opens_from_the_list(ann, "role play")
    tab_to(page, "Start the 30 minutes")
    keys.press("Enter")
    expect(page.locator("[data-left]")).to_contain_text("29:5")
    with store.session() as session:
        sitting = session.merge(there.sitting(ExerciseKind.ROLE_PLAY))
        first, second, third = (each.id for each in sitting.exercise.competencies)
    rates(page, first)
    rates(page, second)
    had_no_opportunity(page, third)
    tab_to(page, "judgement")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    with_the_server(page)
    ann.look()
    own_ratings = Rating.form_id == own
    assert store.count(Rating, own_ratings, Rating.points == 3, Rating.evidence.like("__:__ Asked how that was%")) == 2
    assert store.count(Rating, own_ratings, Rating.no_opportunity, Rating.why_no_opportunity.like("The actor%")) == 1
    tab_to(page, "Seal the form")
    with page.expect_event("load"):
        keys.press("Enter")
    ann.look()
    ann.sees("is sealed")
    form = store.one(select(RatingForm).where(RatingForm.id == own))
    assert (form.global_judgement, form.sealed_at is not None) == ("competent", True)
    assert store.one(select(FormHold).where(FormHold.form_id == own)).how == "sealed"
    expect(page.locator("[data-capture-list]")).to_be_hidden()


def test_work_goes_on_without_a_connection_and_leaves_with_the_person(ann: Visitor, store: Store, own: int) -> None:
    page, note = ann.page, ann.page.locator('[name^="note-"]').first
    ann.ignores_failures = True
    page.context.set_offline(True)
    note.fill("Waited, then asked again.")
    note.press("Enter")
    expect(page.locator("[data-words]").first).to_contain_text("On this device, not with the server: there is no conn")
    ann.look()
    page.reload()
    page.wait_for_selector(READY, state="attached")
    ann.look()
    assert "Waited, then asked again." in page.locator('textarea[name^="evidence-"]').first.input_value()
    assert store.count(Rating, Rating.form_id == own) == 0
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    with_the_server(page)
    assert store.count(Rating, Rating.form_id == own, Rating.evidence.like("%Waited, then asked again.")) == 1
    ann.open("/centres/mine")
    ann.press("Sign out")
    kept = page.evaluate(
        """async () => {
          const opened = indexedDB.open('capture')
          const db = await new Promise((resolve) => { opened.onsuccess = () => resolve(opened.result) })
          const all = (name) => new Promise((resolve) => {
            const asked = db.transaction(name).objectStore(name).getAll()
            asked.onsuccess = () => resolve(asked.result)
          })
          return [await all('operations'), await all('forms'), await caches.keys(), sessionStorage.length]
        }"""
    )
    assert kept == [[], [], [], 0]
    assert store.one(select(FormHold).where(FormHold.form_id == own)).how == "handed_back"


def test_two_versions_are_shown_and_nothing_is_stored_until_somebody_chooses(
    ann: Visitor, store: Store, own: int
) -> None:
    page = ann.page
    with store.session() as session:
        session.get_one(RatingForm, own).global_judgement = "clear_no"
    page.locator('[name="judgement"][value="strong"]').check()
    expect(page.locator(".app-clash")).to_contain_text("This form was changed somewhere else")
    expect(page.locator(".app-clash")).to_contain_text("On this device: Strong")
    expect(page.locator(".app-clash")).to_contain_text("With the server: Clear no")
    ann.look()
    assert store.one(select(RatingForm).where(RatingForm.id == own)).global_judgement == "clear_no"
    page.get_by_label("On this device: Strong").check()
    page.get_by_role("button", name="Go on with these").click()
    with_the_server(page)
    assert store.one(select(RatingForm).where(RatingForm.id == own)).global_judgement == "strong"


def test_without_scripts_the_same_form_works_with_its_buttons(
    visitors: Callable[[], Visitor], there: Prepared, own: int, store: Store
) -> None:
    ann = visitors()
    ann.sign_in(there.first.email, people.PASSWORD)
    ann.page.route("**/dist/*.js*", lambda route: route.abort())
    ann.ignores_failures = True
    ann.open(f"/centres/forms/{own}")
    ann.page.locator('[name^="note-"]').first.fill("Nodded.")
    ann.page.locator('[name="judgement"][value="strong"]').check()
    ann.press("Save and go on later")
    ann.sees("is saved")
    assert store.count(Rating, Rating.form_id == own, Rating.evidence.like("__:__ Nodded.")) == 1
    ann.open(f"/centres/forms/{own}")
    ann.page.locator('[name^="note-"]').first.fill("Nodded again, and waited.")
    ann.page.context.clear_cookies()
    ann.press("Save and go on later")
    ann.sees("nothing was stored")
    ann.sees("Nodded again, and waited.")
