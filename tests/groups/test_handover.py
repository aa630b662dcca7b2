"""Handing a group's supervision over: links and assignments move together, without a day's gap, or not at all."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.plan import plan_for_stop
from selection.authorisation.withdraw import stop
from selection.core import clock as real_clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.supervision.actions import supervise
from selection.models.groups import Group, Supervision
from selection.models.people import Staff
from selection.rules.eligibility import ActingRole, StopKind
from selection.rules.roles import Role
from selection.rules.validity import Span
from tests.conftest import Clock
from tests.factories import chain, groups, people
from tests.factories.groups import FIRST, LAST, Scene
from tests.groups.looks import boxes, events, leaning, links, spells
from tests.pages import Browserlike
from tests.store import Store

DAY = date(2027, 7, 1)
BEFORE = date(2027, 6, 30)
DESIGNATED, MANAGER = ActingRole.DESIGNATED_SUPERVISOR, ActingRole.TREATMENT_MANAGER


@pytest.fixture
def group(scene: Scene, store: Store) -> Group:
    """An open group under Tom, with Fay on it from beginning to end."""
    with store.session() as session:
        made, link = groups.open_group(session, scene, reference="NORTH-1")
        groups.assign(session, made, scene.fay_may, link, by=scene.manager)
    return made


@pytest.fixture
def hand_over(app: Flask, scene: Scene, group: Group) -> Callable[..., None]:
    """Hands the group over as the manager, or raises Refused."""

    def do(who: Staff, role: ActingRole, first: date, last: date = LAST, reason: str = "Tom leaves.") -> None:
        with app.app_context():
            by = people.actor(scene.manager)
            found, person = loading.to_change(group.id, by=by), loading.staff_in_reach(who.id, by=by)
            days = Span(first=first, last=last)
            supervise(found, person.id, role=role, days=days, reason=reason, today=real_clock.today(), by=by)
            db.session.commit()

    return do


def refused(do: Callable[..., None], *args: object, **kwargs: object) -> Sequence[str]:
    with pytest.raises(Refused) as refusal:
        do(*args, **kwargs)
    return [reason.code for reason in refusal.value.reasons]


def test_from_a_day_on_assignments_go_on_under_the_new_supervisor(
    manager: Browserlike, group: Group, store: Store
) -> None:
    manager.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(starts_on=DAY, ends_on=LAST))
    page = manager.fill({"reason": "Tom leaves."}, button="Choose Dora Design")
    assert "Dora Design supervises from 1 July 2027 to 30 September 2027." in page.banner
    assert links(store, group.id) == [("Tom Treat", FIRST, BEFORE, None), ("Dora Design", DAY, LAST, BEFORE)]
    assert spells(store, group.id) == [
        ("Fay First", "Tom Treat", FIRST, BEFORE),
        ("Fay First", "Dora Design", DAY, LAST),
    ]
    assert leaning(store) == []
    assert sorted(events(store)) == ["assignment.changed", "supervision.changed", "supervision.named"]
    assert page.table("[aria-labelledby=team-caption] table")[0]["Days"] == "5 April 2027 to 30 September 2027"
    assert "Reason: Tom leaves." in page.main


def test_somebody_stands_in_for_a_month(
    hand_over: Callable[..., None], scene: Scene, group: Group, store: Store
) -> None:
    hand_over(scene.dora, DESIGNATED, date(2027, 6, 1), BEFORE)
    assert links(store, group.id) == [
        ("Tom Treat", FIRST, date(2027, 5, 31), None),
        ("Dora Design", date(2027, 6, 1), BEFORE, date(2027, 5, 31)),
        ("Tom Treat", DAY, LAST, BEFORE),
    ]
    assert [row[1:] for row in spells(store, group.id)] == [
        ("Tom Treat", FIRST, date(2027, 5, 31)),
        ("Dora Design", date(2027, 6, 1), BEFORE),
        ("Tom Treat", DAY, LAST),
    ]
    assert leaning(store) == []


def test_the_whole_group_passes_before_it_begins(
    hand_over: Callable[..., None], scene: Scene, group: Group, store: Store
) -> None:
    hand_over(scene.dora, DESIGNATED, FIRST)
    assert links(store, group.id) == [("Dora Design", FIRST, LAST, None)]
    assert spells(store, group.id) == [("Fay First", "Dora Design", FIRST, LAST)]
    assert leaning(store) == []


def test_days_pass_back_and_become_one_link_again(
    hand_over: Callable[..., None], scene: Scene, group: Group, store: Store
) -> None:
    hand_over(scene.dora, DESIGNATED, DAY)
    hand_over(scene.tom, MANAGER, DAY)
    assert links(store, group.id) == [("Tom Treat", FIRST, LAST, None)]
    assert [row[1:] for row in spells(store, group.id)] == [("Tom Treat", FIRST, BEFORE), ("Tom Treat", DAY, LAST)]
    assert leaning(store) == []


def test_later_links_give_way_too(hand_over: Callable[..., None], scene: Scene, group: Group, store: Store) -> None:
    hand_over(scene.dora, DESIGNATED, DAY)
    with store.session() as session:
        third = people.staff(session, "Thea Third")
        chain.authorised(session, third, scene.programme, MANAGER)
    hand_over(third, MANAGER, date(2027, 6, 15), date(2027, 7, 15))
    assert [row[:3] for row in links(store, group.id)] == [
        ("Tom Treat", FIRST, date(2027, 6, 14)),
        ("Thea Third", date(2027, 6, 15), date(2027, 7, 15)),
        ("Dora Design", date(2027, 7, 16), LAST),
    ]
    assert [row[1:3] for row in spells(store, group.id)] == [
        ("Tom Treat", FIRST),
        ("Thea Third", date(2027, 6, 15)),
        ("Thea Third", DAY),
        ("Dora Design", date(2027, 7, 16)),
    ]
    assert leaning(store) == []


def test_a_renewed_authorisation_makes_two_links(
    hand_over: Callable[..., None], scene: Scene, group: Group, store: Store
) -> None:
    with store.session() as session:
        thea = people.staff(session, "Thea Third")
        chain.authorised(session, thea, scene.programme, MANAGER, last=BEFORE)
        chain.authorised(session, thea, scene.programme, MANAGER, first=DAY)
    hand_over(thea, MANAGER, FIRST)
    assert links(store, group.id) == [("Thea Third", FIRST, BEFORE, None), ("Thea Third", DAY, LAST, BEFORE)]
    assert leaning(store) == []


def test_what_cannot_pass_stays(hand_over: Callable[..., None], scene: Scene, group: Group, store: Store) -> None:
    for who, role, days, expected in (
        (scene.fay, MANAGER, (DAY, LAST), ["appointment.missing", "supervision.own"]),
        (scene.finn, MANAGER, (DAY, LAST), ["appointment.missing"]),
        (scene.dora, MANAGER, (DAY, LAST), ["appointment.missing"]),
        (scene.tom, MANAGER, (DAY, LAST), ["supervision.already"]),
        (scene.dora, DESIGNATED, (LAST, DAY), ["days.order"]),
        (scene.dora, DESIGNATED, (DAY, date(2027, 10, 1)), ["days.outside_group"]),
    ):
        assert refused(hand_over, who, role, *days) == expected
    assert links(store, group.id) == [("Tom Treat", FIRST, LAST, None)]
    assert events(store) == []


def test_days_that_are_over_do_not_pass(
    hand_over: Callable[..., None], scene: Scene, group: Group, store: Store, clock: Clock
) -> None:
    clock.set(date(2027, 5, 3))
    assert refused(hand_over, scene.dora, DESIGNATED, date(2027, 5, 2)) == ["days.past"]
    hand_over(scene.dora, DESIGNATED, date(2027, 5, 3))
    assert [row[1:] for row in spells(store, group.id)] == [
        ("Tom Treat", FIRST, date(2027, 5, 2)),
        ("Dora Design", date(2027, 5, 3), LAST),
    ]


def test_a_handover_says_why(manager: Browserlike, group: Group, scene: Scene, store: Store) -> None:
    manager.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(starts_on=DAY, ends_on=LAST))
    page = manager.fill(button="Choose Dora Design", expect=409)
    assert page.heading == "Dora Design cannot be chosen"
    assert "Say why somebody else takes over." in page.main
    assert links(store, group.id) == [("Tom Treat", FIRST, LAST, None)]


def test_who_can_and_who_cannot_supervise_is_shown(manager: Browserlike, group: Group, scene: Scene) -> None:
    page = manager.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(starts_on=DAY, ends_on=LAST))
    assert [row["Name"].split(" S0")[0] for row in page.table("[aria-labelledby=can-caption] table")] == ["Dora Design"]
    reasons = {row["Name"].split(" S0")[0]: row for row in page.table("[aria-labelledby=cannot-caption] table")}
    why = reasons["Fay First"]["Why not, and what would put it right"]
    assert (
        "Fay First is not appointed as designated supervisor on 1 July 2027. A programme manager can appoint them."
        in why
    )
    assert "Fay First is a facilitator of this group on some of these days" in why
    assert (
        page.links["Appoint Fay First"]
        == f"/authorisations/staff/{scene.fay.id}/appoint?programme_id={scene.programme.id}"
    )


def test_a_page_that_is_out_of_date_changes_nothing(
    clients: Callable[[], Browserlike], hand_over: Callable[..., None], group: Group, scene: Scene, store: Store
) -> None:
    browser = clients().sign_in_as(scene.manager)
    page = browser.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(starts_on=DAY, ends_on=LAST))
    hand_over(scene.dora, DESIGNATED, date(2027, 6, 1), BEFORE)
    clash = browser.fill({"reason": "Tom leaves."}, button="Choose Dora Design", page=page, expect=409)
    assert clash.heading == "Somebody changed this meanwhile"
    assert "Dora Design until 30 June 2027, Tom Treat until 30 September 2027" in clash.main
    assert len(links(store, group.id)) == 3


def test_a_halted_group_opens_again_once_somebody_is_named(
    app: Flask, manager: Browserlike, hand_over: Callable[..., None], group: Group, scene: Scene, store: Store
) -> None:
    suspend(app, scene, store, scene.tom, DAY)
    page = manager.get(f"/groups/{group.id}")
    assert page.heading == "NORTH-1 Halted"
    assert "Nobody is named as supervisor from 1 July 2027" in page.main
    manager.get(f"/groups/{group.id}/supervise", role=DESIGNATED, **boxes(starts_on=DAY, ends_on=LAST))
    page = manager.fill(button="Choose Dora Design")
    assert page.heading == "NORTH-1 Open"
    assert links(store, group.id) == [("Tom Treat", FIRST, BEFORE, None), ("Dora Design", DAY, LAST, BEFORE)]
    assert spells(store, group.id) == [("Fay First", "Tom Treat", FIRST, BEFORE)]
    assert leaning(store) == []


def test_a_group_that_was_halted_too_long_does_not_go_on(
    app: Flask, hand_over: Callable[..., None], group: Group, scene: Scene, store: Store, clock: Clock
) -> None:
    suspend(app, scene, store, scene.tom, DAY)
    clock.set(date(2027, 7, 2))
    assert refused(hand_over, scene.dora, DESIGNATED, DAY) == ["days.past"]
    assert refused(hand_over, scene.dora, DESIGNATED, date(2027, 7, 2)) == ["supervision.gap"]


def test_a_withdrawal_of_a_later_supervisor_keeps_the_days_before(
    app: Flask, hand_over: Callable[..., None], group: Group, scene: Scene, store: Store
) -> None:
    hand_over(scene.dora, DESIGNATED, DAY)
    suspend(app, scene, store, scene.dora, date(2027, 5, 1))
    assert links(store, group.id) == [("Tom Treat", FIRST, BEFORE, None)]
    found = store.one(select(Group))
    assert (found.state, found.supervised_from, found.supervised_to) == ("halted", FIRST, BEFORE)
    assert spells(store, group.id) == [("Fay First", "Tom Treat", FIRST, BEFORE)]


def suspend(app: Flask, scene: Scene, store: Store, who: Staff, day: date) -> None:
    """Suspend somebody from a day on, with all that it touches."""
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
    with app.app_context():
        plan = plan_for_stop(who.id, scene.programme.id, day)
        given = {"kind": StopKind.SUSPENSION, "programme_id": scene.programme.id, "until": None}
        stop(who.id, plan, **given, reason="An inquiry.", by=people.actor(lead))  # type: ignore[arg-type]
        db.session.commit()


def test_nothing_else_names_a_supervisor(scene: Scene, group: Group, store: Store) -> None:
    """A link that does not follow the chain cannot be stored, whatever door is tried."""
    with pytest.raises(Exception, match=r"(?i)constraint|unique"), store.session() as session:
        session.add(
            Supervision(
                group_id=group.id,
                programme_id=scene.programme.id,
                supervisor_id=scene.dora.id,
                role=DESIGNATED,
                starts_on=DAY,
                ends_on=LAST,
                authorisation_id=scene.dora_may.id,
                authorisation_from=scene.dora_may.valid_from,
                authorisation_to=scene.dora_may.valid_to,
            )
        )
