"""The way in and out, as a person meets it."""

import pytest

from selection.accounts import passwords
from selection.models.people import Account, Grant
from selection.rules.roles import Role
from tests.journeys.visitor import Visitor
from tests.store import Store

EMAIL, PASSWORD = "zoë.ó-briain@service.example", "a sentence that is long enough"


@pytest.fixture
def furnished(store: Store) -> None:
    with store.session() as session:
        account = Account(
            email=EMAIL,
            name="Zoë Ó Briain",
            password_hash=passwords.hashed(PASSWORD),
            session_key=passwords.new_session_key(),
            grants=[Grant(role=Role.AUDITOR)],
        )
        session.add(account)


def test_a_person_signs_in_and_out(visitor: Visitor) -> None:
    visitor.sign_in(EMAIL, "not the password")
    visitor.sees("The email address or the password is not right.")
    assert visitor.page.get_by_label("Email address").input_value() == EMAIL

    visitor.page.locator("input[type=password]").fill(PASSWORD)
    visitor.press("Sign in")
    assert visitor.page.get_by_text("Zoë Ó Briain").is_visible()

    visitor.press("Sign out")
    visitor.open("/")
    assert visitor.heading == "Sign in"


def test_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    assert visitor.page.locator(":focus").inner_text() == "Skip to main content"
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.type(EMAIL)
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    with visitor.page.expect_event("load"):
        keyboard.press("Enter")
    visitor.look()
    assert visitor.page.get_by_role("button", name="Sign out").is_visible()
