"""One candidate from a centre to a certificate, each step through its page, as the role whose step it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from selection.models.authorisations import Certificate
from selection.models.centres import Centre, Decision
from selection.models.people import Account, Staff
from selection.models.scoring import RatingForm
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from tests.centres.pages import filled
from tests.factories import centres, people, standards
from tests.pages import Browserlike
from tests.store import Store


@dataclass
class Service:
    """Who takes part, before there is a centre."""

    coordinator: Browserlike
    ann: Account
    ben: Account
    cara: Staff
    boss: Staff


@pytest.fixture
def service(store: Store, clients: Callable[[], Browserlike], clock: object) -> Service:
    with store.session() as session:
        standards.standard(session)
        chair = people.account(session, Role.COORDINATOR, of=people.staff(session, "Chris Chair"))
        boss = people.staff(session, "Nora Nominator")
        return Service(
            coordinator=clients().sign_in_as(chair),
            ann=centres.assessor(session, "Ann Assessor"),
            ben=centres.assessor(session, "Ben Assessor"),
            cara=people.staff(session, "Cara Candidate", line_manager_id=boss.id),
            boss=boss,
        )


def test_from_an_open_centre_to_a_certificate(
    store: Store, service: Service, clients: Callable[[], Browserlike]
) -> None:
    _prepares(service)
    for login in (service.ann, service.ben):
        _rates(clients().sign_in_as(login), store, login)
    centre = store.one(select(Centre))
    _washes_up(service.coordinator, centre)
    _decides(service.coordinator)

    certificate, decision = store.one(select(Certificate)), store.one(select(Decision))
    assert (certificate.staff_id, certificate.decision_id) == (service.cara.id, decision.id)
    service.coordinator.get(f"/centres/{centre.id}/candidates/{decision.candidacy_id}/decision")
    assert certificate.number in service.coordinator.page.main  # type: ignore[union-attr]

    service.coordinator.get(f"/centres/{centre.id}")
    assert "is closed" in service.coordinator.fill(button="Close the centre").banner
    assert store.one(select(Centre)).closed_at is not None
    told = {entry.event for entry in store.all(select(TrailEntry).where(TrailEntry.staff_id == service.cara.id))}
    assert told == {
        *("candidate.put_forward", "assessor.seated", "form.saved", "form.sealed", "papers.viewed"),
        *("outcome.computed", "decision.viewed", "decision.signed", "certificate.issued"),
    }


def _prepares(service: Service) -> None:
    """Open a centre, put Cara forward, and give her two assessors in every exercise."""
    coordinator = service.coordinator
    coordinator.get("/centres/")
    coordinator.follow("Open a centre")
    page = coordinator.fill({"title": "North, spring", "venue": "Court Street", "held_on": date(2027, 3, 15)})
    assert "North, spring is open" in page.banner
    coordinator.follow("Put a candidate forward")
    coordinator.fill({"words": "cara"}, form='form[role="search"]')
    page = coordinator.fill({"candidate": service.cara.id, "nominated_by": service.boss.number}, button="Put forward")
    assert "Cara Candidate is put forward" in page.banner
    coordinator.follow("Give them to assessors")
    both = {"assessor": service.ann.staff_id, "second": service.ben.staff_id}
    page = coordinator.fill(both, button="Give them these places")
    assert "6 places are given" in page.banner


def _rates(browser: Browserlike, store: Store, login: Account) -> None:
    """Rate and seal every form of the assessor, saving half-way."""
    page = browser.get("/centres/mine")
    assert len(page.all("main tbody tr")) == 3
    for form in store.all(select(RatingForm).where(RatingForm.assessor_id == login.staff_id)):
        page = browser.get(f"/centres/forms/{form.id}")
        browser.fill(filled(page, [4]), button="Save and go on later")
        page = browser.fill(filled(page, [4, 4, 4, 4]), button="Seal the form", page=browser.page)
        assert "is sealed" in page.banner


def _washes_up(chair: Browserlike, centre: Centre) -> None:
    """Compute the outcome of every exercise, none of which has anything to discuss."""
    for title in ("role play", "presentation", "formal interview"):
        page = chair.get(f"/centres/{centre.id}/wash-up")
        assert "4, 4" in page.main
        chair.follow(f"Evidence of the {title} of Cara Candidate")
        page = chair.fill(button="Compute the outcome")
        assert f"The outcome of the {title} is competent" in page.banner


def _decides(chair: Browserlike) -> None:
    """Sign the decision that follows."""
    page = chair.follow("Go to the decision on Cara Candidate")
    assert "What follows: Selected" in page.main
    page = chair.fill({"note": "All three on the day."}, button="Sign the decision")
    assert "is signed: selected" in page.banner
    for shown in ("Facilitators, version 1", "0" * 64, "Chris Chair, chair", "All three on the day."):
        assert shown in page.main
