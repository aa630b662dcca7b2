"""A group delivered under supervision: sessions recorded, supervision signed, a recording reviewed, the board."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from selection.core import clock
from selection.models.delivery import SessionRecord
from selection.models.groups import Group
from selection.models.people import Account
from selection.models.sessions import GroupSession
from selection.models.supervision import SupervisorRecord
from selection.rules.roles import Role
from tests.factories import groups, people, records, sessions
from tests.journeys import steps
from tests.journeys.visitor import Visitor
from tests.store import Store

Visitors = Callable[[], Visitor]


@dataclass
class Running:
    """A group of which Tom answers for the supervision, and Fay and Finn deliver."""

    group: Group
    session: GroupSession
    tom: Account
    fay: Account
    manager: Account


@pytest.fixture
def furnished(store: Store) -> Running:
    today = clock.today()
    with store.session() as session:
        scene = groups.scene(session)
        days = {"first": today - timedelta(days=60), "last": today + timedelta(days=120)}
        group, link = groups.open_group(session, scene, reference="N-1", **days)
        spells = [
            groups.assign(session, group, right, link, by=scene.manager) for right in (scene.fay_may, scene.finn_may)
        ]
        met = [sessions.session_of(session, group, today + timedelta(days=day)) for day in (-1, 7, 14)]
        for one in met[:2]:
            for spell in spells:
                sessions.place(session, one, spell)
        records.forms(session)
        return Running(
            group=group,
            session=met[0],
            tom=people.account(session, Role.TREATMENT_MANAGER, of=scene.tom, in_area="North"),
            fay=people.account(session, Role.STAFF_MEMBER, of=scene.fay),
            manager=scene.manager,
        )


def test_a_group_is_delivered_under_supervision(furnished: Running, visitors: Visitors, store: Store) -> None:
    fay = steps.arrives(visitors, furnished.fay)
    records_the_session(fay)
    assert store.one(select(SessionRecord)).present == 8
    tom = steps.arrives(visitors, furnished.tom)
    supervises(tom)
    reviews(tom, furnished.group.id)
    assert store.count(SupervisorRecord, SupervisorRecord.signed_at.is_not(None)) == 2
    reads_their_own(fay)
    looks_at_the_board(steps.arrives(visitors, furnished.manager))


def records_the_session(fay: Visitor) -> None:
    fay.follow("Record Induction, session 1 of N-1")
    fay.fill("How many participants were present", "8")
    fay.fill("Where the recording is kept", "Secure drive, folder 7")
    fay.press("Record the session")
    fay.sees("Fay First, Finn Second")


def supervises(tom: Visitor) -> None:
    tom.follow("Supervision")
    tom.sees("Overdue")
    tom.follow("Record supervision of Fay First")
    tom.fill("What was it", "Two sessions, both as written.")
    tom.fill("What was agreed", "Plan the second hour")
    tom.fill("Next appointment", clock.today() + timedelta(days=21))
    tom.press("Keep as a draft")
    tom.press("Sign")
    tom.sees("Signed")
    tom.follow("Supervision")
    tom.sees("is overdue for supervision")


def reviews(tom: Visitor, group_id: int) -> None:
    tom.open(f"/supervision/groups/{group_id}")
    tom.follow_part("Review the recording of Induction, session 1")
    tom.fill("What was it", "The first hour.")
    for select_ in tom.page.locator("select[name^=points-]").all():
        select_.select_option("3")
    tom.page.locator("select[name^=points-]").last.select_option("na")
    tom.press("Sign")
    tom.sees("Does not apply")


def reads_their_own(fay: Visitor) -> None:
    fay.follow("My work")
    fay.follow("Supervision with Tom Treat")
    fay.does_not_see("Quarter: by")
    fay.follow_part(f"{clock.today().day} {clock.today():%B %Y}")
    fay.open("/calendar/new")
    fay.press("Make the link")
    fay.sees("It is not kept, and not shown again.")


def looks_at_the_board(manager: Visitor) -> None:
    manager.follow("Delivery")
    manager.sees("Nobody with experience in the room, 1 needed.")
    manager.follow("N-1")
    manager.sees("1 held, 0 not held")
    manager.sees("8 of 9 on average")
