"""Deselection by a panel, the one appeal against it, and reinstatement."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.models.authorisations import Authorisation, Stop
from selection.models.notices import Notice
from selection.models.people import Account
from selection.models.stops import StopAppeal, StopRole
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import people
from tests.factories.delivery import Delivery, delivery
from tests.pages import Browserlike, Page
from tests.store import Store


class World:
    """A group with Fay on it, two more for a panel, and somebody who can hear an appeal."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.session() as session:
            self.team: Delivery = delivery(session)
            self.pat, self.quinn = people.staff(session, "Pat Panel"), people.staff(session, "Quinn Panel")
            self.fay: Account = people.account(session, Role.STAFF_MEMBER, of=self.team.facilitator)
            self.hearer: Account = people.account(session, Role.TREATMENT_MANAGER)
            self.pat_signed_in: Account = people.account(session, Role.TREATMENT_MANAGER, of=self.pat)

    def letter(self, key: str) -> str:
        return self.store.one(select(Notice).where(Notice.key == key)).body

    def rights(self) -> list[tuple[date, date]]:
        query = select(Authorisation).where(Authorisation.staff_id == self.team.facilitator.id)
        return [(one.valid_from, one.valid_to) for one in self.store.all(query.order_by(Authorisation.id))]


@pytest.fixture
def world(store: Store, clock: Clock) -> World:
    return World(store)


@pytest.fixture
def deselected(world: World, clients: Callable[[], Browserlike]) -> Stop:
    client = clients().sign_in_as(world.team.lead)
    client.get(f"/authorisations/staff/{world.team.facilitator.id}/stop")
    client.fill({"kind": "deselection", "reason": "Would not.", "panel": "Pat Panel\nQuinn Panel"}, button="Stop")
    found: Stop = world.store.one(select(Stop))
    return found


def test_a_deselection_takes_a_panel_without_the_person(world: World, client: Browserlike) -> None:
    client.sign_in_as(world.team.lead)
    name = world.team.facilitator.name
    for panel, sentence in (
        ("", "a panel of at least 3, and 1 are named"),
        ("Pat Panel\nPat Panel", "a panel of at least 3, and 2 are named"),
        (f"Pat Panel\n{name}", "The person cannot be on the panel."),
        ("Pat Panel\nNo Body", "Nobody has the number or the name “No Body”."),
    ):
        client.get(f"/authorisations/staff/{world.team.facilitator.id}/stop")
        page = client.fill({"kind": "deselection", "reason": "Would not.", "panel": panel}, button="Stop")
        assert any(sentence in error for error in page.errors), page.errors
    assert world.store.count(Stop) == 0


def test_an_appeal_that_is_upheld_reinstates(
    world: World, deselected: Stop, clients: Callable[[], Browserlike]
) -> None:
    fay, pat, hearer = (clients().sign_in_as(one) for one in (world.fay, world.pat_signed_in, world.hearer))
    assert world.rights()[0][1] == date(2027, 3, 14)
    told = world.letter(f"stop:{deselected.id}:decided:{world.team.facilitator.email}")
    assert "deselected on every programme" in told
    assert "Why: Would not." in told
    assert "You can appeal once, until 12 April 2027" in told
    page = fay.get("/staff/me")
    page = fay.follow("Deselection")
    assert f"Pat Panel, {world.team.lead.name}, Quinn Panel" in page.main
    fay.follow("Appeal against it")
    assert fay.fill({"grounds": " "}).errors
    fay.fill({"grounds": "The reviews were of another group."})
    where = f"/authorisations/stops/{deselected.id}"
    assert any("there is one at most" in error for error in _lodge(fay, where).errors)
    appeal_id = world.store.one(select(StopAppeal)).id
    keys = world.store.all(select(Notice.key).where(Notice.key.startswith(f"stop_appeal:{appeal_id}:lodged:")))
    assert keys == [f"stop_appeal:{appeal_id}:lodged:{world.hearer.staff_id}"], "who decided does not hear it"
    waits = f"Appeal of {world.team.facilitator.name}"
    assert [waits in one.get("/").main for one in (hearer, pat, fay)] == [True, False, False]
    pat.get(f"{where}/hearing")
    page = pat.fill({"outcome": "dismissed", "reason": "No."}, button="Decide")
    assert any("You were on the panel" in error for error in page.errors)
    hearer.get(f"{where}/hearing")
    page = hearer.fill({"outcome": "upheld", "reason": "They were."}, button="Decide")
    assert "Upheld" in page.main
    assert "The deselection ends." in world.letter(f"stop_appeal:{appeal_id}:decided:{world.team.facilitator.email}")
    assert waits not in hearer.get("/").main
    assert world.store.one(select(Stop)).to_day == TODAY
    assert world.rights()[-1][0] == date(2027, 3, 16)
    appeal = world.store.one(select(StopAppeal))
    assert (appeal.outcome, appeal.heard_by_id) == ("upheld", world.hearer.staff_id)
    with pytest.raises(DatabaseError):
        world.store.sql("UPDATE stop_appeal SET outcome = 'dismissed'")


def _lodge(browser: Browserlike, where: str) -> Page:
    browser.get(f"{where}/appeal")
    return browser.fill({"grounds": "Again."})


def test_one_that_is_dismissed_leaves_it_and_a_late_one_is_refused(
    world: World, deselected: Stop, clients: Callable[[], Browserlike], clock: Clock
) -> None:
    fay, hearer = clients().sign_in_as(world.fay), clients().sign_in_as(world.hearer)
    where = f"/authorisations/stops/{deselected.id}"
    clock.set(date(2027, 4, 13))
    assert any("until 12 April 2027" in error for error in _lodge(fay, where).errors)
    clock.set(date(2027, 4, 12))
    assert not _lodge(fay, where).errors
    hearer.get(f"{where}/hearing")
    hearer.fill({"outcome": "dismissed", "reason": "It stands."}, button="Decide")
    assert len(world.rights()) == 1
    assert any("decided already" in error for error in _hear(hearer, where).errors)


def _hear(browser: Browserlike, where: str) -> Page:
    browser.get(f"{where}/hearing")
    return browser.fill({"outcome": "upheld", "reason": "Yes."}, button="Decide")


def test_others_do_not_see_it(world: World, deselected: Stop, clients: Callable[[], Browserlike]) -> None:
    with world.store.session() as session:
        other = people.account(session, Role.STAFF_MEMBER)
        south = people.account(session, Role.TRAINING_LEAD, in_area="South")
    for account in (other, south):
        for what in ("", "/appeal"):
            clients().sign_in_as(account).get(f"/authorisations/stops/{deselected.id}{what}", expect=404)
    assert world.store.count(StopRole) == 3
