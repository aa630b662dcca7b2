"""Withdrawal: what it touches is shown first; then all of it ends together, and days that are over stay."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import select

from selection.models.authorisations import Appointment, Authorisation, Certificate, Stop
from selection.models.groups import Assignment, Group, Supervision
from selection.models.notices import Notice
from selection.models.stops import BreachSpell
from selection.models.trail import TrailEntry
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.factories import chain, groups, people, sessions
from tests.factories.delivery import LAST, Delivery, delivery
from tests.forms import Value
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
    said = f"{team.supervisor.name} no longer acts on the group from 15 March 2027."
    assert (group.state, group.supervised_to, group.halted_reason) == ("halted", YESTERDAY, said)
    told = store.all(select(TrailEntry).where(TrailEntry.subject == "group"))
    assert {one.reason for one in told} == {said}, "why is for those who may read the supervisor's record"
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


def test_of_a_certificate_on_which_nothing_leans_the_person_alone_hears(
    store: Store, client: Browserlike, team: Delivery
) -> None:
    with store.session() as session:
        person = people.staff(session, email=f"{'long' * 57}@example.org")
        spare = chain.certificate(session, person, Stage.SELECTION, by=team.lead)
    client.sign_in_as(team.lead)
    where = f"/authorisations/certificates/{spare.id}/withdraw"
    page = client.get(where)
    assert "Nobody leaves a group" in page.main
    client.fill({"reason": "A mistake"}, button="Withdraw")
    letter = store.one(select(Notice))
    assert (letter.to_address, letter.staff_id) == (person.email, person.id)
    assert f"{spare.number} of selection at an assessment centre is withdrawn from 15 March 2027." in letter.body
    assert "A mistake" not in letter.body
    assert store.one(select(Assignment)).ends_on == LAST
    form = page.form(button="Withdraw").sent()
    client.post(where, form | {"reason": "A mistake"})  # sent a second time
    later = client.post(where, form | {"reason": "Another", "from_day": ["1", "9", "2027"]})
    assert later.errors[0].startswith("This certificate is withdrawn from 15 March 2027 already.")
    kept = store.one(select(Certificate).where(Certificate.id == spare.id))
    assert (kept.withdrawn_on, kept.withdrawn_reason) == (TODAY, "A mistake")
    assert store.count(TrailEntry, TrailEntry.event == "certificate.withdrawn") == 1


def test_each_hears_of_the_groups_that_concern_them(store: Store, client: Browserlike, clock: Clock) -> None:
    with store.session() as session:
        scene = groups.scene(session)
        for reference, area, right in (("N1", "North", scene.fay_may), ("S1", "South", scene.finn_may)):
            group, under = groups.open_group(session, scene, reference=reference, in_area=area)
            groups.assign(session, group, right, under, by=scene.manager)
        south = people.account(session, Role.PROGRAMME_MANAGER, in_area="South")
        lead = people.account(session, Role.TRAINING_LEAD)
    client.sign_in_as(lead)
    form = client.get(f"/authorisations/staff/{scene.tom.id}/suspend-now").form(button="Suspend now").sent()
    for _ in range(2):
        client.post(f"/authorisations/staff/{scene.tom.id}/suspend-now", form | {"reason": "An inquiry."})
    assert store.count(Stop) == 1, "sent twice, it is stored once"
    letters = {letter.to_address: letter.body for letter in store.all(select(Notice))}
    named = {address: {one for one in ("N1", "S1") if one in body} for address, body in letters.items()}
    assert named == {
        scene.tom.email: {"N1", "S1"},
        scene.fay.email: {"N1"},
        scene.finn.email: {"S1"},
        scene.manager.email: {"N1"},
        south.email: {"S1"},
    }
    own = letters[scene.tom.email]
    assert "from 15 March 2027 you are suspended on every programme." in own
    assert "An inquiry." not in own
    client.get(f"/authorisations/staff/{scene.dora.id}/stop")
    page = client.fill({"kind": "suspension", "reason": "x", "until": YESTERDAY}, button="Stop")
    assert page.errors == ["It would end before it begins, on 15 March 2027. Choose a later last day."]


def test_what_ends_today_anyway_is_not_touched_nor_what_follows_it(
    store: Store, client: Browserlike, clock: Clock
) -> None:
    """A session has begun under the supervisor's last day; from tomorrow on somebody else answers for the group."""
    with store.session() as session:
        scene = groups.scene(session)
        group = groups.group(session, scene.programme, first=YESTERDAY, last=date(2027, 6, 30))
        under = groups.supervise(session, group, scene.tom_may, last=TODAY)
        groups.supervise(session, group, scene.dora_may, first=date(2027, 3, 16))
        spell = groups.assign(session, group, scene.fay_may, under, by=scene.manager)
        sessions.place(session, sessions.session_of(session, group, TODAY, starts_at=time(8)), spell)
        lead = people.account(session, Role.TRAINING_LEAD)
    client.sign_in_as(lead)
    certificate = _certificate(store, scene.tom.id)
    _withdraw(client, certificate)
    assert store.one(select(Group)).state == "open"
    assert store.count(Supervision) == 2
    page = client.get(f"/authorisations/certificates/{certificate.id}/false")
    assert "No authorisation leans on it from that day on." in page.main, "what it touched has ended with today"
    client.fill({"reason": "Forged."}, button="Record")
    assert store.one(select(BreachSpell)).last_day == TODAY, "and is named as a breach"


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
    lifted = store.one(select(Notice).where(Notice.subject == "Your suspension is lifted"))
    assert lifted.to_address == team.facilitator.email
    assert "its last day is 15 March 2027" in lifted.body


