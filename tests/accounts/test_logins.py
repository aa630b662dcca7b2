"""Logins as administrators keep them: who gets which roles where, and whose sessions end."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from selection.accounts.logins import queries
from selection.core.clock import now
from selection.models.people import Account, Area, Grant, Staff
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import people
from tests.pages import Browserlike, Page
from tests.store import Store

Clients = Callable[[], Browserlike]


@dataclass
class There:
    """Two administrators, a person without a login, one with, and two areas."""

    admin: Account
    north_admin: Account
    ann: Staff
    ben: Account
    north: Area
    south: Area


@pytest.fixture
def there(store: Store, clock: Clock) -> There:
    with store.session() as session:
        return There(
            admin=people.account(session, Role.ADMINISTRATOR, of=people.staff(session, "Wanda Whole")),
            north_admin=people.account(
                session, Role.ADMINISTRATOR, of=people.staff(session, "Nora North"), in_area="North"
            ),
            ann=people.staff(session, "Ann Ó Other", number="A-1", email="ann@service.example"),
            ben=people.account(session, Role.ASSESSOR, of=people.staff(session, "Ben Bow"), in_area="North"),
            north=people.area(session, "North"),
            south=people.area(session, "South"),
        )


@pytest.fixture
def client(clients: Clients, there: There) -> Browserlike:
    """The browser of the administrator of the whole service."""
    return clients().sign_in_as(there.admin)


def _login(store: Store, email: str) -> Account:
    query = select(Account).where(Account.email == email).options(joinedload(Account.grants))
    found: Account = store.one(query)
    return found


def _roles(store: Store, email: str) -> set[tuple[str, int | None]]:
    return {(grant.role, grant.area_id) for grant in _login(store, email).grants}


def _events(store: Store) -> list[str]:
    return list(store.all(select(TrailEntry.event).order_by(TrailEntry.id)))


def _password(page: Page) -> str:
    shown = page.words("#password")
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", shown)
    return shown


def test_a_staff_member_gets_a_login_and_signs_in(
    client: Browserlike, clients: Clients, store: Store, there: There
) -> None:
    client.get("/logins")
    client.follow("Make a login for a staff member")
    page = client.fill(
        {
            "number": " A-1 ",
            "roles-0-role": "assessor",
            "roles-0-area": "all",
            "roles-2-role": "training_lead",
            "roles-2-area": str(there.south.id),
        },
        button="Make the login",
    )
    assert page.heading == "First password of Ann Ó Other"
    password = _password(page)
    made = _login(store, "ann@service.example")
    assert (made.staff_id, made.name, made.active) == (there.ann.id, "Ann Ó Other", True)
    assert _roles(store, made.email) == {("assessor", None), ("training_lead", there.south.id)}
    entry = store.one(select(TrailEntry))
    assert (entry.event, entry.subject_id, entry.staff_id, entry.actor_id) == (
        "account.created",
        made.id,
        there.ann.id,
        there.admin.id,
    )
    assert (entry.after or {})["roles"] == ["Assessor in the whole service", "Training lead in South"]
    assert password not in str(entry.after)
    assert password not in client.follow("I have written it down").text, "it is shown once"
    assert "/sign-in" not in clients().sign_in("ann@service.example", password).url


def test_an_outside_auditor_gets_a_login(client: Browserlike, store: Store, there: There) -> None:
    client.get("/logins/external")
    given = {"name": "Olga Outside", "email": "Olga@Audit.Example", "roles-0-role": "assessor"}
    page = client.fill(given, button="Make the login")
    (error,) = page.errors
    assert error.startswith("Assessor is a role for staff members. Somebody who is not on the register can be an")
    assert page.soup.select_one("#email")["value"] == "Olga@Audit.Example"  # type: ignore[index]
    _password(client.fill({"roles-0-role": "auditor"}, button="Make the login"))
    assert _login(store, "olga@audit.example").staff_id is None
    assert _roles(store, "olga@audit.example") == {("auditor", None)}
    page = client.get("/logins", words="olga")
    assert page.table() == [
        {
            "Name": "Olga Outside from outside",
            "E-mail address": "olga@audit.example",
            "Roles": "Auditor in the whole service",
            "State": "Open",
        }
    ]


@pytest.mark.parametrize(
    ("number", "role", "error"),
    [
        ("", "assessor", "Enter the staff number"),
        ("NOBODY", "assessor", "Nobody of your areas has the number NOBODY."),
        ("A-1", "", "There is no role. Give at least one, or close the login."),
        ("GONE", "assessor", "This person has left the service."),
        ("TWICE", "assessor", "This person has a login already."),
        ("SAME", "assessor", "Another login has this e-mail address."),
    ],
)
def test_a_login_that_may_not_be_made(
    client: Browserlike, store: Store, there: There, number: str, role: str, error: str
) -> None:
    with store.session() as session:
        people.staff(session, number="GONE", left_on=TODAY.replace(day=14))
        people.account(session, Role.STAFF_MEMBER, of=people.staff(session, number="TWICE"))
        outside = people.account(session, Role.AUDITOR)
        outside.staff_id, outside.email = None, "same@service.example"
        people.staff(session, number="SAME", email="same@service.example")
    before = store.count(Account)
    client.get("/logins/new")
    page = client.fill({"number": number, "roles-0-role": role}, button="Make the login")
    assert page.errors[0].startswith(error)
    assert page.all("#roles-0-role option[selected]") == [{"assessor": "Assessor", "": "No role"}[role]]
    assert store.count(Account) == before
    assert _events(store) == []


@pytest.mark.parametrize(("email", "error"), [("x", "not an e-mail address"), ("BEN", "Another login has this")])
def test_an_address_of_an_outsider_that_may_not_be(
    client: Browserlike, store: Store, there: There, email: str, error: str
) -> None:
    client.get("/logins/external")
    given = {"name": "Olga", "email": there.ben.email.upper() if email == "BEN" else email, "roles-0-role": "auditor"}
    assert error in client.fill(given, button="Make the login").errors[0]


def test_a_repeated_submit_makes_one_login(client: Browserlike, store: Store, there: There) -> None:
    form = client.get("/logins/new")
    given = {"number": "A-1", "roles-0-role": "assessor"}
    client.fill(given, button="Make the login")
    page = client.fill(given, page=form, button="Make the login")
    assert page.errors == ["This person has a login already. Change the roles of that one."]
    assert store.count(Account, Account.staff_id == there.ann.id) == 1


@pytest.mark.parametrize("external", [True, False])
def test_who_is_a_moment_too_late_gets_a_sentence(
    client: Browserlike, store: Store, there: There, monkeypatch: pytest.MonkeyPatch, external: bool
) -> None:
    monkeypatch.setattr(queries, "taken", lambda *_, **__: (False, False))
    with store.session() as session:
        number = session.get_one(Staff, there.ben.staff_id).number
        session.get_one(Account, there.ben.id).email = "old@service.example"
    client.get("/logins/external" if external else "/logins/new")
    who = {"name": "Olga", "email": "old@service.example"} if external else {"number": number}
    role = {"roles-0-role": "auditor"}
    page = client.fill(who | role, button="Make the login")
    assert page.errors[0].startswith("Another login has this" if external else "This person has a login already.")
    assert _events(store) == []


def test_roles_are_changed_and_count_as_a_new_version(client: Browserlike, store: Store, there: There) -> None:
    url = f"/logins/{there.ben.id}"
    old = client.get(url)
    assert old.all("select option[selected]")[:2] == ["Assessor", "North"]
    client.fill({"roles-0-role": "", "roles-1-role": "auditor", "roles-1-area": "all"}, button="Save")
    assert _roles(store, there.ben.email) == {("auditor", None)}
    entry = store.one(select(TrailEntry))
    assert (entry.event, entry.before, entry.after) == (
        "account.changed",
        {"roles": ["Assessor in North"]},
        {"roles": ["Auditor in the whole service"]},
    )
    assert _login(store, there.ben.email).version == 2
    page = client.fill({"name": "Benjamin"}, page=old, button="Save", expect=409)
    rows = {row["Field"]: (row["Stored now"], row["What you sent"]) for row in page.table()}
    assert rows["Roles"] == ("Auditor in the whole service", "Assessor in North (differs)")
    assert rows["Name"] == ("Ben Bow", "Benjamin (differs)")


def test_the_same_sent_twice_changes_once_and_nothing_different_changes_nothing(
    client: Browserlike, store: Store, there: There
) -> None:
    old = client.get(f"/logins/{there.ben.id}")
    given = {"roles-1-role": "auditor", "roles-1-area": "all"}
    client.fill(given, button="Save")
    assert "Nothing was different." in client.fill(given, page=old, button="Save").banner
    assert "Nothing was different." in client.fill(button="Save").banner
    assert _events(store) == ["account.changed"]


def test_the_same_role_twice_is_one(client: Browserlike, store: Store, there: There) -> None:
    client.get(f"/logins/{there.ben.id}")
    client.fill({"roles-1-role": "assessor", "roles-1-area": str(there.north.id)}, button="Save")
    assert store.count(Grant, Grant.account_id == there.ben.id) == 1


def test_nobody_takes_their_own_role_of_administrator(client: Browserlike, store: Store, there: There) -> None:
    with store.session() as session:
        people.account(session, Role.ADMINISTRATOR)
    page = client.get(f"/logins/{there.admin.id}")
    assert "Close the login" not in page.main
    for given in ({"roles-0-role": "auditor"}, {"roles-0-area": str(there.north.id)}):
        client.get(f"/logins/{there.admin.id}")
        page = client.fill(given, button="Save")
        assert page.errors == ["Nobody takes their own role of administrator. Ask another administrator."]
    token = page.form(button="Save").sent()["csrf_token"]
    page = client.post(f"/logins/{there.admin.id}/close", {"csrf_token": token}, expect=409)
    assert "Nobody closes their own login." in page.main
    sent = {"csrf_token": token, "version": str(there.admin.version)}
    page = client.post(f"/logins/{there.admin.id}/password", sent, expect=409)
    assert "This is your own login." in page.main
    assert _roles(store, there.admin.email) == {("administrator", None)}
    assert _login(store, there.admin.email).active


def test_another_administrators_role_can_be_taken(client: Browserlike, store: Store, there: There) -> None:
    client.get(f"/logins/{there.north_admin.id}")
    client.fill({"roles-0-role": "staff_member"}, button="Save")
    assert _roles(store, there.north_admin.email) == {("staff_member", there.north.id)}


def test_a_closed_login_is_out_at_once_and_in_again_when_it_is_opened(
    client: Browserlike, clients: Clients, store: Store, there: There
) -> None:
    ben = clients().sign_in_as(there.ben)
    assert ben.get("/").path == "/"
    client.get(f"/logins/{there.ben.id}")
    page = client.fill(button="Close the login")
    assert "is closed" in page.banner
    assert ben.get("/").path == "/sign-in"
    assert clients().sign_in(there.ben.email, people.PASSWORD).path == "/sign-in"
    assert client.get("/logins", words="Ben").table()[0]["State"] == "Closed"

    client.get(f"/logins/{there.ben.id}")
    client.fill(button="Open the login")
    assert ben.get("/").path == "/sign-in", "its old sessions stay ended"
    assert clients().sign_in(there.ben.email, people.PASSWORD).path == "/"
    entries = store.all(select(TrailEntry).where(TrailEntry.event == "account.changed").order_by(TrailEntry.id))
    assert [entry.after for entry in entries] == [{"active": False}, {"active": True}]


def test_closing_twice_closes_once(client: Browserlike, store: Store, there: There) -> None:
    page = client.get(f"/logins/{there.ben.id}")
    client.fill(button="Close the login")
    key = _login(store, there.ben.email).session_key
    client.fill(page=page, button="Close the login")
    assert _events(store) == ["account.changed"]
    assert _login(store, there.ben.email).session_key == key


def test_a_new_first_password_ends_sessions_and_a_lock(
    client: Browserlike, clients: Clients, store: Store, there: There
) -> None:
    ben = clients().sign_in_as(there.ben)
    with store.session() as session:
        session.get_one(Account, there.ben.id).locked_until = now() + timedelta(minutes=15)
    assert client.get("/logins", words="Ben").table()[0]["State"] == "Locked for now"
    old = client.get(f"/logins/{there.ben.id}")
    password = _password(client.fill(button="Set a new first password"))
    assert ben.get("/").path == "/sign-in"
    assert clients().sign_in(there.ben.email, people.PASSWORD).path == "/sign-in"
    assert clients().sign_in(there.ben.email, password).path == "/"
    key = _login(store, there.ben.email).password_hash
    client.fill(page=old, button="Set a new first password", expect=409)
    assert _login(store, there.ben.email).password_hash == key, "a repeated submit sets no other"


def test_logins_are_found_by_name_number_address_and_role(client: Browserlike, store: Store, there: There) -> None:
    with store.session() as session:
        of = people.staff(session, "Zoë Ó Briain", number="Z-9", email="quite.another@service.example")
        people.account(session, Role.AUDITOR, of=of)
    for words in ("zoe", "bri", "z-9", "quite.an", "Another"):
        assert [row["Name"] for row in client.get("/logins", words=words).table()] == ["Zoë Ó Briain"], words
    assert [row["Name"] for row in client.get("/logins", role="assessor").table()] == ["Ben Bow"]
    assert len(client.get("/logins", role="x").table()) == 4
    assert "No login matches" in client.get("/logins", words="nobody").main
    assert "No login matches" in client.get("/logins", words="100%_'").main


def test_a_list_of_many_is_paged_and_takes_few_queries(
    app: Flask, client: Browserlike, store: Store, there: There
) -> None:
    with store.session() as session:
        for number in range(30):
            people.account(session, Role.ASSESSOR, Role.STAFF_MEMBER, of=people.staff(session, f"Person {number:02}"))
    with counted(app) as sent:
        page = client.get("/logins")
    assert len(sent) <= 6, "\n".join(sent)
    assert (len(page.table()), page.words(".app-count")) == (25, "1 to 25 of 33")
    assert page.table()[-1]["Roles"] == "Assessor in the whole service Staff member in the whole service"
    assert len(client.follow("Next page").table()) == 8
    for beyond in ("99", "9" * 30, "-1", "x"):
        client.get("/logins", page=beyond)


def test_an_administrator_of_an_area_keeps_the_logins_of_that_area_alone(
    clients: Clients, store: Store, there: There
) -> None:
    with store.session() as session:
        sam = people.account(session, Role.ASSESSOR, of=people.staff(session, "Sam", in_area="South"), in_area="South")
        wide = people.account(session, Role.ADMINISTRATOR, of=people.staff(session, "Will Wide"))
        people.staff(session, "Sue", number="SUE", in_area="South")
    client = clients().sign_in_as(there.north_admin)
    assert [row["Name"] for row in client.get("/logins").table()] == ["Ben Bow", "Nora North"]
    for login in (sam, wide, there.admin):
        client.get(f"/logins/{login.id}", expect=404)
    page = client.get(f"/logins/{there.ben.id}")
    assert page.all("#roles-0-area option") == ["North"], "no role in the whole service is offered"
    token = page.form(button="Save").sent()
    for login in (wide, sam):
        for verb in ("close", "open", "password"):
            client.post(f"/logins/{login.id}/{verb}", token, expect=404)
    for area in ("all", str(there.south.id)):
        page = client.post(f"/logins/{there.ben.id}", token | {"roles-0-area": [area]})
        assert page.errors == ["A role lies outside your areas. Give roles in your own areas only."]
    client.get("/logins/new")
    page = client.fill({"number": "SUE", "roles-0-role": "assessor"}, button="Make the login")
    assert page.errors[0].startswith("Nobody of your areas has the number SUE.")
    assert _roles(store, there.ben.email) == {("assessor", there.north.id)}


def test_only_administrators_see_logins(clients: Clients, store: Store, there: There) -> None:
    client = clients().sign_in_as(there.ben)
    for page in ("/logins", "/logins/new", "/logins/external", f"/logins/{there.ben.id}"):
        client.get(page, expect=403)
    clients().sign_in_as(there.admin).get("/logins/987654", expect=404)


def test_writes_take_few_queries(app: Flask, client: Browserlike, store: Store, there: There) -> None:
    for url, given in (
        ("/logins/new", {"number": "A-1", "roles-0-role": "assessor"}),
        (f"/logins/{there.ben.id}", {"email": "new@service.example", "roles-0-role": "", "roles-1-role": "auditor"}),
    ):
        form = client.get(url).form('form:has([name="roles-0-role"])')
        form.fill(given)
        with counted(app) as sent:
            client.http.post(url, data=form.sent())
        assert len(sent) <= 8, "\n".join(sent)
