"""Planning a group, naming its supervisors, and opening it."""

from sqlalchemy import select

from selection.models.groups import Group, Supervision
from tests.factories.groups import FIRST, LAST, Scene
from tests.pages import Browserlike, Page
from tests.store import Store

PLAN = {"reference": "NORTH-1", "venue": "Town hall", "size": "9", "starts_on": FIRST, "ends_on": LAST}


def planned(manager: Browserlike, scene: Scene, **changes: object) -> Page:
    manager.get("/groups/new")
    return manager.fill(PLAN | {"programme_id": scene.programme.id} | changes)  # type: ignore[arg-type]


def test_a_group_is_planned_named_and_opened(manager: Browserlike, scene: Scene, store: Store) -> None:
    page = planned(manager, scene)
    assert page.heading == "Who supervises NORTH-1?"
    assert "NORTH-1 is planned" in page.banner
    page = manager.fill(button="Choose Tom Treat")
    assert page.heading == "NORTH-1 Open"
    assert "The group is open" in page.banner
    group = store.one(select(Group))
    link = store.one(select(Supervision))
    assert (group.state, group.supervised_from, group.supervised_to) == ("open", FIRST, LAST)
    assert (link.supervisor_id, link.starts_on, link.ends_on, link.follows_on) == (scene.tom.id, FIRST, LAST, None)
    assert "Short" not in page.heading
    assert "0 of 3 regular facilitators" in page.main
