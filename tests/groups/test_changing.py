"""Changing a group's days, ending and cancelling assignments, closing a group."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from selection.models.groups import Assignment, Group
from selection.models.notices import Notice
from tests.conftest import Clock
from tests.factories import chain, groups, people
from tests.factories.groups import FIRST, LAST, Scene
from tests.forms import Value
from tests.groups.looks import events, leaning, links, spells
from tests.pages import Browserlike
from tests.store import Store

DAY, BEFORE = date(2027, 7, 1), date(2027, 6, 30)
RUNNING = date(2027, 5, 3)


@pytest.fixture
def group(scene: Scene, store: Store) -> Group:
    """An open group under Tom until June and Dora from July, with Fay on it throughout and Finn in July."""
    with store.session() as session:
        made = groups.group(session, scene.programme, reference="NORTH-1")
        tom = groups.supervise(session, made, scene.tom_may, last=BEFORE)
        dora = groups.supervise(session, made, scene.dora_may, first=DAY)
        for link in (tom, dora):
            groups.assign(session, made, scene.fay_may, link, by=scene.manager)
        groups.assign(session, made, scene.finn_may, dora, by=scene.manager, last=date(2027, 7, 31), kind="cover")
    return made


def test_more_days_stay_under_the_last_supervisor(manager: Browserlike, group: Group, store: Store) -> None:
    manager.get(f"/groups/{group.id}/change")
    page = manager.fill({"ends_on": date(2027, 12, 17), "venue": "Library"})
    assert page.heading == "NORTH-1 Open"
    assert "0 of 3 regular facilitators (local setting) on 1 October 2027 to 17 December 2027" in page.main
    assert links(store, group.id)[-1] == ("Dora Design", DAY, date(2027, 12, 17), BEFORE)
    assert ("Fay First", "Dora Design", DAY, LAST) in spells(store, group.id)
    assert leaning(store) == []
    assert events(store) == ["supervision.changed", "group.changed"]


def test_more_days_need_the_supervisors_authorisation(manager: Browserlike, group: Group, store: Store) -> None:
    manager.get(f"/groups/{group.id}/change")
    page = manager.fill({"ends_on": date(2029, 1, 31)})
    assert any(
        "Dora Design's certificate of fundamental training ends on 31 December 2028" in one for one in page.errors
    )
    assert page.form().sent()["ends_on"] == ["31", "1", "2029"]
    assert store.one(select(Group.ends_on)) == LAST


def test_fewer_days_end_what_stood_on_them(manager: Browserlike, group: Group, store: Store) -> None:
    manager.get(f"/groups/{group.id}/change")
    manager.fill({"ends_on": date(2027, 5, 31)})
    assert links(store, group.id) == [("Tom Treat", FIRST, date(2027, 5, 31), None)]
    assert spells(store, group.id) == [("Fay First", "Tom Treat", FIRST, date(2027, 5, 31))]
    assert leaning(store) == []
    assert sorted(events(store)) == [
        "assignment.cancelled",
        "assignment.cancelled",
        "assignment.ended",
        "group.changed",
        "supervision.changed",
        "supervision.ended",
    ]


@pytest.mark.parametrize(
    ("first", "chain", "fay"),
    [
        pytest.param(date(2027, 3, 22), ("Tom Treat", date(2027, 3, 22)), ("Tom Treat", FIRST), id="earlier"),
        pytest.param(date(2027, 4, 19), ("Tom Treat", date(2027, 4, 19)), ("Tom Treat", date(2027, 4, 19)), id="later"),
        pytest.param(
            date(2027, 7, 12), ("Dora Design", date(2027, 7, 12)), ("Dora Design", date(2027, 7, 12)), id="much later"
        ),
    ],
)
def test_the_first_day_moves_with_the_chain(
    manager: Browserlike, group: Group, store: Store, first: date, chain: tuple[str, date], fay: tuple[str, date]
) -> None:
    manager.get(f"/groups/{group.id}/change")
    assert manager.fill({"starts_on": first}).heading == "NORTH-1 Open"
    assert (links(store, group.id)[0][:2], links(store, group.id)[0][3]) == (chain, None)
    assert spells(store, group.id)[0][1:3] == fay
    assert leaning(store) == []


def test_what_cannot_change(manager: Browserlike, group: Group, scene: Scene, store: Store, clock: Clock) -> None:
    with store.session() as session:
        groups.group(session, scene.programme, reference="TAKEN")
    clock.set(RUNNING)
    cases: list[tuple[dict[str, Value], str]] = [
        ({"starts_on": date(2027, 4, 19)}, "The group began on 5 April 2027."),
        ({"ends_on": date(2027, 5, 2)}, "2 May 2027 is over."),
        ({"size": "12"}, "A group of this programme has 8 to 10 members, not 12."),
        ({"reference": "TAKEN"}, "There is a group with the reference TAKEN already."),
    ]
    for changes, expected in cases:
        manager.get(f"/groups/{group.id}/change")
        assert manager.fill(changes).errors[0].startswith(expected)
    assert events(store) == []


def test_a_change_of_something_changed_meanwhile_is_shown_both(
    clients: Callable[[], Browserlike], manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    other = clients().sign_in_as(scene.manager)
    page = other.get(f"/groups/{group.id}/change")
    manager.get(f"/groups/{group.id}/change")
    manager.fill({"venue": "Library"})
    clash = other.fill({"venue": "Chapel"}, page=page, expect=409)
    assert clash.heading == "Somebody changed this meanwhile"
    rows = {row["Field"]: row for row in clash.table()}
    assert (rows["Venue"]["Stored now"], rows["Venue"]["What you sent"]) == ("Library", "Chapel (differs)")
    assert store.one(select(Group.venue)) == "Library"


def test_an_assignment_ends_earlier_and_days_that_are_over_stay(
    manager: Browserlike, group: Group, store: Store, clock: Clock
) -> None:
    clock.set(RUNNING)
    first = store.one(select(Assignment.id).where(Assignment.starts_on == FIRST))
    manager.get(f"/groups/{group.id}/assignments/{first}")
    page = manager.fill({"last_day": date(2027, 5, 31)}, button="Set the last day")
    assert page.errors == ["Say why it ends earlier."]
    page = manager.fill({"reason": "A new post."}, button="Set the last day")
    assert page.banner == "Fay First is assigned until 31 May 2027."
    assert "your last day on NORTH-1 is 31 May 2027 now, and not 30 September 2027." in store.one(select(Notice.body))
    assert "A new post." not in store.one(select(Notice.body)), "why is on the trail"
    assert spells(store, group.id)[0] == ("Fay First", "Tom Treat", FIRST, date(2027, 5, 31))
    assert len(spells(store, group.id)) == 2
    assert events(store) == ["assignment.ended", "assignment.cancelled"]
    page = manager.get(f"/groups/{group.id}/assignments/{first}")
    page = manager.fill({"last_day": date(2027, 5, 1), "reason": "x"}, button="Set the last day")
    assert page.errors == [
        "Days that are over keep whoever delivered on them. The last day can be yesterday at the earliest."
    ]


def test_an_assignment_is_extended_by_judged_days(
    manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    finn = store.one(select(Assignment.id).where(Assignment.kind == "cover"))
    manager.get(f"/groups/{group.id}/assignments/{finn}")
    page = manager.fill({"last_day": date(2027, 10, 1)}, button="Set the last day")
    assert any("The group runs from 5 April 2027 to 30 September 2027." in one for one in page.errors)
    page = manager.fill({"last_day": date(2027, 8, 31)}, button="Set the last day")
    assert page.heading == "NORTH-1 Open"
    assert spells(store, group.id)[-2:] == [
        ("Finn Second", "Dora Design", DAY, date(2027, 7, 31)),
        ("Finn Second", "Dora Design", date(2027, 8, 1), date(2027, 8, 31)),
    ]
    assert [row["Days"] for row in page.table("[aria-labelledby=team-caption] table") if row["As"] == "Cover"] == [
        "1 July 2027 to 31 August 2027"
    ]
    assert leaning(store) == []


def test_an_assignment_that_has_not_begun_is_cancelled_once(
    manager: Browserlike, group: Group, store: Store, clock: Clock
) -> None:
    finn = store.one(select(Assignment.id).where(Assignment.kind == "cover"))
    page = manager.get(f"/groups/{group.id}/assignments/{finn}")
    assert manager.fill(button="Cancel the assignment").errors == ["Say why it is cancelled."]
    gone = manager.fill({"cancel_reason": "Not needed."}, button="Cancel the assignment", page=page)
    assert gone.banner == "The assignment of Finn Second is cancelled."
    assert [row[0] for row in spells(store, group.id)] == ["Fay First", "Fay First"]
    manager.fill({"cancel_reason": "Not needed."}, button="Cancel the assignment", page=page, expect=404)
    clock.set(FIRST)
    fay = store.one(select(Assignment.id).where(Assignment.starts_on == FIRST))
    page = manager.get(f"/groups/{group.id}/assignments/{fay}")
    assert "Cancel the assignment" not in page.main


def test_an_assignment_that_changed_meanwhile_is_left_alone(manager: Browserlike, group: Group, store: Store) -> None:
    finn = store.one(select(Assignment.id).where(Assignment.kind == "cover"))
    page = manager.get(f"/groups/{group.id}/assignments/{finn}")
    manager.fill({"last_day": date(2027, 8, 31)}, button="Set the last day")
    clash = manager.fill({"last_day": date(2027, 8, 15)}, button="Set the last day", page=page, expect=409)
    assert "The assignment of Finn Second was changed after you opened the page." in clash.main
    assert spells(store, group.id)[-1][3] == date(2027, 8, 31)


def test_a_group_is_closed_after_its_last_day(manager: Browserlike, group: Group, store: Store, clock: Clock) -> None:
    manager.get(f"/groups/{group.id}/close")
    page = manager.fill()
    assert page.errors == [
        "The group runs until 30 September 2027. Close it after that day, or bring its last day forward first."
    ]
    clock.set(date(2027, 10, 1))
    assert "Over, to be closed" in manager.get("/groups/").table()[0]["State"]
    assert "Its last day is over." in manager.get(f"/groups/{group.id}").main
    manager.get(f"/groups/{group.id}/close")
    assert manager.fill().heading == "NORTH-1 Closed"
    assert events(store) == ["group.closed"]
    assert len(spells(store, group.id)) == 3
    manager.get(f"/groups/{group.id}/close")
    assert manager.fill().errors == ["The group is closed already."]
    manager.get(f"/groups/{group.id}/change")
    assert manager.fill({"venue": "Library"}).errors == ["The group is closed. A closed group stays as it was."]


def test_an_unknown_assignment_is_not_there(manager: Browserlike, group: Group, scene: Scene, store: Store) -> None:
    with store.session() as session:
        other, link = groups.open_group(session, scene)
        third = people.staff(session)
        theirs = groups.assign(
            session, other, chain.authorised(session, third, scene.programme), link, by=scene.manager
        )
    manager.get(f"/groups/{group.id}/assignments/{theirs.id}", expect=404)
