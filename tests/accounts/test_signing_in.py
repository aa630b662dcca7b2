"""Signing in: who gets in, who does not and hears no more than that, and when sessions end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from selection.accounts.actions import TRIES
from selection.core.clock import LONDON
from selection.models.people import Account
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import people
from tests.pages import Browserlike, Page
from tests.store import Store

Clients = Callable[[], Browserlike]

WRONG = "The email address or the password is not right."
LOCKED = "Too many tries. Wait a quarter of an hour, then try again."
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=LONDON)


@pytest.fixture
def ben(store: Store, clock: Clock) -> Account:
    with store.session() as session:
        return people.account(session, Role.STAFF_MEMBER)


def _stored(store: Store, login: Account) -> Account:
    found: Account = store.one(select(Account).where(Account.id == login.id))
    return found


def _events(store: Store) -> list[str]:
    return list(store.all(select(TrailEntry.event).order_by(TrailEntry.id)))


def _try(client: Browserlike, login: Account, password: str, *, expect: int = 200) -> Page:
    client.get("/sign-in")
    return client.fill({"email": login.email, "password": password}, expect=expect)


def test_the_right_password_opens_however_the_address_is_written(
    client: Browserlike, store: Store, ben: Account
) -> None:
    page = client.sign_in(f" {ben.email.upper()} ", people.PASSWORD)
    assert page.path == "/"
    assert _events(store) == ["account.signed_in"]
    assert client.get("/sign-in").path == "/", "who is in already is taken to their work"
    client.get("/")
    assert client.fill(form='form[action="/sign-out"]').path == "/sign-in"
    assert client.get("/").path == "/sign-in"
    assert _events(store)[-1] == "account.signed_out"


def test_a_wrong_password_an_unknown_address_and_a_closed_login_hear_the_same(
    client: Browserlike, store: Store, ben: Account
) -> None:
    with store.session() as session:
        closed = people.account(session, Role.STAFF_MEMBER)
        closed.active = False
    assert client.sign_in(ben.email, "something else").errors == [WRONG]
    assert client.sign_in("nobody@service.example", people.PASSWORD).errors == [WRONG]
    page = client.sign_in(closed.email, people.PASSWORD)
    assert page.errors == [WRONG]
    assert page.soup.select_one("#email")["value"] == closed.email, "what was typed stays"  # type: ignore[index]
    assert people.PASSWORD not in page.text
    assert client.get("/").path == "/sign-in"
    assert _events(store) == ["account.sign_in_failed"], "nothing is kept of addresses that are nobody's"


@pytest.mark.parametrize(("email", "password", "error"), [("", "x", "email address"), ("x@y.example", "", "password")])
def test_an_empty_box_is_said(client: Browserlike, clock: Clock, email: str, password: str, error: str) -> None:
    assert client.sign_in(email, password).errors == [f"Enter your {error}"]


def test_ten_tries_lock_for_a_quarter_of_an_hour(client: Browserlike, clock: Clock, store: Store, ben: Account) -> None:
    for _ in range(TRIES):
        assert _try(client, ben, "something else").errors == [WRONG]
    assert _try(client, ben, people.PASSWORD, expect=429).errors == [LOCKED], "the right password does not help"
    clock.set(NOON + timedelta(minutes=14, seconds=59))
    assert _try(client, ben, people.PASSWORD, expect=429).errors == [LOCKED]
    clock.set(NOON + timedelta(minutes=15))
    assert _try(client, ben, "something else").errors == [WRONG], "it counts from nought again"
    assert _try(client, ben, people.PASSWORD).path == "/"
    stored = _stored(store, ben)
    assert (stored.failed_sign_ins, stored.locked_until) == (0, None)
    failed = store.count(TrailEntry, TrailEntry.event == "account.sign_in_failed")
    assert failed == TRIES + 1, "a try while it is locked is none"


def test_nine_tries_lock_nothing_and_the_right_password_begins_anew(
    client: Browserlike, clients: Clients, store: Store, ben: Account
) -> None:
    for _ in range(2):
        for _ in range(TRIES - 1):
            _try(client, ben, "something else")
        assert clients().sign_in(ben.email, people.PASSWORD).path == "/"
    assert _stored(store, ben).version == ben.version, "tries are no change that an administrator could clash with"


def test_tries_at_once_are_all_counted(app: Flask, clients: Clients, store: Store, ben: Account) -> None:
    browsers = [clients() for _ in range(4)]
    for browser in browsers:
        browser.get("/sign-in")
    with ThreadPoolExecutor(len(browsers)) as pool:
        tries = [pool.submit(each.fill, {"email": ben.email, "password": "something else"}) for each in browsers]
        assert [one.result().errors for one in tries] == [[WRONG]] * len(browsers)
    assert _stored(store, ben).failed_sign_ins == len(browsers)


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/programmes/?page=1", "/programmes/?page=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("\\\\elsewhere.example/", "/"),
        ("/\t/elsewhere.example/", "/"),
        ("/\n/elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("elsewhere.example", "/"),
        ("//[", "/"),
    ],
)
def test_after_signing_in_one_stays_in_the_house(
    client: Browserlike, store: Store, ben: Account, wanted: str, where: str
) -> None:
    client.get("/sign-in", next=wanted)
    sent = client.page.form().sent() if client.page else {}
    sent |= {"email": [ben.email], "password": [people.PASSWORD]}
    response = client.http.post("/sign-in", query_string={"next": wanted}, data=sent)
    assert (response.status_code, response.location) == (302, where)


def test_who_asked_for_a_page_gets_it_after_signing_in(client: Browserlike, ben: Account) -> None:
    assert client.get("/password").path == "/sign-in"
    page = client.fill({"email": ben.email, "password": people.PASSWORD})
    assert page.path == "/password"


def test_a_new_password_ends_the_other_sessions(
    client: Browserlike, clients: Clients, store: Store, ben: Account
) -> None:
    elsewhere = clients().sign_in_as(ben)
    client.sign_in_as(ben).get("/password")
    given = {"old": people.PASSWORD, "new": "quite another password", "again": "quite another password"}
    assert "Your password is new" in client.fill(given, button="Set the new password").banner
    assert client.get("/").path == "/"
    assert elsewhere.get("/").path == "/sign-in"
    assert clients().sign_in(ben.email, people.PASSWORD).errors == [WRONG]
    assert clients().sign_in(ben.email, "quite another password").path == "/"
    assert _events(store)[0] == "account.password_changed"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"old": "something else"}, "That is not your present password."),
        ({"new": "short", "again": "short"}, "The new password needs 10 to 200 characters"),
        ({"again": "quite another passwort"}, "The two new passwords differ"),
    ],
)
def test_a_new_password_that_is_refused(
    client: Browserlike, store: Store, ben: Account, given: dict[str, str], error: str
) -> None:
    usual = {"old": people.PASSWORD, "new": "quite another password", "again": "quite another password"}
    client.sign_in_as(ben).get("/password")
    assert client.fill(usual | given, button="Set the new password").errors == [error]
    assert _stored(store, ben).password_hash == ben.password_hash
    assert _events(store) == []
