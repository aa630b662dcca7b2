"""The list of groups, and what waits for people among them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from selection.groups.queries import waiting_for
from selection.models.people import Account
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, groups, people, programmes
from tests.factories.groups import FIRST, LAST, Scene
from tests.pages import Browserlike, Page
from tests.store import Store

DAY, BEFORE = date(2027, 7, 1), date(2027, 6, 30)


@pytest.fixture
def listed(scene: Scene, store: Store) -> Scene:
    """Five groups of North, one of South: open and full, open and short, planned, halted, closed."""
    with store.session() as session:
        by = people.account(session, Role.TRAINING_LEAD)
        third = chain.authorised(session, people.staff(session, "Fred Third"), scene.programme, by=by)
        full, link = groups.open_group(session, scene, reference="FULL")
        for right in (scene.fay_may, scene.finn_may, third):
            groups.assign(session, full, right, link, by=scene.manager)
        short, link = groups.open_group(session, scene, reference="SHORT", first=TODAY - timedelta(7))
        groups.assign(session, short, scene.fay_may, link, by=scene.manager)
        groups.assign(session, short, scene.finn_may, link, by=scene.manager, kind="cover")
        groups.assign(session, short, third, link, by=scene.manager, first=TODAY + timedelta(1))
        groups.group(session, programmes.programme(session, "OTHER"), reference="PLANNED", last=date(2027, 12, 31))
        halted = groups.group(session, scene.programme, reference="HALTED")
        groups.supervise(session, halted, scene.tom_may, last=BEFORE)
        halted.state, halted.halted_reason = "halted", "An inquiry."
        closed, _ = groups.open_group(session, scene, reference="CLOSED", first=date(2026, 5, 1), last=date(2026, 9, 1))
        closed.state = "closed"
        groups.open_group(session, scene, reference="SOUTH", in_area="South")
    return scene


def references(page: Page) -> list[str]:
    """Return the references on the page, in order."""
    return [row["Reference ↕" if "Reference ↕" in row else "Reference"].split()[0] for row in page.table()]


def test_the_list_is_filtered_and_sorted_on_the_server(manager: Browserlike, listed: Scene) -> None:
    assert references(manager.get("/groups/")) == ["SHORT", "FULL", "PLANNED", "HALTED"]
    for asked, expected in (
        ({"show": "all"}, ["CLOSED", "SHORT", "FULL", "PLANNED", "HALTED"]),
        ({"show": "open"}, ["SHORT", "FULL"]),
        ({"show": "short"}, ["SHORT"]),
        ({"show": "halted"}, ["HALTED"]),
        ({"show": "closed"}, ["CLOSED"]),
        ({"words": "sho"}, ["SHORT"]),
        ({"programme": listed.programme.id}, ["SHORT", "FULL", "HALTED"]),
        ({"first": "2027-10-01"}, ["PLANNED"]),
        ({"last": "2027-04-04"}, ["SHORT"]),
        ({"area": 1, "order": "reference"}, ["FULL", "HALTED", "PLANNED", "SHORT"]),
        ({"order": "reference", "descending": "True"}, ["SHORT", "PLANNED", "HALTED", "FULL"]),
        ({"order": "nonsense", "page": "x", "first": "soon", "show": "?"}, ["SHORT", "FULL", "PLANNED", "HALTED"]),
    ):
        assert references(manager.get("/groups/", **asked)) == expected, asked
    assert "No group matches" in manager.get("/groups/", words="%").main


def test_the_state_says_how_short_the_team_is(manager: Browserlike, listed: Scene, clock: Clock) -> None:
    states = {row["First day"]: row["State"] for row in manager.get("/groups/", show="open").table()}
    assert states == {"8 March 2027": "Open Short: 1 of 3", "5 April 2027": "Open"}
    clock.set(TODAY + timedelta(1))
    assert manager.get("/groups/", show="short").table()[0]["State"] == "Open Short: 2 of 3"


def test_whoever_reads_groups_reads_those_of_their_areas(
    clients: Callable[[], Browserlike], listed: Scene, store: Store
) -> None:
    with store.session() as session:
        wide, south = people.account(session, Role.AUDITOR), people.account(session, Role.AUDITOR, in_area="South")
    assert "SOUTH" in references(clients().sign_in_as(wide).get("/groups/"))
    page = clients().sign_in_as(south).get("/groups/")
    assert references(page) == ["SOUTH"]
    page = clients().sign_in_as(south).get(page.links["SOUTH"])
    assert page.heading == "SOUTH Open"
    assert "Assign" not in page.main


def test_a_long_list_takes_few_statements(app: Flask, manager: Browserlike, scene: Scene, store: Store) -> None:
    with store.session() as session:
        for number in range(30):
            groups.group(session, scene.programme, reference=f"N-{number:02}", first=FIRST + timedelta(number))
    with counted(app) as sent:
        page = manager.get("/groups/")
    assert len(sent) <= 6, sent
    assert len(page.text) < 35_000
    assert "1 to 25 of 30" in page.main
    assert references(manager.get("/groups/", page=2)) == [f"N-{number}" for number in range(25, 30)]
    assert references(manager.get("/groups/", page=99)) == [f"N-{number}" for number in range(25, 30)]


def test_without_groups_the_list_says_so(manager: Browserlike, scene: Scene) -> None:
    assert "None is planned or running in your areas." in manager.get("/groups/").main


def waiting(app: Flask, login: Account, day: date = TODAY) -> list[tuple[str, date | None]]:
    """Return what waits for the person: title, and by when."""
    with app.test_request_context():
        return [(one.title, one.due) for one in waiting_for(people.actor(login), day)]


def test_what_waits_for_a_manager(app: Flask, listed: Scene, store: Store) -> None:
    assert waiting(app, listed.manager) == [
        ("SHORT is short of facilitators", TODAY),
        ("Name a supervisor for PLANNED", FIRST),
        ("Name a supervisor for HALTED", DAY),
    ]
    assert waiting(app, listed.manager, LAST + timedelta(1))[:2] == [
        ("Close SHORT", LAST + timedelta(1)),
        ("Close FULL", LAST + timedelta(1)),
    ]
    soon = [("SHORT is short of facilitators", TODAY - timedelta(7))]
    assert waiting(app, listed.manager, FIRST - timedelta(weeks=8, days=1)) == soon
    assert len(waiting(app, listed.manager, FIRST - timedelta(weeks=8))) > len(soon)


def test_a_handover_that_comes_soon_waits_for_the_manager(app: Flask, scene: Scene, store: Store) -> None:
    with store.session() as session:
        group = groups.group(session, scene.programme, reference="NORTH-1")
        groups.supervise(session, group, scene.tom_may, last=BEFORE)
        groups.supervise(session, group, scene.dora_may, first=DAY)
    said = ("Supervision of NORTH-1 passes to Dora Design", BEFORE)
    assert said in waiting(app, scene.manager, BEFORE - timedelta(60))
    assert said not in waiting(app, scene.manager, BEFORE - timedelta(61))


def test_what_waits_for_who_supervises_and_who_delivers(app: Flask, listed: Scene, store: Store) -> None:
    with store.session() as session:
        tom = people.account(session, Role.TREATMENT_MANAGER, of=listed.tom, in_area="North")
        fay = people.account(session, Role.STAFF_MEMBER, of=listed.fay)
    assert {title for title, _ in waiting(app, tom)} == {
        f"You supervise {one}" for one in ("FULL", "SHORT", "HALTED", "SOUTH")
    }
    assert sorted(waiting(app, fay), key=str) == [("You deliver FULL", FIRST), ("You deliver SHORT", None)]
    with app.test_request_context():
        assert all(one.url.startswith("/delivery/groups/") for one in waiting_for(people.actor(fay), TODAY))
        found = {one.title: one.url.split("/")[1] for one in waiting_for(people.actor(tom), TODAY)}
        assert (found["You supervise FULL"], found["You supervise SOUTH"]) == ("groups", "supervision")
    assert waiting(app, fay, LAST + timedelta(1)) == []
