"""The same race through the pages: a manager assigns somebody while a training lead withdraws their certificate."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from selection.authorisation.invariant import rows
from selection.models.authorisations import Certificate
from selection.models.groups import Assignment
from selection.models.people import Staff
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import chain, people
from tests.factories.delivery import LAST, Delivery, delivery
from tests.forms import Form
from tests.pages import Browserlike
from tests.store import Store

RACES = 10


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    with store.session() as session:
        return delivery(session)


def test_of_the_two_exactly_one_wins(store: Store, clients: Callable[[], Browserlike], team: Delivery) -> None:
    with store.session() as session:
        manager = people.account(session, Role.PROGRAMME_MANAGER)
        newcomers = [people.staff(session, f"Newcomer {number}") for number in range(RACES)]
        for person in newcomers:
            chain.authorised(session, person, team.programme, by=team.lead)
    assigning, withdrawing = clients(), clients()
    assigning.sign_in_as(manager)
    withdrawing.sign_in_as(team.lead)
    won = []
    with ThreadPoolExecutor(2) as pool:
        for number, person in enumerate(newcomers):
            start = Barrier(2)
            steps = [
                pool.submit(_assign, assigning, team, person, start),
                pool.submit(_withdraw, withdrawing, store, person, start),
            ]
            assigned, withdrawn = (step.result() for step in steps)
            assert assigned != withdrawn, f"race {number}: assigned {assigned}, withdrawn {withdrawn}"
            won.append("assigned" if assigned else "withdrawn")
            _look(store, person, assigned=assigned)
    assert len(won) == RACES


def _assign(client: Browserlike, team: Delivery, person: Staff, start: Barrier) -> bool:
    page = client.get(f"/groups/{team.group.id}/assign", words=person.number)
    form = Form(page.soup.select_one("main form[method=post]"))  # type: ignore[arg-type]
    data = form.sent() | {
        "staff_id": [str(person.id)], "kind": ["regular"], "first": [TODAY.isoformat()], "last": [LAST.isoformat()],
    }  # fmt: skip
    start.wait()
    response = client.http.post(f"/groups/{team.group.id}/assign", data=data)
    assert response.status_code in {302, 409}, response.get_data(as_text=True)
    return response.status_code == 302


def _withdraw(client: Browserlike, store: Store, person: Staff, start: Barrier) -> bool:
    query = select(Certificate.id).where(Certificate.staff_id == person.id, Certificate.stage == Stage.FUNDAMENTAL)
    url = f"/authorisations/certificates/{store.one(query)}/withdraw"
    form = client.get(url).form()
    form.fill({"reason": "Found wanting"})
    start.wait()
    response = client.http.post(url, data=form.sent())
    assert response.status_code in {200, 302, 409}, response.get_data(as_text=True)
    return response.status_code == 302


def _look(store: Store, person: Staff, *, assigned: bool) -> None:
    assert store.count(Assignment, Assignment.facilitator_id == person.id) == int(assigned)
    with store.engine.connect() as connection:
        assert [finding.check for finding in rows.findings(connection) if not finding.holds] == []
