"""A deputy is a link of the chain; both hear of a handover; a supervisor of too many groups takes a reason."""

from datetime import date

import pytest
from sqlalchemy import select

from selection.models.groups import Group, Supervision
from selection.models.notices import Notice
from selection.rules.eligibility import ActingRole
from tests.factories import chain, groups, people, programmes
from tests.factories.groups import FIRST, LAST, Scene
from tests.groups.looks import boxes, leaning, spells
from tests.pages import Browserlike
from tests.store import Store

AWAY = {"starts_on": date(2027, 6, 1), "ends_on": date(2027, 6, 30)}
DESIGNATED = ActingRole.DESIGNATED_SUPERVISOR


@pytest.fixture
def group(scene: Scene, store: Store) -> Group:
    """An open group under Tom, with Fay on it from beginning to end."""
    with store.session() as session:
        made, link = groups.open_group(session, scene, reference="NORTH-1")
        groups.assign(session, made, scene.fay_may, link, by=scene.manager)
    return made


def test_a_deputy_answers_alone_while_the_supervisor_is_away_and_both_are_told(
    manager: Browserlike, scene: Scene, group: Group, store: Store
) -> None:
    manager.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(**AWAY))
    page = manager.fill({"reason": "Tom is on leave.", "as_deputy": "y"}, button="Choose Dora Design")
    links = store.all(select(Supervision).order_by(Supervision.starts_on))
    assert [(one.supervisor_id, one.deputises_for_id) for one in links] == [
        (scene.tom.id, None),
        (scene.dora.id, scene.tom.id),
        (scene.tom.id, None),
    ]
    assert [row[1] for row in spells(store, group.id)] == ["Tom Treat", "Dora Design", "Tom Treat"]
    assert leaning(store) == []
    assert "deputy for Tom Treat" in page.main
    letters = {one.to_address: one.body for one in store.all(select(Notice))}
    assert set(letters) == {scene.tom.email, scene.dora.email}
    assert "you supervise NORTH-1 as deputy, instead of Tom Treat." in letters[scene.dora.email]
    assert "Dora Design supervises NORTH-1 as deputy, instead of you." in letters[scene.tom.email]
    assert "Why: Tom is on leave." in letters[scene.tom.email]


def test_nobody_deputises_for_nobody_or_for_two(manager: Browserlike, scene: Scene, group: Group, store: Store) -> None:
    manager.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(**AWAY))
    manager.fill({"reason": "Hands over."}, button="Choose Dora Design")
    with store.session() as session:
        third = people.staff(session, "Thea Third")
        chain.authorised(session, third, scene.programme, ActingRole.TREATMENT_MANAGER)
    role = ActingRole.TREATMENT_MANAGER
    manager.get(f"/groups/{group.id}/supervise", role=role, **boxes(starts_on=AWAY["starts_on"], ends_on=LAST))
    page = manager.fill({"reason": "Away", "as_deputy": "y"}, button="Choose Thea Third", expect=409)
    assert "Dora Design and Tom Treat are named on these days, and a deputy stands in for one person." in page.main


def test_a_supervisor_of_as_many_groups_as_may_be_takes_a_reason(
    manager: Browserlike, scene: Scene, group: Group, store: Store
) -> None:
    with store.session() as session:
        programmes.other_numbers(session, scene.programme.id, supervisor_groups=1)
        groups.group(session, scene.programme, reference="NORTH-2")
    second = store.one(select(Group).where(Group.reference == "NORTH-2"))
    manager.get(f"/groups/{second.id}/supervise", **boxes(starts_on=FIRST, ends_on=LAST))
    page = manager.fill(button="Choose Tom Treat", expect=409)
    assert "Tom Treat supervises 1 groups on these days already; the local limit is 1." in page.main
    manager.get(f"/groups/{second.id}/supervise", **boxes(starts_on=FIRST, ends_on=LAST))
    manager.fill({"reason": "Nobody else is there yet."}, button="Choose Tom Treat")
    assert store.one(select(Group.state).where(Group.id == second.id)) == "open"
