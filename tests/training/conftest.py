"""A training lead at work: a programme, its two courses, and an event of fundamental training in three weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from selection.models.authorisations import Certificate
from selection.models.courses import Course
from selection.models.notices import Notice
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.models.trail import TrailEntry
from selection.models.training import Booking, CourseResult, Event
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people, programmes, training
from tests.factories.training import MONDAY
from tests.pages import Browserlike, Page
from tests.store import Store

LAST_DAY = MONDAY + timedelta(days=2)
ALL_PASSED = {"understanding": "passed", "competencies": "passed", "abilities": "passed"}
ONE_SHORT = ALL_PASSED | {"abilities": "not_yet"}


@dataclass
class World:
    """What is there before a test begins, and short ways to add to it and to look at it."""

    store: Store
    lead: Account
    trainer: Account
    programme: Programme
    fundamental: Course
    specific: Course
    event: Event

    def ready(self, name: str | None = None, *, stage: Stage = Stage.FUNDAMENTAL, in_area: str = "North") -> Staff:
        """Somebody who has passed every step before the stage."""
        with self.store.session() as session:
            return training.ready(session, name, by=self.lead, stage=stage, in_area=in_area)

    def booked(
        self,
        name: str | None = None,
        *,
        on: Event | None = None,
        present: tuple[bool, ...] = (),
        of: Staff | None = None,
    ) -> Booking:
        """Somebody's booking, with as many days of the roll as are given."""
        of = of or self.ready(name)
        with self.store.session() as session:
            event = session.get_one(Event, (on or self.event).id)
            return training.booking(session, event, of, present=present)

    def attended(self, name: str | None = None, *, of: Staff | None = None) -> Booking:
        """The booking of somebody who was there on each day."""
        return self.booked(name, present=(True, True, True), of=of)

    def account(self, *roles: Role, of: Staff | None = None, in_area: str | None = None) -> Account:
        """Another login."""
        with self.store.session() as session:
            of = of and session.get_one(Staff, of.id)
            return people.account(session, *roles, of=of, in_area=in_area)

    def results(self, booking: Booking) -> list[CourseResult]:
        """The results of a booking, in their order."""
        query = select(CourseResult).where(CourseResult.booking_id == booking.id).order_by(CourseResult.id)
        return list(self.store.all(query))

    def certificate(self, booking: Booking) -> Certificate | None:
        """The certificate that the booking earned."""
        query = select(Certificate).join(CourseResult, CourseResult.id == Certificate.result_id)
        found = self.store.all(query.where(CourseResult.booking_id == booking.id))
        assert len(found) <= 1
        return found[0] if found else None

    def letters(self, to: Staff) -> list[Notice]:
        """The letters that were promised to somebody, in their order."""
        return list(self.store.all(select(Notice).where(Notice.to_address == to.email).order_by(Notice.id)))

    def trail(self, event: str) -> list[TrailEntry]:
        """What is on the trail of one kind."""
        return list(self.store.all(select(TrailEntry).where(TrailEntry.event == event).order_by(TrailEntry.id)))


@pytest.fixture
def world(store: Store, clock: Clock) -> World:
    """What is there before a test begins."""
    with store.session() as session:
        lead, trainer = people.account(session, Role.TRAINING_LEAD), people.account(session, Role.STAFF_MEMBER)
        programme = programmes.programme(session)
        fundamental = training.course(session, title="Fundamental skills")
        specific = training.course(session, programme, title="C-SOGP skills")
        event = training.event(session, fundamental, title="Spring course")
        return World(store, lead, trainer, programme, fundamental, specific, event)


@pytest.fixture
def lead(world: World, client: Browserlike) -> Browserlike:
    """The training lead's browser."""
    return client.sign_in_as(world.lead)


@pytest.fixture
def over(clock: Clock) -> date:
    """The event's last day has come."""
    clock.set(LAST_DAY)
    return LAST_DAY


@pytest.fixture
def as_(world: World, clients: Callable[[], Browserlike]) -> Callable[..., Browserlike]:
    """Gives the browser of somebody with these roles."""

    def browser(*roles: Role, of: Staff | None = None, in_area: str | None = None) -> Browserlike:
        return clients().sign_in_as(world.account(*roles, of=of, in_area=in_area))

    return browser


def token(page: Page) -> str:
    """The forgery token that is on a page."""
    field = page.soup.select_one("input[name=csrf_token]")
    assert field is not None
    return str(field["value"])
