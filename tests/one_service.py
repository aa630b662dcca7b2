"""Fixtures for a file of tests that share one database and one running service, because starting it costs most of all.

Each of its tests puts in what it needs, a centre of its own for instance, and looks at nothing else.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from selection.core import clock
from selection.models.standards import Standard
from tests.databases import Databases
from tests.factories import centres, standards
from tests.factories.centres import Prepared
from tests.service import Service
from tests.store import Store

__all__ = ["databases", "service", "standard", "store", "there"]


@pytest.fixture(scope="module")
def databases(sources: Callable[[str], Databases], database_kind: str) -> Databases:
    return sources(database_kind)


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[Store]:
    url = databases.fresh()
    made = Store(url)
    yield made
    made.close()
    databases.discard(url)


@pytest.fixture(scope="module")
def service(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    made = Service(store.url, Path(tmp_path_factory.mktemp("service")))
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def standard(store: Store) -> Standard:
    with store.session() as session:
        return standards.standard(session)


@pytest.fixture
def there(store: Store, standard: Standard) -> Prepared:
    """A centre of this test's own, held today: Cara Candidate, and two assessors of each exercise."""
    with store.session() as session:
        return centres.prepared(session, standard=session.get_one(Standard, standard.id), held_on=clock.today())
