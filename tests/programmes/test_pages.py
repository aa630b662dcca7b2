"""The pages of the programmes."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.models.programmes import Edition, Programme
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


def test_a_new_edition_is_seen_before_it_is_published_and_leaves_the_one_before_as_it_was(
    app: Flask, store: Store, client: Browserlike
) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    with store.session() as session:
        client.sign_in_as(people.account(session, Role.ADMINISTRATOR))
    client.get(f"/programmes/{_only(store).id}")
    page = client.follow("Make a new edition")
    assert "Nothing differs from the edition before it." in client.fill({}).errors
    wanted = {"sessions-0": "11", "place-3": "0", "in_room": "4", "reason": "The accreditation was renewed."}
    assert "More in the room than the 3 on the team." in client.fill(wanted).errors
    wanted |= {"in_room": "3", "new_title": "Healthy sex", "new_aim": "To know what is healthy."}
    page = client.fill(wanted)
    assert [(row["Of"], row["Edition 1"], row["Edition 2"]) for row in page.table("table:has(#changes)")] == [
        ("In the room at each session", "2", "3"),
        ("Induction", *(f"1. {n} sessions of 150 minutes, for low, medium, high risk" for n in (10, 11))),
        ("Victim empathy", *(f"{n}. 9 sessions of 150 minutes, for medium, high risk" for n in (5, 4))),
        (
            "Better Lives and Relapse Prevention",
            *(f"{n}. 25 sessions of 150 minutes, a separate closed group, for low, medium, high risk" for n in (6, 5)),
        ),
        ("Healthy sex", "Not there", "6. 1 sessions of 150 minutes, for low, medium, high risk"),
        ("The role of fantasy in offending", "4. 8 sessions of 150 minutes, for medium, high risk", "Left out"),
    ]
    page = client.fill({"in_room": "2"})
    assert "Publish edition 2" in page.main
    assert store.count(Edition) == 1
    page = client.fill({}, button="Publish edition 2")
    assert page.all("tfoot strong") == ["64", "160"]
    page = client.follow("History of editions")
    assert "The accreditation was renewed." in page.main
    page = client.follow("Edition 1")
    assert page.all("tfoot strong") == ["70", "175"]
    assert "This is an earlier edition." in page.main
    for change in (
        "UPDATE programme_edition SET in_room = 1",
        "DELETE FROM edition_module",
        "DELETE FROM edition_route",
    ):
        with pytest.raises(DatabaseError):
            store.sql(change)


def test_an_edition_is_made_for_the_whole_service_by_an_administrator_and_from_the_newest_alone(
    app: Flask, store: Store, clients: Callable[[], Browserlike]
) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    address = f"/programmes/{_only(store).id}/editions/new"
    with store.session() as session:
        of_an_area = people.account(session, Role.ADMINISTRATOR, in_area="North")
        one, other = people.account(session, Role.ADMINISTRATOR), people.account(session, Role.ADMINISTRATOR)
    clients().sign_in_as(of_an_area).get(address, expect=403)
    first, second = clients().sign_in_as(one), clients().sign_in_as(other)
    for browser in (first, second):
        browser.get(address)
        browser.fill({"team_size": "4", "reason": "More people."})
    first.fill({}, button="Publish edition 2")
    second.fill({}, button="Publish edition 2", expect=409)
    assert store.count(Edition) == 2


def test_without_a_programme_the_page_says_how_one_comes(store: Store, client: Browserlike) -> None:
    page = a_member(store, client).get("/programmes/")
    assert "flask seed reference" in page.main


def test_an_unknown_programme_is_not_there(store: Store, client: Browserlike) -> None:
    a_member(store, client).get("/programmes/77", expect=404)


def test_strangers_are_asked_to_sign_in(client: Browserlike) -> None:
    assert client.get("/programmes/").heading == "Sign in"


def _only(store: Store) -> Programme:
    return store.one(select(Programme))