def test_a_suspension_that_is_lifted_before_it_begins_leaves_no_day_of_it(
    store: Store, client: Browserlike, team: Delivery, clients: Callable[[], Browserlike]
) -> None:
    client.sign_in_as(team.lead)
    client.get(f"/authorisations/staff/{team.facilitator.id}/stop")
    first: dict[str, Value] = {"kind": "suspension", "reason": "Under inquiry", "from_day": date(2027, 4, 1)}
    client.fill(first, button="Stop")
    where = f"/authorisations/stops/{store.one(select(Stop)).id}"
    client.get(f"{where}/lift")
    page = client.fill({"reason": "Cleared", "last_day": TODAY}, button="Lift")
    assert "The suspension never takes effect." in page.banner
    assert store.one(select(Stop)).to_day == date(2027, 3, 31)
    query = select(Authorisation).where(Authorisation.staff_id == team.facilitator.id).order_by(Authorisation.id)
    assert [(right.valid_from, right.valid_to) for right in store.all(query)] == [
        (chain.FROM, date(2027, 3, 31)),
        (date(2027, 4, 1), chain.TO),
    ]
    client.get(f"{where}/lift")
    assert "It ends by then anyway." in client.fill({"reason": "Again"}, button="Lift").errors
    with store.session() as session:
        auditor = people.account(session, Role.AUDITOR)
    reading = clients().sign_in_as(auditor)
    page = reading.get(where)
    assert "Lifted before it began" in page.main
    assert not {"Lift it", "Appeal against it"} & set(page.links)
    reading.get(f"{where}/appeal", expect=404)


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
    form = client.get(f"/authorisations/staff/{team.facilitator.id}/appoint").form(button="Appoint")
    client.fill({"role": "designated_supervisor", "reason": "Leads well"}, button="Appoint")
    again = form.sent() | {"role": "designated_supervisor", "reason": "Leads well"}
    client.post(f"/authorisations/staff/{team.facilitator.id}/appoint", again)
    assert store.count(Appointment, Appointment.staff_id == team.facilitator.id) == 1, "sent twice, it is there once"
    query = select(Authorisation).where(Authorisation.role == "designated_supervisor")
    made = store.one(query)
    assert (made.staff_id, made.valid_from, made.valid_to) == (team.facilitator.id, TODAY, chain.TO)
    client.get(f"/authorisations/staff/{chief.staff_id}/appoint")
    page = client.fill({"role": "treatment_manager", "reason": "I can"}, button="Appoint")
    assert any("Nobody appoints themselves" in error for error in page.errors)
