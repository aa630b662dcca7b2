"""A certificate found false: a breach against the days delivered on it, never erased, and nothing rests on it after."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.authorisation.delivered import record_delivery
from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.groups import Assignment, Group
from selection.models.stops import Breach, BreachSpell
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import people, sessions
from tests.factories.delivery import FIRST, Delivery, delivery
from tests.pages import Browserlike
from tests.store import Store


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    with store.session() as session:
        return delivery(session)


def _certificate(store: Store, staff_id: int) -> Certificate:
    found: Certificate = store.one(
        select(Certificate).where(Certificate.staff_id == staff_id, Certificate.stage == Stage.SELECTION)
    )
    return found


def test_the_days_delivered_are_a_breach_and_the_rest_ends(
    store: Store, team: Delivery, client: Browserlike, clients: Callable[[], Browserlike], app: Flask
) -> None:
    with app.app_context():
        for day in (date(2027, 2, 1), date(2027, 3, 8)):
            record_delivery([team.assignment.id], day, by=people.actor(team.lead))
        db.session.commit()
    certificate = _certificate(store, team.facilitator.id)
    client.sign_in_as(team.lead)
    client.get(f"/training/certificates/{certificate.id}")
    client.follow("It was false")
    assert client.fill({"reason": " "}, button="Record").errors
    client.fill({"reason": "The centre never took place."}, button="Record")
    (row,) = client.get(f"/authorisations/certificates/{certificate.id}/breach").table()
    assert row["Group"] == "G1"
    assert (row["Days"], row["Recorded as delivered"]) == ("1 February 2027 to 14 March 2027", "2 days")
    assert store.one(select(Assignment)).ends_on == date(2027, 3, 14)
    ended = _certificate(store, team.facilitator.id)
    assert (ended.valid_to, ended.withdrawn_on) == (date(2027, 3, 14), date(2027, 3, 15))
    with store.session() as session:
        auditor = people.account(session, Role.AUDITOR)
        south = people.account(session, Role.TRAINING_LEAD, in_area="South")
    reading = clients().sign_in_as(auditor)
    assert certificate.number in reading.get("/authorisations/breaches/").main
    assert "Found false" in reading.get(f"/training/certificates/{certificate.id}").main
    # The group's history and the sessions of those days say so; one after them does not.
    history = reading.get(f"/groups/{team.assignment.group_id}").main
    assert f"Found days that rested on a false certificate: {team.facilitator.name}" in history
    with store.session() as session:
        group = session.get_one(Group, team.assignment.group_id)
        days = [sessions.session_of(session, group, day).id for day in (date(2027, 3, 8), date(2027, 3, 15))]
    said = f"{team.facilitator.name} facilitated the group on this day on the strength of a certificate that was found"
    assert [said in reading.get(f"/delivery/sessions/{key}").main for key in days] == [True, False]
    clients().sign_in_as(south).get(f"/authorisations/certificates/{certificate.id}/breach", expect=404)
    for statement in (
        "DELETE FROM breach_spell",
        "UPDATE breach SET what = 'x'",
        "DELETE FROM breach",
        "UPDATE breach_spell SET days_delivered = 0",
    ):
        with pytest.raises(DatabaseError):
            store.sql(statement)
    again = client.get(f"/authorisations/certificates/{certificate.id}/false")
    page = client.fill({"reason": "Again."}, button="Record", page=again)
    assert any("recorded as false already" in error for error in page.errors)


def test_a_false_supervisor_halts_the_group_and_one_with_no_days_has_none(
    store: Store, team: Delivery, client: Browserlike
) -> None:
    client.sign_in_as(team.lead)
    certificate = _certificate(store, team.supervisor.id)
    client.get(f"/authorisations/certificates/{certificate.id}/false")
    client.fill({"reason": "Forged."}, button="Record")
    spell = store.one(select(BreachSpell))
    assert (spell.did, spell.first_day, spell.last_day) == ("supervised", FIRST, date(2027, 3, 14))
    assert store.one(select(Group)).state == "halted"
    idle = _certificate(store, team.facilitator.id)
    client.get(f"/authorisations/certificates/{idle.id}/withdraw")
    client.fill({"reason": "It is looked into.", "from_day": date(2027, 5, 1)}, button="Withdraw")
    assert _certificate(store, team.facilitator.id).withdrawn_on == date(2027, 5, 1)
    client.get(f"/authorisations/certificates/{idle.id}/false")
    client.fill({"reason": "Forged too."}, button="Record")
    assert store.count(Breach) == 2
    assert _certificate(store, team.facilitator.id).withdrawn_on == TODAY, "at once, though a later day was announced"
