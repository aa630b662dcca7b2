"""What the tests of supervision share: a group that runs, its supervisor and its facilitators at browsers."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Account
from selection.models.record_forms import RecordForm
from selection.rules.records import RecordKind
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import groups, people, records
from tests.factories.delivery import FIRST, LAST
from tests.factories.groups import Scene
from tests.pages import Browserlike
from tests.store import Store


@dataclass
class Desk:
    """A group of February to August 2027 under Tom, with Fay and Finn on it; Dora supervises another with nobody on."""

    scene: Scene
    group: Group
    link: Supervision
    fay: Assignment
    finn: Assignment
    tom_login: Account
    fay_login: Account
    dora_login: Account
    manager: Account
    auditor: Account
    forms: dict[RecordKind, RecordForm]


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """A supervisor with two facilitators."""
    with store.session() as session:
        scene = groups.scene(session)
        group, link = groups.open_group(session, scene, first=FIRST, last=LAST)
        other = groups.group(session, scene.programme, first=FIRST, last=LAST)
        groups.supervise(session, other, scene.dora_may)
        return Desk(
            scene=scene,
            group=group,
            link=link,
            fay=groups.assign(session, group, scene.fay_may, link, by=scene.manager),
            finn=groups.assign(session, group, scene.finn_may, link, by=scene.manager),
            tom_login=people.account(session, Role.STAFF_MEMBER, of=scene.tom),
            fay_login=people.account(session, Role.STAFF_MEMBER, of=scene.fay),
            dora_login=people.account(session, Role.TREATMENT_MANAGER, of=scene.dora),
            manager=scene.manager,
            auditor=people.account(session, Role.AUDITOR),
            forms=records.forms(session),
        )


@pytest.fixture
def tom(clients: Callable[[], Browserlike], desk: Desk) -> Browserlike:
    """The browser of the supervisor, whose login has no role beyond a staff member's."""
    return clients().sign_in_as(desk.tom_login)


@pytest.fixture
def fay(clients: Callable[[], Browserlike], desk: Desk) -> Browserlike:
    """The browser of a facilitator."""
    return clients().sign_in_as(desk.fay_login)


@pytest.fixture
def dora(clients: Callable[[], Browserlike], desk: Desk) -> Browserlike:
    """The browser of a treatment manager who oversees all areas, and supervises another group."""
    return clients().sign_in_as(desk.dora_login)
