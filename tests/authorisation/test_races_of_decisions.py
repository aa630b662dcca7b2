"""Two at once: an appeal is lodged and heard once, and a certificate is found false once."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from selection.models.authorisations import Certificate, Stop
from selection.models.people import Account
from selection.models.stops import Breach, StopAppeal, StopRole
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people, standings
from tests.factories.delivery import Delivery, delivery
from tests.pages import Browserlike
from tests.races import Sent, one_wins
from tests.store import Store


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    with store.session() as session:
        return delivery(session)


def _leads(store: Store, clients: Callable[[], Browserlike]) -> list[Browserlike]:
    with store.session() as session:
        accounts: list[Account] = [people.account(session, Role.TREATMENT_MANAGER) for _ in range(2)]
    return [clients().sign_in_as(account) for account in accounts]


def test_an_appeal_is_lodged_once_and_heard_once(
    store: Store, team: Delivery, clients: Callable[[], Browserlike]
) -> None:
    with store.session() as session:
        idle = people.staff(session, "Una Idle")
        account = people.account(session, Role.STAFF_MEMBER, of=idle)
        stop: Stop = standings.stop(session, idle, by=team.lead, kind="deselection")
    where, leads = f"/authorisations/stops/{stop.id}", _leads(store, clients)
    lodging: list[Sent] = []
    for browser in (clients().sign_in_as(account), leads[0]):
        sent = browser.get(f"{where}/appeal").form().sent()
        lodging.append((browser, f"{where}/appeal", {**sent, "grounds": "The wrong group."}))
    one_wins(*lodging)
    assert store.count(StopAppeal) == 1
    hearing: list[Sent] = []
    for browser, outcome in zip(leads, ("upheld", "dismissed"), strict=True):
        sent = browser.get(f"{where}/hearing").form(button="Decide").sent()
        hearing.append((browser, f"{where}/hearing", {**sent, "outcome": outcome, "reason": "Seen."}))
    one_wins(*hearing)
    appeal = store.one(select(StopAppeal))
    assert store.count(StopRole, StopRole.staff_id == appeal.heard_by_id) == 1
    assert store.count(StopRole, StopRole.part == "appeal") == 1


def test_a_certificate_is_found_false_once(store: Store, team: Delivery, clients: Callable[[], Browserlike]) -> None:
    held = (Certificate.staff_id == team.facilitator.id, Certificate.stage == Stage.SELECTION)
    where = f"/authorisations/certificates/{store.one(select(Certificate.id).where(*held))}/false"
    finding: list[Sent] = []
    for browser in _leads(store, clients):
        sent = browser.get(where).form(button="Record").sent()
        finding.append((browser, where, {**sent, "reason": "Forged."}))
    one_wins(*finding)
    assert store.count(Breach) == 1
