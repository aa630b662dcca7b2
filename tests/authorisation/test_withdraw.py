"""Withdrawal: what it touches is shown first; then all of it ends together, and days that are over stay."""

from datetime import date

import pytest
from sqlalchemy import select

from selection.models.authorisations import Authorisation, Certificate, Stop
from selection.models.groups import Assignment, Group, Supervision
from selection.models.notices import Notice
from selection.models.trail import TrailEntry
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import chain, people
from tests.factories.delivery import LAST, Delivery, delivery
from tests.pages import Browserlike
from tests.store import Store

YESTERDAY = date(2027, 3, 14)


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    with store.session() as session:
        return delivery(session)


def _certificate(store: Store, staff_id: int, stage: Stage = Stage.FUNDAMENTAL) -> Certificate:
    query = select(Certificate).where(Certificate.staff_id == staff_id, Certificate.stage == stage)
    found: Certificate = store.one(query)
    return found


def _withdraw(client: Browserlike, certificate: Certificate, **given: object) -> None:
    client.get(f"/authorisations/certificates/{certificate.id}/withdraw")
    client.fill({"reason": "Found wanting", **given}, button="Withdraw")  # type: ignore[dict-item]


def test_a_facilitators_certificate_ends_with_the_spell_that_leans_on_it(
    store: Store, client: Browserlike, team: Delivery
) -> None:
    certificate = _certificate(store, team.facilitator.id)
    client.sign_in_as(team.lead)
    page = client.get(f"/authorisations/certificates/{certificate.id}/withdraw")
    assert "Groups touched: 1" in page.main
    assert f"{team.facilitator.name} leaves" in page.main
    assert store.one(select(Assignment)).ends_on == LAST, "looking changes nothing"
    client.fill({"reason": "Found wanting"}, button="Withdraw")
    assert store.one(select(Assignment)).ends_on == YESTERDAY
    assert _certificate(store, team.facilitator.id).valid_to == YESTERDAY
    assert _certificate(store, team.facilitator.id).withdrawn_reason == "Found wanting"
    assert store.one(select(Authorisation).where(Authorisation.id == team.right.id)).valid_to == YESTERDAY
    assert store.one(select(Group)).state == "open", "the group still has its supervisor"
    events = {entry.event for entry in store.all(select(TrailEntry))}
    assert {"certificate.withdrawn", "authorisation.shortened", "assignment.ended"} <= events


def test_a_supervisors_certificate_halts_the_group_and_ends_every_spell_on_it(
    store: Store, client: Browserlike, team: Delivery
) -> None:
    certificate = _certificate(store, team.supervisor.id, Stage.PROGRAMME)
    client.sign_in_as(team.lead)
    _withdraw(client, certificate)
    group = store.one(select(Group))
    assert (group.state, group.supervised_to, group.halted_reason) == ("halted", YESTERDAY, "Found wanting")
    assert store.one(select(Supervision)).ends_on == YESTERDAY
    assert store.one(select(Assignment)).ends_on == YESTERDAY


def test_a_spell_that_has_not_begun_is_taken_away_and_stays_on_the_trail(
    store: Store, client: Browserlike, team: Delivery
) -> None:
    with store.session() as session:
        spell = session.get_one(Assignment, team.assignment.id)
        spell.starts_on = date(2027, 4, 1)
    client.sign_in_as(team.lead)
    _withdraw(client, _certificate(store, team.facilitator.id))
    assert store.count(Assignment) == 0
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "assignment.cancelled"))
    assert (entry.before or {})["starts_on"] == "2027-04-01"
    assert entry.staff_id == team.facilitator.id


def test_the_people_and_the_managers_are_told_once(store: Store, client: Browserlike, team: Delivery) -> None:
    with store.session() as session:
        elsewhere = people.account(session, Role.PROGRAMME_MANAGER, in_area="South")
        here = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    client.sign_in_as(team.lead)
    _withdraw(client, _certificate(store, team.facilitator.id))
    told = [notice.to_address for notice in store.all(select(Notice))]
    assert sorted(told) == sorted({team.facilitator.email, here.email, team.lead.email})
    assert elsewhere.email not in told


def test_a_certificate_on_which_nothing_leans_touches_nobody(store: Store, client: Browserlike, team: Delivery) -> None:
    with store.session() as session:
        spare = chain.certificate(session, people.staff(session), Stage.SELECTION, by=team.lead)
    client.sign_in_as(team.lead)
    page = client.get(f"/authorisations/certificates/{spare.id}/withdraw")
    assert "Nobody leaves a group" in page.main
    client.fill({"reason": "A mistake"}, button="Withdraw")
    assert store.count(Notice) == 0
    assert store.one(select(Assignment)).ends_on == LAST


