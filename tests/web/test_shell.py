"""What stands around a page is drawn once for each menu, and shows nobody anything of anybody else."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_login import login_user

from config import Settings
from selection.app import create_app
from selection.rules.roles import Actor, Held, Role
from selection.web.gate import SignedIn


@pytest.fixture(scope="module")
def app() -> Flask:
    """An app without a database behind it."""
    return create_app(Settings(database_url="sqlite://", secret_key="a key for tests", instance=Path("/nowhere")))


def _page(app: Flask, name: str, *roles: Role, staff_id: int | None = None, at: str = "/trail/") -> str:
    """Return a page as somebody with the roles sees it."""
    held = tuple(Held(role=role, area_id=None) for role in roles)
    with app.test_request_context(at):
        login_user(SignedIn(session_key="k", actor=Actor(account_id=1, staff_id=staff_id, name=name, held=held)))
        return render_template_string("{% extends 'base.html' %}{% block title %}Trail{% endblock %}")


def _nonces(page: str) -> set[str]:
    return set(re.findall(r'nonce="([^"]+)"', page))


def test_around_a_page_everybody_sees_their_own_name_token_and_nonce(app: Flask) -> None:
    first, second = (_page(app, name, Role.AUDITOR) for name in ("Zoë <Ash>", "\0token\0"))
    assert "Zoë &lt;Ash&gt;" in first
    assert "Zoë" not in second
    tokens = [re.findall(r'name="csrf_token" value="([^"]+)"', page) for page in (first, second)]
    assert len(tokens[0]) == len(tokens[1]) == 1
    assert tokens[0] != tokens[1]
    assert len(_nonces(first)) == 1
    assert _nonces(first).isdisjoint(_nonces(second))


def test_the_menu_is_that_of_the_roles_and_says_where_one_is(app: Flask) -> None:
    auditor, member = _page(app, "Ada", Role.AUDITOR), _page(app, "Ada", Role.STAFF_MEMBER, staff_id=3)
    assert 'href="/trail/" aria-current="page"' in auditor
    assert "/trail/" not in member
    assert ('href="/staff/me"' in auditor, 'href="/staff/me"' in member) == (False, True)
    within = _page(app, "Ada", Role.AUDITOR, at="/staff/3")
    assert 'href="/staff/" aria-current="true"' in within
    assert 'href="/trail/" aria-current' not in within


def test_around_a_page_for_everybody_there_is_no_menu(app: Flask) -> None:
    _page(app, "Ada", Role.AUDITOR)
    with app.test_request_context("/sign-in"):
        page = render_template_string("{% extends 'base.html' %}{% block title %}Sign in{% endblock %}")
    assert "Sign out" not in page
    assert "<nav" not in page
