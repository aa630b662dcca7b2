"""The page of local settings: what is in force, in words, and what was changed here."""

from dataclasses import replace

import pytest

from config import Settings
from selection.home.settings import SETTINGS
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of this test, two of them changed."""
    return replace(settings, reminder_days=(60, 14), renewal_months=1)


def test_everybody_sees_what_is_in_force_and_what_was_changed(client: Browserlike, store: Store, clock: Clock) -> None:
    with store.session() as session:
        staff, auditor = (people.account(session, role) for role in (Role.STAFF_MEMBER, Role.AUDITOR))
    (link,) = client.sign_in_as(staff).get("/").soup.select("footer a")
    page = client.get(str(link["href"]))
    shown = {row["Its name where it is set"]: row["In force"] for row in page.table()}
    assert shown == {
        "REMINDER_DAYS": "60 and 14 days Changed here",
        "RENEWAL_MONTHS": "1 month Changed here",
        "EXTENSION_MONTHS": "12 months",
        "RECOGNISED_PASS_MONTHS": "24 months",
        "ASSESSOR_MONTHS": "12 months",
        "DESELECTION_PANEL": "3 people",
        "STOP_APPEAL_DAYS": "28 days",
        "EQUALITY_LEAST": "10 people",
        "CHECKS_PER_HOUR": "60 numbers",
    }
    assert "Courses" not in page.links, "they may not look at those"
    assert "Courses" in client.sign_in_as(auditor).get("/settings").links


def test_every_number_of_the_settings_that_decides_something_is_shown() -> None:
    """Where the service listens and what stands in front of it decide nothing about people."""
    numbers = {
        name for name, field in Settings.__dataclass_fields__.items() if field.type in ("int", "tuple[int, ...]", int)
    }
    assert numbers - {"port", "proxies"} <= {setting.name.lower() for setting in SETTINGS}
