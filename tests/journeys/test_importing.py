"""The register filled from a file, as an administrator does it, with a wait that says that it is one."""

import re
from time import sleep

import pytest
from playwright.sync_api import Route
from sqlalchemy import select

from selection.models.people import Account, Staff
from selection.rules.roles import Role
from tests.factories import people
from tests.journeys.visitor import Visitor
from tests.store import Store

HEADING = "number;name;email;area;joined_on\r\n"
RIGHT = f"{HEADING}I1;Zoë Ó Briain;zoe@import.example;North;01/02/2020\r\nI2;=Tab;tab@import.example;North;03/02/2020"
WRONG = HEADING + "I1;;zoe@import.example;Nowhere;01/02/2020\r\n"

REMEMBER_WHAT_IS_SAID = """
const status = document.querySelector('form [role=status]')
new MutationObserver(() => sessionStorage.setItem('said', status.textContent))
  .observe(status, {childList: true, subtree: true})
"""
"""For the next page: Playwright asks a page nothing while another is on its way."""


@pytest.fixture
def administrator(store: Store) -> Account:
    with store.session() as session:
        people.area(session, "North")
        return people.account(session, Role.ADMINISTRATOR)


@pytest.fixture
def furnished(administrator: Account) -> None:
    """The administrator is what the database holds."""


def _choose(visitor: Visitor, name: str, content: str) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": b"\xef\xbb\xbf" + content.encode()}
    visitor.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def test_a_file_is_checked_shown_and_imported_once(visitor: Visitor, administrator: Account, store: Store) -> None:
    visitor.sign_in(administrator.email, people.PASSWORD)
    visitor.open("/staff/import")
    _choose(visitor, "wrong.csv", WRONG)
    visitor.press("Check the file")
    visitor.sees("Nothing was imported: the file has 2 faults.")

    _choose(visitor, "right.csv", RIGHT)
    sent = []

    def hold(route: Route) -> None:
        sent.append(route.request.method)
        sleep(1.5)
        route.continue_()

    visitor.page.route("**/staff/import", hold)
    visitor.page.evaluate(REMEMBER_WHAT_IS_SAID)
    with visitor.page.expect_event("load"):
        visitor.page.get_by_role("button", name="Check the file").evaluate("one => { one.click(); one.click() }")
    assert sent == ["POST"]
    said = visitor.page.evaluate("sessionStorage.getItem('said')")
    assert re.fullmatch(r"Checking the file\. .* \(\d+ s\)", said)
    visitor.look()
    visitor.sees("Zoë Ó Briain")
    visitor.press("Import")
    visitor.sees("Added: 2.")
    assert {person.number for person in store.all(select(Staff))} >= {"I1", "I2"}
