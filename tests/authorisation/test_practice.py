"""Days delivered put a lapse off; taken back they no longer do; nobody begins after a lapse, by page or by SQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from selection.authorisation.delivered import record_delivery, take_back_delivery
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.groups import Assignment
from selection.models.people import Account
from selection.models.practice import DeliveredDay, Practice
from selection.rules.programmes import Stage
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, groups, people
from tests.factories.delivery import Delivery, delivery
from tests.pages import Browserlike
from tests.store import Store


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    with store.session() as session:
        return delivery(session)


@pytest.fixture
def tell(app: Flask, team: Delivery) -> Callable[[date], None]:
    def told(day: date) -> None:
        with app.app_context():
            record_delivery([team.assignment.id], day, by=people.actor(team.lead))
            db.session.commit()

    return told


def practice(store: Store, team: Delivery) -> Practice:
    found: Practice = store.one(select(Practice).where(Practice.staff_id == team.facilitator.id))
    return found


def test_a_day_delivered_puts_the_lapse_off_and_the_assignment_knows(
    store: Store, team: Delivery, tell: Callable[[date], None]
) -> None:
    assert practice(store, team).lapses_on == date(2028, 1, 1)
    tell(date(2027, 3, 8))
    tell(date(2027, 3, 8))
    tell(date(2027, 3, 1))
    assert practice(store, team).lapses_on == date(2029, 3, 8)
    assert store.one(select(Assignment)).practice_to == date(2029, 3, 8)
    assert store.count(DeliveredDay) == 2


def test_what_cannot_have_been_delivered_is_refused(store: Store, team: Delivery, tell: Callable[[date], None]) -> None:
    for day, code in ((TODAY + timedelta(days=1), "delivery.to_come"), (date(2027, 1, 31), "delivery.not_assigned")):
        with pytest.raises(Refused) as refusal:
            tell(day)
        assert [one.code for one in refusal.value.reasons] == [code]
    assert store.count(DeliveredDay) == 0


def test_an_error_is_taken_back_unless_somebody_began_on_it(
    store: Store, team: Delivery, tell: Callable[[date], None], app: Flask
) -> None:
    tell(date(2027, 3, 8))
    with store.session() as session:
        beyond = groups.group(session, team.programme, first=date(2028, 2, 1), last=date(2028, 6, 30))
        under = groups.supervise(session, beyond, team.supervising)
        by = session.get_one(Account, team.lead.id)
        spell = groups.assign(session, beyond, team.right, under, by=by)

    def take_back() -> None:
        with app.app_context():
            by = people.actor(team.lead)
            take_back_delivery([team.assignment.id], date(2027, 3, 8), reason="Another group.", by=by)
            db.session.commit()

    with pytest.raises(Refused) as refusal:
        take_back()
    assert [one.code for one in refusal.value.reasons] == ["delivery.stands_on_it"]
    assert practice(store, team).lapses_on == date(2029, 3, 8)
    with store.session() as session:
        session.delete(session.get_one(Assignment, spell.id))
    take_back()
    assert practice(store, team).lapses_on == date(2028, 1, 1)
    assert [(one.stands, one.why_not) for one in store.all(select(DeliveredDay))] == [(False, "Another group.")]
    tell(date(2027, 3, 8))
    assert practice(store, team).lapses_on == date(2029, 3, 8)


def test_a_refresher_begins_a_practice_of_its_own_and_the_earlier_one_stays(
    store: Store, team: Delivery, tell: Callable[[date], None]
) -> None:
    with store.session() as session:
        by = session.get_one(Account, team.lead.id)
        chain.certificate(
            session,
            team.facilitator,
            Stage.PROGRAMME,
            programme=team.programme,
            first=date(2027, 3, 1),
            last=date(2030, 2, 28),
            by=by,
        )
    tell(date(2027, 2, 8))
    tell(date(2027, 3, 8))
    held = store.all(select(Practice).where(Practice.staff_id == team.facilitator.id).order_by(Practice.begins_on))
    assert [one.lapses_on for one in held] == [date(2029, 2, 8), date(2029, 3, 8)]


def test_nobody_is_assigned_after_a_lapse(store: Store, team: Delivery, client: Browserlike, clock: Clock) -> None:
    with store.session() as session:
        later = groups.group(session, team.programme, first=date(2028, 1, 2), last=date(2028, 3, 31))
        under = groups.supervise(session, later, team.supervising)
        by = session.get_one(Account, team.lead.id)
        with pytest.raises(IntegrityError), session.begin_nested():
            groups.assign(session, later, team.right, under, by=by)
    client.sign_in_as(team.lead)
    page = client.get(f"/groups/{later.id}/assign")
    assert "lapsed after 1 January 2028" in page.main
    assert team.facilitator.name not in " ".join(page.all("table form, form table"))
    clock.set(date(2028, 1, 2))
    record = client.sign_in_as(team.lead).get(f"/staff/{team.facilitator.id}").main
    assert f"{team.programme.code} 1 January 2026 to 31 December 2028 Lapsed" in record, "and not “In force”"


def test_two_days_told_at_once_both_count(store: Store, team: Delivery, tell: Callable[[date], None]) -> None:
    days = [date(2027, 3, 1) + timedelta(days=number) for number in range(6)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(tell, days))
    assert store.count(DeliveredDay) == 6
    assert practice(store, team).lapses_on == date(2029, 3, 6)


def test_it_costs_few_statements(team: Delivery, tell: Callable[[date], None], app: Flask) -> None:
    with counted(app) as seen:
        tell(date(2027, 3, 8))
    assert len(seen) <= 8
