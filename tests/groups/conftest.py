"""What the tests of groups share: a scene in the store, a manager's browser, and a count of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

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


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent to any database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
