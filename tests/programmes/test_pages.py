"""The pages of the programmes."""

from flask import Flask
from sqlalchemy import select

from selection.models.programmes import Programme
from selection.rules.roles import Role
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store


def a_member(store: Store, client: Browserlike) -> Browserlike:
    with store.session() as session:
        return client.sign_in_as(people.account(session, Role.STAFF_MEMBER))


def test_everybody_reads_a_programme_with_its_sums(app: Flask, store: Store, client: Browserlike) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    a_member(store, client).get("/programmes/")
    page = client.follow("Community Sex Offender Groupwork Programme")
    modules = page.table("table:has(#modules)")
    assert [row["Sessions (local setting)"] for row in modules] == ["10", "9", "9", "8", "9", "25"]
    assert page.all("tfoot strong") == ["70", "175"]
    routes = page.table("table:has(#routes)")
    assert [(row["Risk level"], row["Sessions"], row["Hours"]) for row in routes] == [
        ("Low", "35", "87.5"),
        ("Medium (local setting)", "70", "175"),
        ("High", "70", "175"),
    ]
    assert routes[0]["Modules"] == "Induction; Better Lives and Relapse Prevention"
    assert "Facilitators of a group 3 (local setting)" in page.main
    assert "8 to 10 (local setting)" not in page.main


def test_a_changed_setting_shows_in_the_sums(app: Flask, store: Store, client: Browserlike) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    store.sql("UPDATE module SET sessions = 11 WHERE title = 'Induction'")
    page = a_member(store, client).get(f"/programmes/{_only(store).id}")
    assert page.all("tfoot strong") == ["71", "177.5"]


def test_without_a_programme_the_page_says_how_one_comes(store: Store, client: Browserlike) -> None:
    page = a_member(store, client).get("/programmes/")
    assert "flask seed reference" in page.main


def test_an_unknown_programme_is_not_there(store: Store, client: Browserlike) -> None:
    a_member(store, client).get("/programmes/77", expect=404)


def test_strangers_are_asked_to_sign_in(client: Browserlike) -> None:
    assert client.get("/programmes/").heading == "Sign in"


def _only(store: Store) -> Programme:
    return store.one(select(Programme))
