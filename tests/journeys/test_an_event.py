"""At browsers: a full event, its waiting list, roll and results in parts, sign-off by another, and what it is worth."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from selection.core import clock
from selection.models.notices import Notice
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.models.training import Event
from selection.rules.roles import Role
from tests.factories import people, programmes, training
from tests.journeys.steps import arrives
from tests.journeys.visitor import Visitor
from tests.papers import read_accessible
from tests.store import Store


@dataclass
class Service:
    """Two training leads, an event of today with two places, and four people who can be booked on it."""

    lead: Account
    second: Account
    event: Event
    programme: Programme
    waiting: Staff


@pytest.fixture
def furnished(store: Store) -> Service:
    with store.session() as session:
        lead, second = (
            people.account(session, Role.TRAINING_LEAD, of=people.staff(session, name))
            for name in ("Lena Lead", "Sam Second")
        )
        first = clock.today() - timedelta(days=30)
        selected = {
            name: training.ready(session, name, by=lead, selected_on=first)
            for name in ("Ann Able", "Ben Baker", "Cal Carter", "Dee Dunn")
        }
        course = training.course(session, title="Fundamental skills", days=1)
        event = training.event(session, course, first=clock.today(), days=1, places=2, title="Spring event")
        return Service(lead, second, event, programmes.programme(session), selected["Dee Dunn"])


def test_from_a_full_event_to_a_certificate_that_anybody_can_check(
    furnished: Service, visitors: Callable[[], Visitor], store: Store
) -> None:
    lead = arrives(visitors, furnished.lead)
    fills_and_waits(lead)
    lead.press("Cancel the booking of Ann Able")
    lead.sees("From the waiting list: Cal Carter.")
    lead.sees("2 of 2 taken, 1 waiting")
    told = [notice.subject for notice in store.all(select(Notice).order_by(Notice.id))]
    assert len([subject for subject in told if "Spring event" in subject]) >= 6, "booked, waiting, lost, and got it"
    lead.follow("Take the roll")
    for box in lead.page.locator("input[name=present]").all():
        box.check()
    lead.press("Save the roll")
    marks_in_parts(lead)
    second = arrives(visitors, furnished.second)
    signs_off(second, f"/training/events/{furnished.event.id}")
    passes_at_last(lead)
    second.open(f"/training/events/{furnished.event.id}")
    second.follow("See whom you can certify")
    second.press("Certify those ticked")
    second.sees("1 certificate is issued")
    second.open(f"/training/events/{furnished.event.id}")
    takes_and_checks(second, visitors())
    sees_what_other_months_would_do(lead, furnished.programme.id)


def fills_and_waits(lead: Visitor) -> None:
    """Two are booked, which is all; two more are put on the waiting list, in order."""
    lead.open("/")
    lead.follow("Training")
    lead.follow("Spring event")
    for name, words in (("Ann Able", "1 person is booked"), ("Ben Baker", "1 person is booked")):
        lead.follow("Book people")
        lead.tick(f"Book {name}")
        lead.press("Book those ticked")
        lead.sees(words)
    for name in ("Cal Carter", "Dee Dunn"):
        lead.follow("Book people")
        lead.sees("All 2 places are taken.")
        lead.tick(f"Book {name}")
        lead.press("Put those ticked on the waiting list")
        lead.sees("1 person waits")


def marks_in_parts(lead: Visitor) -> None:
    """Ben is marked a part at a time until he passes; Cal fails a part, and has a day to be assessed again."""
    lead.follow("Ben Baker")
    lead.tick("Passed", of="Understanding")
    for part in ("Competencies", "Abilities"):
        lead.tick("Not assessed", of=part)
    lead.press("Save the result")
    lead.sees("Not passed yet")
    for part in ("Competencies", "Abilities"):
        lead.tick("Passed", of=part)
    lead.fill("Why does the result change?", "The rest was assessed in the afternoon.")
    lead.press("Save the result")
    lead.sees("another training lead certifies it")
    lead.follow("Back to the event")
    lead.follow("Cal Carter")
    for part, came_to in (("Understanding", "Passed"), ("Competencies", "Passed"), ("Abilities", "Not yet")):
        lead.tick(came_to, of=part)
    lead.press("Save the result")
    lead.sees("What is open can be assessed again until")
    lead.fill("Day", clock.today() + timedelta(days=7))
    lead.fill("Where", "Court Street")
    lead.press("Set the day and tell Cal Carter")
    lead.sees("Court Street")


def signs_off(second: Visitor, event: str) -> None:
    """Another person signs off the event at once, but for Cal, of whom it is said why not."""
    second.open(event)
    second.follow("See whom you can certify")
    second.sees("1 cannot be certified by you now")
    second.sees("Cal Carter's latest result is not a pass.")
    second.press("Certify those ticked")
    second.sees("1 certificate is issued")


def passes_at_last(lead: Visitor) -> None:
    """Cal is assessed again in what was open, and passes."""
    lead.tick("Passed", of="Abilities")
    lead.fill("Why does the result change?", "Abilities were assessed again.")
    lead.press("Save the result")
    lead.sees("another training lead certifies it")


def takes_and_checks(second: Visitor, anybody: Visitor) -> None:
    """The certificate is taken as a document and as a badge; anybody can check its number, and learns no name."""
    number = second.page.locator("tr", has_text="Cal Carter").get_by_role("link", name="C-").inner_text()
    second.follow(number)
    second.sees("Assessed")
    with second.page.expect_download() as document:
        second.page.get_by_role("button", name="Take it as a PDF").click()
    assert "Cal Carter" in read_accessible(Path(document.value.path()).read_bytes(), title=f"Certificate {number}")
    with second.page.expect_download() as badge:
        second.page.get_by_role("button", name="Take it as an Open Badge").click()
    _, said_in, _ = Path(badge.value.path()).read_text(encoding="ascii").split(".")
    said = json.loads(urlsafe_b64decode(said_in + "=" * (-len(said_in) % 4)))
    assert "OpenBadgeCredential" in said["type"]
    anybody.open("/training/certificates/check")
    anybody.fill("Certificate number", number.lower())
    anybody.press("Check")
    anybody.sees("A certificate with this number is valid today.")
    anybody.does_not_see("Cal")


def sees_what_other_months_would_do(lead: Visitor, programme_id: int) -> None:
    """The months without delivery are changed, after what that would do was shown."""
    lead.open(f"/programmes/{programme_id}")
    lead.follow("When it was changed, and why")
    lead.follow("Change it")
    lead.fill("Months without delivery, after which a right lapses", "12")
    lead.fill("From which day", clock.today() + timedelta(days=1))
    lead.fill("Why", "The board decided.")
    lead.press("Show what it would change")
    lead.sees("no group loses anybody")
    lead.press("Change it, and all that is shown here with it")
    lead.sees("To come")
