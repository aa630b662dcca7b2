"""The pictures, at a browser: who has which skills, for how long there will be enough, one person's path, what ends."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from selection.core import clock
from selection.models.authorisations import Stop
from selection.rules.calendar import NO_END
from selection.rules.roles import Role
from tests.factories import chain, people, programmes
from tests.factories.people import PASSWORD
from tests.journeys.visitor import Visitor
from tests.store import Store


@dataclass
class World:
    """A training lead, and a facilitator whose papers end in a month."""

    email: str
    name: str


@pytest.fixture
def world() -> World:
    return World(email="", name="Fay Able")


@pytest.fixture
def furnished(store: Store, world: World) -> None:
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD, Role.AUDITOR)
        programme = programmes.programme(session)
        today = clock.today()
        first, last = today - timedelta(days=400), today + timedelta(days=30)
        person = people.staff(session, world.name)
        chain.authorised(session, person, programme, first=first, last=last, by=lead)
        session.add(
            Stop(
                staff_id=person.id,
                programme_id=None,
                kind="suspension",
                from_day=last,
                to_day=NO_END,
                reason="A matter of conduct.",
                decided_by_id=lead.id,
                decided_at=clock.now(),
            )
        )
        world.email = lead.email


def test_a_training_lead_looks_at_the_pictures(visitor: Visitor, world: World) -> None:
    visitor.sign_in(world.email, PASSWORD)
    visitor.follow("Capacity")
    assert visitor.heading == "Who has which skills?"
    visitor.choose("Who", "With something that ends soon")
    visitor.press("Show")
    visitor.sees(f"Ends {day(clock.today() + timedelta(days=30))}")

    visitor.follow("Forecast")
    visitor.choose("Programme", "C-SOGP")
    visitor.press("Show")
    visitor.page.emulate_media(media="print")
    on_paper = visitor.page.locator(".app-figures table").first.bounding_box()
    visitor.page.emulate_media(media="screen")
    assert on_paper is not None
    assert on_paper["height"] > 24, "the figures are on paper although nobody opened them"
    figures = visitor.page.get_by_text("The figures of facilitators")
    figures.focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("Short of")
    visitor.look()

    visitor.open("/training/ending")
    visitor.follow(world.name)
    visitor.follow("See the path as a timeline")
    visitor.sees("Suspension")
    assert visitor.page.locator("svg.app-timeline rect").count() == 5


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
