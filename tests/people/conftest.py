"""Those who keep the register, and those who read it."""

from dataclasses import dataclass

import pytest

from selection.models.people import Account
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people
from tests.store import Store


@dataclass
class Keepers:
    """An administrator of the whole service, one of the area North, and a reader of the area North."""

    everywhere: Account
    north: Account
    reader: Account


@pytest.fixture
def keepers(store: Store, clock: Clock) -> Keepers:
    with store.session() as session:
        people.area(session, "South")
        return Keepers(
            everywhere=people.account(session, Role.ADMINISTRATOR, of=people.staff(session, "Wanda Whole")),
            north=people.account(session, Role.ADMINISTRATOR, of=people.staff(session, "Nora North"), in_area="North"),
            reader=people.account(
                session, Role.PROGRAMME_MANAGER, of=people.staff(session, "Ralph Reader"), in_area="North"
            ),
        )