def test_without_a_reason_or_with_a_day_that_is_over_nothing_is_stored(
    store: Store, client: Browserlike, team: Delivery
) -> None:
    certificate = _certificate(store, team.facilitator.id)
    client.sign_in_as(team.lead)
    client.get(f"/authorisations/certificates/{certificate.id}/withdraw")
    page = client.fill({"reason": ""}, button="Withdraw")
    assert page.errors == ["Say why"]
    page = client.fill({"reason": "Late", "from_day": YESTERDAY}, button="Withdraw")
    page = client.fill({}, button="Withdraw")  # the plan of the new day has now been seen
    assert any("cannot be in the past" in error for error in page.errors)
    assert _certificate(store, team.facilitator.id).valid_to == chain.TO
    assert store.one(select(Assignment)).ends_on == LAST


def test_what_changed_since_it_was_shown_must_be_read_again(store: Store, client: Browserlike, team: Delivery) -> None:
    certificate = _certificate(store, team.facilitator.id)
    client.sign_in_as(team.lead)
    client.get(f"/authorisations/certificates/{certificate.id}/withdraw")
    with store.session() as session:
        session.get_one(Assignment, team.assignment.id).ends_on = date(2027, 7, 31)
    page = client.fill({"reason": "Found wanting"}, button="Withdraw")
    assert any("different from what you saw" in error for error in page.errors)
    assert store.one(select(Assignment)).ends_on == date(2027, 7, 31)
    client.fill({}, button="Withdraw")
    assert store.one(select(Assignment)).ends_on == YESTERDAY


def test_suspended_means_not_authorised_until_it_is_lifted(store: Store, client: Browserlike, team: Delivery) -> None:
    client.sign_in_as(team.lead)
    client.get(f"/authorisations/staff/{team.facilitator.id}/stop")
    client.fill({"kind": "suspension", "reason": "Under inquiry"}, button="Stop")
    rights = store.all(select(Authorisation).where(Authorisation.staff_id == team.facilitator.id))
    assert [right.valid_to for right in rights] == [YESTERDAY]
    stop = store.one(select(Stop))
    client.get(f"/authorisations/stops/{stop.id}/lift")
    page = client.fill({"reason": "Cleared", "last_day": date(2027, 1, 31)}, button="Lift")
    assert any("cannot be given back" in error for error in page.errors)
    client.fill({"reason": "Cleared", "last_day": TODAY}, button="Lift")
    rights = store.all(
        select(Authorisation).where(Authorisation.staff_id == team.facilitator.id).order_by(Authorisation.id)
    )
    assert [(right.valid_from, right.valid_to) for right in rights[1:]] == [(date(2027, 3, 16), chain.TO)]
    assert store.one(select(Assignment)).ends_on == YESTERDAY, "nobody is put back on a group"


def test_out_of_reach_is_not_found_and_without_the_role_it_is_forbidden(
    store: Store, clients: type[Browserlike], team: Delivery
) -> None:
    with store.session() as session:
        south = people.account(session, Role.TRAINING_LEAD, in_area="South")
        manager = people.account(session, Role.PROGRAMME_MANAGER)
    certificate = _certificate(store, team.facilitator.id)
    url = f"/authorisations/certificates/{certificate.id}/withdraw"
    client = clients()  # type: ignore[call-arg]
    client.sign_in_as(south)
    client.get(url, expect=404)
    client.get(f"/authorisations/staff/{team.facilitator.id}/stop", expect=404)
    client = clients()  # type: ignore[call-arg]
    client.sign_in_as(manager)
    client.get(url, expect=403)


def test_an_appointment_completes_the_right_to_supervise(store: Store, client: Browserlike, team: Delivery) -> None:
    with store.session() as session:
        chief = people.account(session, Role.PROGRAMME_MANAGER)
    client.sign_in_as(chief)
    client.get(f"/authorisations/staff/{team.facilitator.id}/appoint")
    client.fill({"role": "designated_supervisor", "reason": "Leads well"}, button="Appoint")
    query = select(Authorisation).where(Authorisation.role == "designated_supervisor")
    made = store.one(query)
    assert (made.staff_id, made.valid_from, made.valid_to) == (team.facilitator.id, TODAY, chain.TO)
    client.get(f"/authorisations/staff/{chief.staff_id}/appoint")
    page = client.fill({"role": "treatment_manager", "reason": "I can"}, button="Appoint")
    assert any("Nobody appoints themselves" in error for error in page.errors)
