"""Nothing that was typed is lost: a half-day of six assessors in real browsers, and things that go wrong.

One deck of them, thirty-two, in every run of the tests, for their cost; two hundred with `make faults`.
`--faults 2000 --seed 7` makes it longer, or another one. The same seed is the same half-day.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Error
from sqlalchemy import select

from selection.core import clock
from selection.models.capture import FormHold
from selection.models.scoring import Rating, RatingForm
from tests.faults.halfday import ASSESSORS, CANDIDATES, Furnished, HalfDay, furnish
from tests.faults.tablet import Tablet
from tests.service import Service
from tests.store import Store

WRONG_CLOCKS = (timedelta(), timedelta(days=-400), timedelta(), timedelta(hours=5), timedelta(), timedelta(days=30))
STAMP = re.compile(r"^(\d\d:\d\d) Note \d{4} of ", re.MULTILINE)


@pytest.fixture
def furnished(store: Store) -> Furnished:
    return furnish(store)


@pytest.fixture
def service(furnished: Furnished, database: str, tmp_path: Path) -> Iterator[Service]:
    made = Service(database, tmp_path)
    made.start()
    yield made
    made.kill()


def test_nothing_typed_is_lost(
    store: Store, furnished: Furnished, service: Service, browser: Browser, pytestconfig: pytest.Config
) -> None:
    faults, seed, begun = pytestconfig.getoption("--faults"), pytestconfig.getoption("--seed"), clock.now()
    rng = Random(seed)
    tablets = [
        Tablet(browser, service.address, who, clock_off=off)
        for who, off in zip(furnished.assessors, WRONG_CLOCKS, strict=True)
    ]
    day = HalfDay(rng, service, store, furnished, tablets)
    try:
        live_through(day, rng, faults)
    except (AssertionError, Error) as wrong:
        pytest.fail(f"{wrong}\n{day.story()}")
    for tablet in tablets:
        tablet.leave()
    assert list(day.wrong_at_the_end()) == []
    assert store.count(RatingForm, RatingForm.sealed_at.is_(None)) == 0
    assert store.count(FormHold, FormHold.ended_at.is_(None)) == 0
    assert len(day.happened) == faults
    assert stamps(store) <= minutes(begun, clock.now()), "a device's wrong clock is on a note"


def stamps(store: Store) -> set[str]:
    """Return the times that stand before the notes, as a clock in London shows them."""
    found = {stamp for evidence in store.all(select(Rating.evidence)) for stamp in STAMP.findall(evidence)}
    assert found
    return found


def minutes(first: datetime, last: datetime) -> set[str]:
    """Return every minute from the first to the last, in the same words."""
    passed = (last - first) // timedelta(minutes=1)
    return {f"{clock.london(first + timedelta(minutes=each)):%H:%M}" for each in range(passed + 2)}


def live_through(day: HalfDay, rng: Random, faults: int) -> None:
    """Let everybody fill all their forms, with so many faults among them."""
    day.begin()
    forms_each = CANDIDATES * 3 * 2 // ASSESSORS
    for part in range(forms_each):
        for _fault in range(faults * part // forms_each, faults * (part + 1) // forms_each):
            tablet = rng.choice(day.tablets)
            day.work(tablet)
            day.go_wrong(tablet)
            day.check(tablet)
        for tablet in day.tablets:
            day.seal_and_go_on(tablet)
