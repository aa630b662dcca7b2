"""Planning a group, naming its supervisors, and opening it."""

from collections.abc import Callable
from datetime import date, time

from sqlalchemy import select

from selection.core import clock
from selection.models.groups import Group
from selection.models.sessions import GroupSession, Trainee
from selection.rules.roles import Role
from tests.conftest import TODAY
from tests.factories import groups, people, sessions
from tests.factories.groups import FIRST, LAST, Scene
from tests.forms import Value
from tests.groups.looks import boxes, events, leaning, links
from tests.pages import Browserlike, Page
from tests.store import Store

PLAN: dict[str, Value] = {
    "reference": "NORTH-1", "venue": "Town hall", "size": "9", "starts_on": FIRST, "ends_on": LAST
}  # fmt: skip
MIDDLE = date(2027, 6, 30)
TOO = "A group of this programme has 8 to 10 members, not {}. Choose a size from 8 to 10."


def planned(manager: Browserlike, scene: Scene, **changes: Value) -> Page:
    manager.get("/groups/new")
    return manager.fill(PLAN | {"programme_id": scene.programme.id} | changes)


def test_a_group_is_planned_named_and_opened(manager: Browserlike, scene: Scene, store: Store) -> None:
    page = planned(manager, scene)
    assert page.heading == "Who supervises NORTH-1?"
    assert "NORTH-1 is planned" in page.banner
    page = manager.fill(button="Choose Tom Treat")
    assert page.heading == "NORTH-1 Open"
    assert "The group is open" in page.banner
    assert "0 of 3 regular facilitators (local setting)" in page.main
    group = store.one(select(Group))
    assert (group.state, group.supervised_from, group.supervised_to) == ("open", FIRST, LAST)
    assert links(store, group.id) == [("Tom Treat", FIRST, LAST, None)]
    assert leaning(store) == []
    assert events(store) == ["group.planned", "supervision.named", "group.opened"]
    assert "Opened a group" in page.all(".moj-timeline__title")
    assert "Named a supervisor: Tom Treat" in page.all(".moj-timeline__title")


def test_several_supervisors_are_named_one_after_another(manager: Browserlike, scene: Scene, store: Store) -> None:
    planned(manager, scene)
    manager.fill({"ends_on": MIDDLE}, button="Show")
    page = manager.fill(button="Choose Tom Treat")
    assert page.heading == "Who supervises NORTH-1?"
    assert "Nobody is named from 1 July 2027 to 30 September 2027" in page.main
    group_id = store.one(select(Group.id))
    assert store.one(select(Group.state)) == "planned"
    manager.get(f"/groups/{group_id}/assign")
    assert "Nobody can be assigned" in manager.page.main  # type: ignore[union-attr]
    manager.get(
        f"/groups/{group_id}/supervise", role="designated_supervisor", **boxes(starts_on=date(2027, 7, 1), ends_on=LAST)
    )
    page = manager.fill(button="Choose Dora Design")
    assert page.heading == "NORTH-1 Open"
    assert links(store, group_id) == [
        ("Tom Treat", FIRST, MIDDLE, None),
        ("Dora Design", date(2027, 7, 1), LAST, MIDDLE),
    ]
    assert leaning(store) == []


CANNOT: list[tuple[dict[str, Value], str]] = [
    ({"size": "7"}, TOO.format(7)),
    ({"size": "11"}, TOO.format(11)),
    ({"size": "nine"}, "Members: enter a whole number from 1 to 99"),
    ({"ends_on": date(2027, 4, 4)}, "The last day is before the first day."),
    ({"starts_on": date(2027, 3, 14)}, "14 March 2027 is over. Choose today or a later day."),
    ({"reference": "  "}, "Enter a reference"),
    ({"reference": "x" * 41}, "The reference has at most 40 letters"),
    ({"venue": "山" * 201}, "The venue has at most 200 letters"),
]


def test_what_cannot_be_planned_is_said_and_kept(manager: Browserlike, scene: Scene, store: Store) -> None:
    for changes, expected in CANNOT:
        page = planned(manager, scene, **changes)
        assert page.errors == [expected]
        assert page.form().sent()["venue"] == [changes.get("venue", "Town hall")]
    assert store.count(Group) == 0


