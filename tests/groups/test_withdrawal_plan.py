"""A decision about a person and its stand-ins: listed first, carried out whole or not at all, and told."""

from datetime import date, datetime, time

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.invariant import rows
from selection.core.clock import LONDON
from selection.models.authorisations import Appointment, Authorisation, Stop
from selection.models.groups import Assignment, Group, Supervision
from selection.models.notices import Notice
from selection.models.people import Account, Staff
from selection.models.sessions import GroupSession, Place, Trainee
from selection.rules.eligibility import ActingRole
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, groups, people, sessions
from tests.factories.delivery import FIRST, LAST, Delivery, delivery
from tests.groups.looks import boxes, leaning
from tests.pages import Browserlike
from tests.store import Store

EVE = date(2027, 3, 14)
DAYS = (date(2027, 3, 8), TODAY, date(2027, 4, 12))


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    """A group that runs, with a session last week, one this afternoon and one next month, and Fay at each of them."""
    with store.session() as session:
        made = delivery(session)
        for day in DAYS:
            at = sessions.session_of(session, made.group, day, starts_at=time(14), ends_at=time(16, 30))
            sessions.place(session, at, made.assignment)
    return made


@pytest.fixture
def lead(client: Browserlike, team: Delivery) -> Browserlike:
    return client.sign_in_as(team.lead)


def able(
    store: Store, team: Delivery, name: str, role: ActingRole = ActingRole.FACILITATOR, area: str = "North"
) -> Staff:
    with store.session() as session:
        made = people.staff(session, name, in_area=area)
        chain.authorised(session, made, team.programme, role, by=session.get_one(Account, team.lead.id))
    return made


def whole(store: Store) -> None:
    with store.engine.connect() as connection:
        assert [finding.check for finding in rows.findings(connection) if not finding.holds] == []
    assert leaning(store) == []


def at_sessions(store: Store) -> list[tuple[date, str]]:
    with store.reading() as session:
        query = select(Place.session_day, Staff.name).join(Staff, Staff.id == Place.facilitator_id)
        return [(row[0], row[1]) for row in session.execute(query.order_by(Place.session_day))]


def test_who_stands_in_is_offered_near_first_and_takes_the_places(
    app: Flask, lead: Browserlike, team: Delivery, store: Store
) -> None:
    far, near = able(store, team, "Aaron Far", area="South"), able(store, team, "Zoe Near")
    busy = able(store, team, "Bea Stopped")
    with store.session() as session:
        session.add(
            Stop(
                staff_id=busy.id,
                kind="suspension",
                from_day=TODAY,
                to_day=LAST,
                reason="x",
                decided_by_id=team.lead.id,
                decided_at=datetime(2027, 3, 1, tzinfo=LONDON),
            )
        )
    with store.session() as session:  # somebody who was on another group of the programme long ago
        old = groups.group(session, team.programme, first=date(2026, 3, 2), last=date(2026, 9, 30))
        link = groups.supervise(session, old, team.supervising)
        right = session.scalars(select(Authorisation).where(Authorisation.staff_id == far.id)).one()
        groups.assign(session, old, right, link, by=team.lead)
        old.state = "closed"
    with counted(app) as sent:
        page = lead.get(f"/authorisations/staff/{team.facilitator.id}/stop")
    assert len(sent) <= 8, len(sent)
    assert "Too few of those who stay have 6 months of experience, a local setting" in page.main
    assert "2 from 15 March 2027 to 12 April 2027" in page.main, "the sessions of today and next month"
    assert page.main.count(f"{team.facilitator.name} leaves (") == 1
    options = [one.get_text() for one in page.soup.select("select[name^=stand_in] option")]
    assert options == ["Nobody yet: the group is short", "Aaron Far, South, with experience", "Zoe Near, North"]
    name = str(page.soup.select("select[name^=stand_in]")[0]["name"])
    values = {"kind": "suspension", "reason": "Looked into", name: str(near.id)}
    page = lead.fill(values, button="Stop")
    assert f"{team.facilitator.name} is stopped from 15 March 2027" in page.banner
    assert at_sessions(store) == [(DAYS[0], team.facilitator.name), (DAYS[1], near.name), (DAYS[2], near.name)]
    spells = store.all(select(Assignment).where(Assignment.group_id == team.group.id).order_by(Assignment.starts_on))
    assert [(one.facilitator_id, one.starts_on, one.ends_on) for one in spells] == [
        (team.facilitator.id, FIRST, EVE),
        (near.id, TODAY, LAST),
    ]
    letters = {one.to_address: one.body for one in store.all(select(Notice))}
    assert "from 15 March 2027 to 31 August 2027 you are on G1 as regular facilitator" in letters[near.email]
    whole(store)


