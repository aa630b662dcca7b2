"""In a real browser: evidence to certificate to public check; a suspension lifted; a deselection appealed against."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from selection.core import clock
from selection.models.people import Account, Staff
from selection.rules.requests import LARGEST_FILE
from selection.rules.roles import Role
from tests.factories import chain, people, programmes
from tests.journeys.steps import arrives
from tests.journeys.visitor import Visitor
from tests.papers import read_accessible
from tests.store import Store

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Service:
    """Ann, who learnt elsewhere and may deliver; two training leads; two more for a panel."""

    def __init__(self, store: Store) -> None:
        with store.session() as session:
            programme = programmes.programme(session, "C-SOGP")
            self.lead: Account = people.account(session, Role.TRAINING_LEAD, of=people.staff(session, "Lena Lead"))
            self.other: Account = people.account(session, Role.TRAINING_LEAD, of=people.staff(session, "Otto Other"))
            self.ann: Staff = people.staff(session, "Ann Lee")
            self.herself: Account = people.account(session, Role.STAFF_MEMBER, of=self.ann)
            people.staff(session, "Pat Panel")
            people.staff(session, "Quinn Panel")
            days: dict[str, Any] = {
                "first": clock.today() - timedelta(days=100),
                "last": clock.today() + timedelta(days=600),
            }
            chain.authorised(session, self.ann, programme, by=self.lead, **days)


@pytest.fixture
def furnished(store: Store) -> Service:
    return Service(store)


def test_from_evidence_to_a_certificate_that_anybody_can_check(
    furnished: Service, visitors: Callable[[], Visitor], tmp_path: Path
) -> None:
    ann, lead = arrives(visitors, furnished.herself), arrives(visitors, furnished.lead)
    asks(ann, tmp_path / "my paper.pdf")
    recognises(lead)
    ann.page.reload()
    ann.look()
    ann.follow("The certificate by recognition")
    ann.sees("Recognised")
    number = ann.page.locator("h1 .govuk-caption-l").inner_text().removeprefix("Certificate ").strip()
    with ann.page.expect_download() as document:
        ann.page.get_by_role("button", name="Take it as a PDF").click()
    assert "Ann Lee" in read_accessible(Path(document.value.path()).read_bytes(), title=f"Certificate {number}")
    anybody = visitors()
    anybody.open("/training/certificates/check")
    anybody.fill("Certificate number", number.lower())
    anybody.press("Check")
    anybody.sees("A certificate with this number is valid today.")
    anybody.does_not_see("Ann")
    ann.open("/authorisations/explain")
    ann.press("Ask")
    ann.sees("Yes You may, on each of these days.")


def asks(ann: Visitor, paper: Path) -> None:
    """Ask for the recognition of a step: with a file that is no paper, one that is too large, and one that will do."""
    ann.open("/staff/me")
    ann.follow_part("Ask that a step be recognised")
    ann.tick("Fundamental training")
    ann.fill("What was learnt, where and when?", "Two weeks in Leeds, in May.")
    for content, refusal in (
        (b"#!/bin/sh\n", "“my paper.pdf” is not a PDF, JPEG or PNG by its content."),
        (PDF.ljust(LARGEST_FILE + 1), "“my paper.pdf” is larger than 10 MB."),
    ):
        hands_in(ann, paper, content)
        ann.sees(refusal)
        expect(ann.page.get_by_label("What was learnt, where and when?")).to_have_value("Two weeks in Leeds, in May.")
    hands_in(ann, paper, PDF)
    ann.sees("The request is made.")


def hands_in(ann: Visitor, paper: Path, content: bytes) -> None:
    """Send the request with a file of this content."""
    paper.write_bytes(content)
    ann.page.get_by_label("Evidence", exact=True).set_input_files(paper)
    ann.press("Ask for the recognition")


def recognises(lead: Visitor) -> None:
    """Open the evidence, and recognise the step."""
    lead.open("/")
    lead.follow_part("Recognition")
    lead.follow("Ann Lee")
    with lead.page.expect_download() as file:
        lead.page.get_by_role("link", name="my paper.pdf").click()
    assert Path(file.value.path()).read_bytes() == PDF
    lead.tick("Recognise the step, and issue its certificate")
    lead.fill("Why?", "The same content.")
    lead.fill("Valid to", clock.today() + timedelta(days=900))
    lead.press("Decide")
    lead.sees("The step is recognised for Ann Lee")


def test_a_suspension_is_lifted_and_a_deselection_appealed_against(
    furnished: Service, visitors: Callable[[], Visitor]
) -> None:
    lead, other = arrives(visitors, furnished.lead), arrives(visitors, furnished.other)
    ann = arrives(visitors, furnished.herself)
    lead.open(f"/authorisations/staff/{furnished.ann.id}/stop")
    lead.tick("Suspension: stopped for now")
    lead.fill("Why", "A complaint is looked into.")
    lead.press("Stop them and end what leans on their authorisations")
    ann.open("/authorisations/explain")
    ann.press("Ask")
    ann.sees("Ann Lee is suspended")
    lead.follow("Suspension")
    lead.follow("Lift it")
    lead.fill("Last day on which it holds", clock.today())
    lead.fill("Why it ends", "Nothing in it.")
    lead.press("Lift it")
    lead.open(f"/authorisations/staff/{furnished.ann.id}/stop")
    lead.tick("Deselection: ended by decision")
    lead.fill("From which day", clock.today() + timedelta(days=1))
    lead.fill("Why", "Would not keep to the programme.")
    lead.fill("Who was on the panel, for a deselection", "Pat Panel\nQuinn Panel")
    lead.press("Stop them and end what leans on their authorisations")
    if lead.page.get_by_text("There is a problem").count():  # the day was changed: the plan is shown first
        lead.press("Stop them and end what leans on their authorisations")
    ann.open("/staff/me")
    ann.follow("Deselection")
    ann.follow("Appeal against it")
    ann.fill("On what grounds?", "The reviews were of another group.")
    ann.press("Appeal")
    ann.sees("Not heard yet")
    other.open(ann.page.url.removeprefix(ann.address))
    other.follow("Hear the appeal")
    other.tick("Upheld: the deselection ends, and they are reinstated")
    other.fill("Why?", "They were.")
    other.press("Decide the appeal")
    other.sees("Upheld")
