"""What the tests of delivery share: a group that runs under Tom, with Fay, who has experience, and Finn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from selection.models.groups import Assignment, Group
from selection.models.people import Account
from selection.models.sessions import GroupSession
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import groups, people, sessions
from tests.factories.delivery import FIRST, LAST
from tests.factories.groups import Scene
from tests.pages import Browserlike
from tests.store import Store

COMING = date(2027, 3, 22)


@dataclass
class Running:
    """A group with a session today, over at 12:30 but the clock says noon, one a week ago, and one in a week."""

    scene: Scene
    group: Group
    fay: Assignment
    finn: Assignment
    past: GroupSession
    today: GroupSession
    coming: GroupSession
    fay_login: Account
    tom_login: Account
    stranger: Account


@pytest.fixture
def running(store: Store, clock: Clock) -> Running:
    """A group with three sessions, Fay and Finn in the room of each."""
    with store.session() as session:
        scene = groups.scene(session)
        group, link = groups.open_group(session, scene, first=FIRST, last=LAST)
        fay = groups.assign(session, group, scene.fay_may, link, by=scene.manager)
        finn = groups.assign(session, group, scene.finn_may, link, by=scene.manager)
        met = [sessions.session_of(session, group, day) for day in (date(2027, 3, 8), TODAY, COMING)]
        for one in met:
            for spell in (fay, finn):
                sessions.place(session, one, spell)
        return Running(
            scene=scene,
            group=group,
            fay=fay,
            finn=finn,
            past=met[0],
            today=met[1],
            coming=met[2],
            fay_login=people.account(session, Role.STAFF_MEMBER, of=scene.fay),
            tom_login=people.account(session, Role.STAFF_MEMBER, of=scene.tom),
            stranger=people.account(session, Role.PROGRAMME_MANAGER, in_area="South"),
        )


@pytest.fixture
def fay(clients: Callable[[], Browserlike], running: Running) -> Browserlike:
    """The browser of a facilitator on the group, whose login has no role beyond a staff member's."""
    return clients().sign_in_as(running.fay_login)


@pytest.fixture
def manager(clients: Callable[[], Browserlike], running: Running) -> Browserlike:
    """The browser of the area's programme manager."""
    return clients().sign_in_as(running.scene.manager)
