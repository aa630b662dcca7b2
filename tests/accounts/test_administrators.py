"""The service is never without an administrator, and the first one comes in by a command."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core.clock import now
from selection.models.people import Account, Grant
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]

LAST = "Nobody else administers the whole service. Make somebody else an administrator of the whole service first."


@pytest.fixture
def wanda(store: Store, clock: Clock) -> Account:
    with store.session() as session:
        return people.account(session, Role.ADMINISTRATOR, of=people.staff(session, "Wanda Whole"))


def _open_administrators(store: Store) -> int:
    open_ones = select(Account.id).where(Account.active)
    return store.count(
        Grant, Grant.role == Role.ADMINISTRATOR, Grant.area_id.is_(None), Grant.account_id.in_(open_ones)
    )


def test_the_last_administrator_keeps_the_role(clients: Clients, store: Store, wanda: Account) -> None:
    with store.session() as session:
        people.account(session, Role.ADMINISTRATOR, in_area="North")
        people.account(session, Role.ADMINISTRATOR).active = False
    client = clients().sign_in_as(wanda)
    client.get(f"/logins/{wanda.id}")
    assert client.fill({"roles-0-role": "auditor"}, button="Save").errors[0] == LAST
    assert _open_administrators(store) == 1


def test_one_of_two_can_be_closed_and_then_the_other_is_the_last(
    clients: Clients, store: Store, wanda: Account
) -> None:
    with store.session() as session:
        other = people.account(session, Role.ADMINISTRATOR)
    clients().sign_in_as(wanda).get(f"/logins/{other.id}")
    client = clients().sign_in_as(wanda)
    client.get(f"/logins/{other.id}")
    assert "is closed" in client.fill(button="Close the login").banner
    client.get(f"/logins/{wanda.id}")
    assert LAST in client.fill({"roles-0-role": ""}, button="Save").errors
    assert _open_administrators(store) == 1


@pytest.mark.parametrize("verb", ["close", "change"])
def test_two_who_take_each_others_role_at_once_leave_one(
    clients: Clients, store: Store, wanda: Account, verb: str
) -> None:
    with store.session() as session:
        other = people.account(session, Role.ADMINISTRATOR)
    browsers = []
    for who, whom in ((wanda, other), (other, wanda)):
        client = clients().sign_in_as(who)
        sent = client.get(f"/logins/{whom.id}").form(button="Save").sent()
        url = f"/logins/{whom.id}/close" if verb == "close" else f"/logins/{whom.id}"
        browsers.append((client, url, sent | {"roles-0-role": ["auditor"]}))
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(client.http.post, url, data=sent) for client, url, sent in browsers]
        assert all(answer.result().status_code < 500 for answer in answers)
    assert _open_administrators(store) == 1


def test_who_is_locked_out_can_be_let_in_at_once(
    app: Flask, clients: Clients, store: Store, clock: Clock, wanda: Account
) -> None:
    with store.session() as session:
        ben = people.account(session, Role.STAFF_MEMBER)
    trying = clients()
    for _ in range(10):
        trying.get("/sign-in")
        trying.fill({"email": ben.email, "password": "something else"})
    client = clients().sign_in_as(wanda)
    page = client.get(f"/logins/{ben.id}")
    assert "Locked for now" in page.main
    assert "opens by itself on 15 March 2027, 12:15" in page.main
    answer = client.fill(button="Let them try again now")
    assert "can try to sign in again" in answer.banner
    assert "Locked for now" not in answer.main
    client.fill(button="Let them try again now", page=page)
    assert clients().sign_in(ben.email, people.PASSWORD).path == "/"
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "account.changed"))
    assert (entry.before, entry.after) == ({"locked_until": "2027-03-15T12:15:00+00:00"}, {"locked_until": None})
    assert (entry.subject_id, entry.staff_id, entry.actor_id) == (ben.id, ben.staff_id, wanda.id)
    assert now().isoformat().startswith("2027-03-15T12:00")


def test_an_administrator_of_an_area_keeps_the_auditors_from_outside_that_see_no_further(
    clients: Clients, store: Store, clock: Clock
) -> None:
    with store.session() as session:
        north = people.account(session, Role.ADMINISTRATOR, in_area="North")
        wide = people.account(session, Role.AUDITOR)
        wide.staff_id = None
    client = clients().sign_in_as(north)
    client.get("/logins/external")
    given = {"name": "Olga", "email": "olga@audit.example", "roles-0-role": "auditor"}
    client.fill(given, button="Make the login")
    assert client.follow("I have written it down").heading == "Login Olga"
    client.get(f"/logins/{wide.id}", expect=404)


def test_the_command_makes_the_first_administrator(app: Flask, clients: Clients, store: Store, clock: Clock) -> None:
    run = app.test_cli_runner().invoke
    done = run(args=["logins", "create-administrator", "First@Service.Example", " Fiona  First "])
    assert done.exit_code == 0, done.output
    assert "Fiona First administers the whole service, and signs in as first@service.example" in done.output
    found = re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", done.output)
    assert found, done.output
    client = clients()
    assert client.sign_in("first@service.example", found[0]).path == "/"
    assert [row["Name"] for row in client.get("/logins").table()] == ["Fiona First from outside"]
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "account.created"))
    assert (entry.actor_id, entry.actor_name) == (None, "flask logins create-administrator")
    assert found[0] not in str(entry.after)


@pytest.mark.parametrize(
    ("email", "name", "error"),
    [
        ("WANDA", "Wanda", "Another login has this e-mail address."),
        ("nowhere", "Wanda", "This is not an e-mail address."),
        ("fine@service.example", " ", "The name is missing."),
    ],
)
def test_the_command_says_why_it_makes_none(
    app: Flask, store: Store, wanda: Account, email: str, name: str, error: str
) -> None:
    email = wanda.email.upper() if email == "WANDA" else email
    done = app.test_cli_runner().invoke(args=["logins", "create-administrator", email, name])
    assert done.exit_code == 1
    assert error in done.output
    assert store.count(Account) == 1
