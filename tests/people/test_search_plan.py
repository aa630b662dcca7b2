"""How SQLite goes about a search: by the index of words, never through everybody."""

import pytest
from flask import Flask

from selection.core.clock import today
from selection.people.register import queries
from selection.people.register.asked import Asked
from selection.rules.roles import EVERYWHERE
from tests.conftest import Clock
from tests.costs import counted
from tests.store import Store


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """PostgreSQL plans by the size of the tables, which are empty here."""
    kind: str = request.param
    return kind


def test_a_search_goes_by_the_index(app: Flask, store: Store, clock: Clock) -> None:
    with counted(app) as sent, app.app_context():
        queries.search(Asked(words="ann"), EVERYWHERE, today=today())
    assert len(sent) == 2, "the count and the page; nobody was found whose state would be asked for"
    with store.connection() as connection:
        for statement in sent:
            bound = ("ann",) * statement.count("?")
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound)]
            assert any("SEARCH staff_word USING COVERING INDEX" in step for step in plan), plan
            assert not any(step.startswith("SCAN staff") for step in plan), plan