def test_a_supervisor_who_stands_in_keeps_the_group_open_and_its_team(
    lead: Browserlike, team: Delivery, store: Store
) -> None:
    sue = able(store, team, "Sue Stand-in", ActingRole.DESIGNATED_SUPERVISOR)
    appointment = store.one(select(Appointment).where(Appointment.staff_id == team.supervisor.id))
    page = lead.get(f"/authorisations/appointments/{appointment.id}/end")
    name = str(page.soup.select("select[name^=stand_in]")[0]["name"])
    page = lead.fill({"reason": "Steps down", name: str(sue.id)}, button="End the appointment")
    assert "no longer treatment manager from 15 March 2027" in page.banner
    assert store.one(select(Group.state)) == "open"
    links = store.all(select(Supervision).order_by(Supervision.starts_on))
    assert [(one.supervisor_id, one.ends_on) for one in links] == [(team.supervisor.id, EVE), (sue.id, LAST)]
    assert [day for day, _ in at_sessions(store)] == list(DAYS), "the team stays, under who stands in"
    assert store.one(select(Appointment.valid_to).where(Appointment.id == appointment.id)) == EVE
    letters = store.all(select(Notice))
    assert {sue.email, team.supervisor.email} <= {one.to_address for one in letters}
    assert "Steps down" not in " ".join(one.body for one in letters), "why is for those who may read the record"
    whole(store)


def test_without_a_stand_in_the_group_is_halted_and_with_an_impossible_one_nothing_is_done(
    lead: Browserlike, team: Delivery, store: Store
) -> None:
    zoe = able(store, team, "Zoe Near")
    page = lead.get(f"/authorisations/staff/{team.facilitator.id}/leave")
    page = lead.fill({"reason": "Moves away", **boxes(last_day=date(2027, 3, 31))}, button="Let them leave")
    name = str(page.soup.select("select[name^=stand_in]")[0]["name"])
    store.sql("UPDATE authorisation SET valid_to = '2027-06-30' WHERE staff_id = :zoe", zoe=zoe.id)
    page = lead.fill({name: str(zoe.id)}, button="Let them leave")
    assert "no longer free for those days" in page.text
    assert store.one(select(Staff.left_on).where(Staff.id == team.facilitator.id)) is None
    assert store.one(select(Assignment.ends_on)) == LAST
    page = lead.fill({}, button="Let them leave")
    assert "leaves on 31 March 2027; what lies beyond has ended." in page.banner
    assert store.one(select(Staff.left_on).where(Staff.id == team.facilitator.id)) == date(2027, 3, 31)
    assert store.one(select(Assignment.ends_on)) == date(2027, 3, 31)
    assert [day for day, _ in at_sessions(store)] == list(DAYS[:2])
    whole(store)


def test_an_emergency_suspension_takes_effect_at_once_and_what_has_begun_stays(
    lead: Browserlike, team: Delivery, store: Store, clock: Clock
) -> None:
    with store.session() as session:
        evening = sessions.session_of(session, team.group, TODAY, starts_at=time(18), ends_at=time(20))
        sessions.place(session, evening, team.assignment)
        manager = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    clock.set(datetime(2027, 3, 15, 15, tzinfo=LONDON))
    lead.get(f"/staff/{team.facilitator.id}")
    lead.follow("Suspend now")
    page = lead.fill({"reason": "An allegation."}, button="Suspend now")
    assert "is suspended from now. Groups touched, whose managers are told: G1." in page.banner
    assert at_sessions(store) == [(DAYS[0], team.facilitator.name), (TODAY, team.facilitator.name)]
    assert store.count(GroupSession) == 4
    assert store.one(select(Assignment.ends_on)) == TODAY, "who began a session of today stays on it"
    assert store.one(select(Authorisation.valid_to).where(Authorisation.id == team.right.id)) == TODAY
    assert store.one(select(Stop.from_day)) == TODAY
    assert manager.email in {one.to_address for one in store.all(select(Notice))}
    whole(store)


def test_a_trainee_who_is_suspended_sits_in_no_more(lead: Browserlike, team: Delivery, store: Store) -> None:
    with store.session() as session:
        tara = people.staff(session, "Tara Trainee")
        chain.certificate(session, tara, Stage.SELECTION, by=session.get_one(Account, team.lead.id))
        agreed = {"agreed_by_id": team.lead.id, "agreed_at": datetime(2027, 3, 1, tzinfo=LONDON)}
        met = session.scalars(select(GroupSession).order_by(GroupSession.day)).all()
        session.add_all(Trainee(session_id=at.id, staff_id=tara.id, **agreed) for at in met)
    lead.get(f"/authorisations/staff/{tara.id}/suspend-now")
    lead.fill({"reason": "An allegation."}, button="Suspend now")
    assert store.all(select(Trainee.session_id)) == [met[0].id], "what is over stays as it was"
    letters = {one.to_address: one.body for one in store.all(select(Notice))}
    assert {tara.email, team.lead.email} <= set(letters)
    assert "Tara Trainee no longer acts on these groups" in letters[team.lead.email]
    assert "An allegation." not in "".join(letters.values())


def test_an_emergency_suspension_of_the_supervisor_halts_the_group(
    lead: Browserlike, team: Delivery, store: Store
) -> None:
    lead.get(f"/authorisations/staff/{team.supervisor.id}/suspend-now")
    lead.fill({"reason": "An allegation."}, button="Suspend now")
    assert store.one(select(Group.state)) == "halted"
    assert [day for day, _ in at_sessions(store)] == [DAYS[0]]
    assert "nobody supervises it from 15 March 2027" in lead.get("/").main
    whole(store)
