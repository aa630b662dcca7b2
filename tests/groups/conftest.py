"""What the tests of groups share: a scene in the store, and a manager's browser."""

import pytest

from tests.conftest import Clock
from tests.factories import groups
from tests.factories.groups import Scene
from tests.pages import Browserlike
from tests.store import Store


@pytest.fixture
def scene(store: Store, clock: Clock) -> Scene:
    """People of the area North who may manage, supervise and facilitate."""
    with store.session() as session:
        return groups.scene(session)


@pytest.fixture
def manager(client: Browserlike, scene: Scene) -> Browserlike:
    """The browser of the manager of the area North."""
    return client.sign_in_as(scene.manager)