def test_the_same_plan_sent_twice_is_one_group(manager: Browserlike, scene: Scene, store: Store) -> None:
    first = manager.get("/groups/new")
    sent = PLAN | {"programme_id": scene.programme.id}
    for _ in range(2):
        assert manager.fill(sent, page=first).heading == "Who supervises NORTH-1?"
    assert store.count(Group) == 1
    assert events(store) == ["group.planned"]


def test_a_reference_is_taken_once(manager: Browserlike, scene: Scene, store: Store) -> None:
    planned(manager, scene)
    page = planned(manager, scene, venue="Library")
    assert page.errors == ["There is a group with the reference NORTH-1 already. Choose another reference."]
    assert store.count(Group) == 1


def test_a_group_is_planned_only_in_areas_of_ones_own(manager: Browserlike, scene: Scene, store: Store) -> None:
    with store.session() as session:
        south = people.area(session, "South").id
    page = manager.get("/groups/new")
    token = page.soup.select_one("main [name=csrf_token]")["value"]  # type: ignore[index]
    sent = (
        PLAN
        | {"programme_id": scene.programme.id, "area_id": south, "csrf_token": token}
        | boxes(starts_on=FIRST, ends_on=LAST)
    )
    page = manager.post("/groups/new", sent)
    assert "Not a valid choice." in page.errors
    assert store.count(Group) == 0


def test_who_may_not_write_does_not_plan(clients: Callable[[], Browserlike], scene: Scene, store: Store) -> None:
    with store.session() as session:
        others = [people.account(session, role) for role in (Role.TREATMENT_MANAGER, Role.AUDITOR, Role.STAFF_MEMBER)]
        group = groups.group(session, scene.programme)
    for login in others:
        browser = clients().sign_in_as(login)
        for url in ("/groups/new", f"/groups/{group.id}/supervise", f"/groups/{group.id}/assign"):
            browser.get(url, expect=403)


def test_a_group_of_another_area_is_not_there(manager: Browserlike, scene: Scene, store: Store) -> None:
    with store.session() as session:
        group, _ = groups.open_group(session, scene, in_area="South")
        spell = groups.assign(session, group, scene.fay_may, _, by=scene.manager)
    pages = ("", "/change", "/close", "/supervise", "/assign", f"/assignments/{spell.id}")
    for page in pages:
        manager.get(f"/groups/{group.id}{page}", expect=404)
    assert "G-" not in manager.get("/groups/").main
    token = manager.get("/groups/new").soup.select_one("main [name=csrf_token]")["value"]  # type: ignore[index]
    days = {"first": FIRST.isoformat(), "last": LAST.isoformat(), "csrf_token": token}
    manager.post(f"/groups/{group.id}/assign", days | {"staff_id": scene.finn.id, "kind": "regular"}, expect=404)
    manager.post(
        f"/groups/{group.id}/supervise", days | {"staff_id": scene.tom.id, "role": "treatment_manager"}, expect=404
    )
    manager.post(f"/groups/{group.id}/assignments/{spell.id}/cancel", {"csrf_token": token}, expect=404)


def test_a_planned_group_can_be_moved_and_closed(manager: Browserlike, scene: Scene, store: Store) -> None:
    planned(manager, scene)
    manager.fill({"ends_on": MIDDLE}, button="Show")
    manager.fill(button="Choose Tom Treat")
    group_id = store.one(select(Group.id))
    manager.get(f"/groups/{group_id}/change")
    manager.fill({"starts_on": TODAY})
    assert links(store, group_id) == [("Tom Treat", TODAY, MIDDLE, None)]
    with store.session() as session:
        at = sessions.session_of(session, session.get_one(Group, group_id), TODAY, starts_at=time(18), ends_at=time(20))
        sits = {"staff_id": scene.fay.id, "agreed_by_id": scene.manager.id, "agreed_at": clock.now()}
        session.add(Trainee(session_id=at.id, **sits))
    assert "Its sessions to come are taken back." in manager.get(f"/groups/{group_id}/close").main
    page = manager.fill()
    assert page.heading == "NORTH-1 Closed"
    assert store.count(GroupSession) == store.count(Trainee) == 0
    assert links(store, group_id) == []
    assert store.one(select(Group.supervised_to)) is None
