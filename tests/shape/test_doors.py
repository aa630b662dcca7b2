"""Every door and who may go through it: the access policy on one page, and a walk through it as every role."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.routing import Rule

from selection.rules.roles import GRANTS, Permission, Role
from tests.conftest import Clock
from tests.factories import people
from tests.pages import Browserlike
from tests.shape.doors import DOORS, OPEN
from tests.store import Store


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Who may enter is decided before the database is asked for more than the login."""
    kind: str = request.param
    return kind


def test_every_view_states_its_permission(app: Flask) -> None:
    """Written out by hand in doors.py: who opens a door changes it there too."""
    stated = {name: getattr(view, "permission", None) for name, view in app.view_functions.items() if name not in OPEN}
    assert stated == DOORS


def test_what_is_open_to_all_says_so(app: Flask) -> None:
    for name in OPEN - {"static"}:
        assert getattr(app.view_functions[name], "permission", "not stated") is None


@pytest.fixture
def unguarded(app: Flask) -> Flask:
    """The service without its protection against forgery, which would stop a walk that has no forms."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def _doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and an address of each door."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        url = adapter.build(rule.endpoint, {name: _sample(rule, name) for name in rule.arguments}, method=None)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, method, url


def _sample(rule: Rule, name: str) -> object:
    return 987_654 if rule._converters[name].__class__.__name__ == "IntegerConverter" else "nothing"


@pytest.mark.parametrize("role", Role)
def test_each_role_enters_where_it_may_and_nowhere_else(
    unguarded: Flask, store: Store, clock: Clock, role: Role
) -> None:
    with store.session() as session:
        login = people.account(session, role)
    wrong = []
    for endpoint, method, url in _doors(unguarded):
        client = Browserlike(unguarded)
        client.sign_in_as(login)
        status = client.http.open(url, method=method).status_code
        allowed = DOORS[endpoint] in GRANTS[role]
        if (status == 403) == allowed or status >= 500:
            wrong.append(f"{method} {endpoint}: {status}, {'allowed' if allowed else 'not allowed'}")
    assert wrong == []


def test_who_is_not_signed_in_is_asked_to(unguarded: Flask, clock: Clock) -> None:
    client = unguarded.test_client()
    for endpoint, method, url in _doors(unguarded):
        response = client.open(url, method=method)
        if endpoint.startswith("api."):  # a program cannot fill in a page
            assert (response.status_code, response.mimetype) == (401, "application/problem+json"), endpoint
        else:
            assert (response.status_code, response.location.partition("?")[0]) == (302, "/sign-in"), endpoint


def test_a_form_without_its_token_is_refused(app: Flask, store: Store, clock: Clock) -> None:
    with store.session() as session:
        login = people.account(session, *Role)
    client = Browserlike(app)
    client.sign_in_as(login)
    for endpoint, method, url in _doors(app):
        if method == "POST":
            assert client.http.post(url).status_code == 400, endpoint


def test_every_permission_is_somebodys() -> None:
    assert set().union(*GRANTS.values()) == set(Permission)
    assert set(GRANTS) == set(Role)


MADE_UP = ("9" * 30, "-1 \0\N{SNOWMAN}" * 100)
NAMES_IN_ADDRESSES = (
    *("page", "can_page", "cannot_page", "area", "area_id", "programme", "programme_id", "group_id", "session_id"),
    *("weeks", "days", "source", "beside", "first", "last", "words", "sort", "order", "state", "event", "role"),
    *("person", "number", "who", "when", "stage", "show", "q", "month", "key", "all"),
)


def test_no_address_that_somebody_makes_up_breaks_a_page(app: Flask, store: Store, clock: Clock) -> None:
    with store.session() as session:
        login = people.account(session, *Role)
    client = Browserlike(app)
    client.sign_in_as(login)
    broken = []
    for endpoint, method, url in _doors(app):
        if method == "GET":
            large = url.replace("987654", "9" * 30)
            asked = [url, large] if large != url else [f"{url}?{urlencode(_said(word))}" for word in MADE_UP]
            broken += [f"{endpoint}: {one[:80]}" for one in asked if client.http.get(one).status_code >= 500]
    assert broken == []


def _said(word: str) -> dict[str, str]:
    return dict.fromkeys(NAMES_IN_ADDRESSES, word)
