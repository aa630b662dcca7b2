"""One process runs the timetable at a time: the lease says which, and the health page whether."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from selection.jobs import lease
from selection.models.jobs import Lease
from tests.conftest import Clock
from tests.pages import Browserlike
from tests.store import Store

NOON = datetime(2027, 3, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(clock: Clock) -> None:
    clock.set(NOON)


def take(app: Flask, holder: str) -> bool:
    with app.app_context():
        return lease.take(holder)


def release(app: Flask, holder: str) -> None:
    with app.app_context():
        lease.release(holder)


def test_who_holds_it_keeps_it_by_renewing(app: Flask, store: Store, clock: Clock) -> None:
    assert take(app, "first")
    for seconds in (20, 40, 60, 80):
        clock.set(NOON + timedelta(seconds=seconds))
        assert not take(app, "second")
        assert take(app, "first")
    held = store.one(select(Lease))
    assert (held.holder, held.held_until) == ("first", NOON + timedelta(seconds=80) + lease.HELD_FOR)


def test_another_takes_over_when_it_has_run_out_and_not_before(app: Flask, clock: Clock) -> None:
    assert take(app, "first")
    clock.set(NOON + lease.HELD_FOR - timedelta(seconds=1))
    assert not take(app, "second")
    clock.set(NOON + lease.HELD_FOR)
    assert take(app, "second")
    assert not take(app, "first"), "the first was too late to renew"


def test_another_takes_over_at_once_when_it_is_given_back(app: Flask) -> None:
    assert take(app, "first")
    release(app, "first")
    assert take(app, "second")
    release(app, "first")
    assert not take(app, "third"), "only who holds it gives it back"


def test_of_many_that_ask_at_once_one_gets_it(app: Flask) -> None:
    with ThreadPoolExecutor(4) as threads:
        got = list(threads.map(lambda number: take(app, f"holder {number}"), range(8)))
    assert sum(got) == 1


def test_health_tells_whether_the_jobs_run(app: Flask, client: Browserlike, clock: Clock) -> None:
    assert client.get("/health", expect=503).json["jobs"] == "never ran"
    take(app, "first")
    well = client.get("/health").json
    assert well == {"status": "ok", "database": "ok", "migration": well["migration"], "jobs": "ok"}
    assert well["migration"].startswith("00")
    clock.set(NOON + lease.HELD_FOR)
    assert client.get("/health", expect=503).json["jobs"] == "not running"
    take(app, "first")
    release(app, "first")
    assert client.get("/health", expect=503).json == {**well, "status": "not ok", "jobs": "not running"}


def test_health_tells_that_the_database_is_not_migrated(app: Flask, client: Browserlike, store: Store) -> None:
    take(app, "first")
    store.sql("UPDATE alembic_version SET version_num = '0001_people'")
    assert client.get("/health", expect=503).json["migration"] == "0001_people"
