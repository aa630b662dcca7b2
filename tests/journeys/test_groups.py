"""A group at a browser: laid out, moved, who is in the room, a deputy, and a suspension with somebody who stands in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from selection.core import clock
from selection.models.groups import Assignment, Group
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Place
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Role
from tests.factories import chain, groups, people, programmes
from tests.factories.people import PASSWORD
from tests.journeys.visitor import Visitor
from tests.store import Store


@dataclass
class World:
    """A manager who also decides about people, and a group that begins in a week."""

    email: str = ""
    group: int = 0
    fay: int = 0


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def furnished(store: Store, world: World) -> None:
    with store.session() as session:
        manager = people.account(session, Role.PROGRAMME_MANAGER, Role.TREATMENT_MANAGER)
        programme = programmes.programme(session)
        first, last = clock.today() + timedelta(days=7), clock.today() + timedelta(days=200)
        until: dict[str, Any] = {
            "first": first - timedelta(days=400),
            "last": last + timedelta(days=100),
            "by": manager,
        }
        tom = chain.authorised(
            session, people.staff(session, "Tom Treat"), programme, ActingRole.TREATMENT_MANAGER, **until
        )
        chain.authorised(
            session, people.staff(session, "Dora Design"), programme, ActingRole.TREATMENT_MANAGER, **until
        )
        made = groups.group(session, programme, first=first, last=last, reference="NORTH-1")
        link = groups.supervise(session, made, tom)
        for name in ("Fay First", "Finn Second"):
            right = chain.authorised(session, people.staff(session, name), programme, **until)
            groups.assign(session, made, right, link, by=manager)
        chain.authorised(session, people.staff(session, "Zoe Spare"), programme, **until)
        world.email, world.group = manager.email, made.id
        world.fay = session.scalars(select(Staff.id).where(Staff.name == "Fay First")).one()


def test_a_manager_lays_out_staffs_and_keeps_a_group_whole(visitor: Visitor, world: World, store: Store) -> None:
    visitor.sign_in(world.email, PASSWORD)
    visitor.open(f"/groups/{world.group}")
    visitor.follow("Schedule and sessions")
    visitor.follow("Lay out the schedule")
    visitor.choose("Meets on", "Tuesday")
    visitor.fill("At", "17:30")
    visitor.press("Show what this does")
    visitor.sees("10 of 10 change")
    visitor.press("Store this schedule")
    visitor.sees("10 sessions, 25 hours")
    visitor.follow_part("2. Induction, session 2")
    visitor.follow("Move")
    second = store.one(select(GroupSession).where(GroupSession.number == 2))
    visitor.fill("Day", second.day + timedelta(days=1))
    visitor.press("Show what this does")
    visitor.sees("It is not one of the group's weekly times.")
    visitor.press("Move it")
    visitor.follow_part("2. Induction, session 2")
    visitor.page.get_by_label("Fay First").uncheck()
    visitor.press("Save who is in the room")
    visitor.sees("1 in the room, 2 needed.")
    _a_deputy(visitor, world)
    _a_suspension(visitor, world)
    spells = store.all(select(Assignment).where(Assignment.facilitator_id == world.fay))
    assert all(spell.ends_on < clock.today() + timedelta(days=2) for spell in spells)
    assert store.count(Place) == 20, "each session has two facilitators again"
    assert store.one(select(Group.state)) == "open"


def _a_deputy(visitor: Visitor, world: World) -> None:
    first: date = clock.today() + timedelta(days=21)
    days = f"starts_on={first.day}&starts_on={first.month}&starts_on={first.year}"
    last = first + timedelta(days=7)
    days += f"&ends_on={last.day}&ends_on={last.month}&ends_on={last.year}"
    visitor.open(f"/groups/{world.group}/supervise?{days}&role=treatment_manager&areas=all")
    visitor.fill("Why somebody else takes over", "Tom is on leave.")
    visitor.tick("As deputy, while the supervisor is away")
    visitor.press("Choose Dora Design")
    visitor.sees("deputy for Tom Treat")


def _a_suspension(visitor: Visitor, world: World) -> None:
    visitor.open(f"/authorisations/staff/{world.fay}/suspend-now")
    visitor.open(f"/authorisations/staff/{world.fay}/stop")
    visitor.sees("Groups touched: 1")
    visitor.page.locator("select[name^=stand_in]").first.select_option(label="Zoe Spare, North")
    visitor.tick("Suspension: stopped for now")
    visitor.fill("Why", "A matter of conduct.")
    visitor.press("Stop them and end what leans on their authorisations")
    visitor.sees("is stopped from")
