"""The register filled from a file, as an administrator does it, with a wait that says that it is one."""

import pytest
from playwright.sync_api import Route, expect

from selection.models.people import Account
from selection.rules.roles import Role
from tests.factories import people
from tests.journeys.visitor import Visitor
from tests.store import Store

HEADING = "number;name;email;area;joined_on\r\n"
RIGHT = f"{HEADING}I1;Zoë Ó Briain;zoe@import.example;North;01/02/2020\r\nI2;=Tab;tab@import.example;North;03/02/2020"
WRONG = HEADING + "I1;;zoe@import.example;Nowhere;01/02/2020\r\n"


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
    held: list[Route] = []
    visitor.page.route("**/staff/import", held.append)
    with visitor.page.expect_event("load"):
        visitor.page.get_by_role("button", name="Check the file").evaluate("one => { one.click(); one.click() }")
        status = visitor.page.get_by_role("status")
        expect(status).to_contain_text("Checking the file.")
        expect(status).to_contain_text("(1 s)")
        (only,) = held
        only.continue_()
    visitor.look()
    visitor.sees("Zoë Ó Briain")
    visitor.press("Import")
    visitor.sees("Added: 2.")
    assert store.count("staff") >= 2
