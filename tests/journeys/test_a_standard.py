"""A new version of the standard: written by one, published by another, compared, and taken to a file and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog
from sqlalchemy import select

from selection.commands.reference.standard import new_standard
from selection.core import clock
from selection.models.people import Account
from selection.models.standards import CURRENT_FORMAT, Standard
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import people
from tests.journeys import steps
from tests.journeys.visitor import Visitor
from tests.store import Store

WAITS = "Waits after a hard question."


@pytest.fixture
def furnished(store: Store) -> tuple[Account, Account]:
    with store.session() as session:
        standard = new_standard()
        session.add(standard)
        session.flush()
        standard.state, standard.content_hash, standard.published_at = "published", "0" * 64, clock.now()
        wanda = people.account(session, Role.COORDINATOR, of=people.staff(session, "Wanda Writer"))
        peter = people.account(session, Role.COORDINATOR, of=people.staff(session, "Peter Publisher"))
    return wanda, peter


def test_a_version_is_written_published_compared_and_exchanged(
    furnished: tuple[Account, Account], visitors: Callable[[], Visitor], store: Store, tmp_path: Path
) -> None:
    wanda, peter = (steps.arrives(visitors, who) for who in furnished)
    wanda.follow("Standards")
    wanda.follow("Begin a draft")
    wanda.choose("What does it start from?", "A copy of Selection of programme facilitators, version 1 (published)")
    wanda.press("Begin the draft")
    writes(wanda)
    wanda.follow("Propose it")
    wanda.fill("What is new, and why?", "Assessors asked for room to wait, and for their names in the feedback.")
    wanda.press("Propose this draft")
    wanda.follow("Read what is new, and publish it")
    wanda.sees("a second person publishes it")

    peter.follow("Standards")
    peter.follow("Selection of programme facilitators , version 2")
    peter.follow("Read what is new, and publish it")
    peter.sees(WAITS)
    peter.press("Publish this version")
    peter.sees("Peter Publisher")
    peter.follow("Compare with another version")
    peter.sees("Added: 1. Removed: 0. Changed: 2. Moved: 0.")

    published = store.one(select(Standard).where(Standard.number == 2))
    assert (published.state, published.content_format) == ("published", CURRENT_FORMAT)
    exchanges(wanda, published, tmp_path / "standard.json")
    assert {each.number for each in store.all(select(Standard))} == {1, 2, 3}


def writes(wanda: Visitor) -> None:
    """Change the moderation rule, leave a page unsaved and come back, and write an indicator more."""
    wanda.follow("moderation and feedback")
    wanda.fill("Ratings are discussed from so many points apart", "3")
    wanda.tick("Yes", of="The feedback to the candidate names the assessors")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    wanda.page.once("dialog", stay)
    wanda.page.get_by_role("link", name="Back without saving").click(no_wait_after=True)
    wanda.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    wanda.press("Save the moderation rule")
    wanda.follow("Change Empathy and warmth")
    lines = wanda.page.get_by_label("Indicators: behaviours that show it").input_value()
    wanda.fill("Indicators: behaviours that show it", f"{lines}\n{WAITS}")
    wanda.press("Save the competency")
    wanda.sees("Nothing keeps this draft from being published.")


def exchanges(wanda: Visitor, published: Standard, file: Path) -> None:
    """Take the version to a file; bring it in with a fault, then as it is under the next number."""
    wanda.open(f"/standards/{published.id}")
    with wanda.page.expect_download() as download:
        wanda.page.get_by_role("link", name="Export as a file (JSON)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert published.content_hash is not None
    assert published.content_hash in text
    wanda.follow("All standards")
    wanda.follow("Import a standard from a file")
    file.write_text(text.replace(f'"kind": "{ExerciseKind.PRESENTATION}"', '"kind": "talk"'), encoding="utf-8")
    wanda.page.get_by_label("JSON file of a standard").set_input_files(file)
    wanda.press("Import as a draft")
    wanda.sees("Exercise 2, kind")
    file.write_text(text, encoding="utf-8")
    wanda.page.get_by_label("JSON file of a standard").set_input_files(file)
    wanda.tick("Give it the next number of its title")
    wanda.press("Import as a draft")
    wanda.sees("Selection of programme facilitators, version 3, is imported as a draft.")
