"""What of today has taken place already stays: with whoever was there, and under whoever supervised."""

from datetime import date, time

import pytest
from sqlalchemy import select

from selection.models.groups import Assignment, Supervision
from selection.models.people import Account
from selection.models.sessions import GroupSession, Place
from selection.rules.eligibility import ActingRole
from selection.rules.records import RecordKind
from tests.conftest import TODAY, Clock
from tests.factories import chain, people, records, sessions
from tests.factories.delivery import LAST, Delivery, delivery
from tests.groups.looks import boxes, leaning
from tests.pages import Browserlike
from tests.store import Store

EVE = date(2027, 3, 14)


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    """A group that runs, with Fay on it and somebody else who could supervise."""
    with store.session() as session:
        made = delivery(session)
        other = people.staff(session, "Dora Design")
        by = session.get_one(Account, made.lead.id)
        chain.authorised(session, other, made.programme, ActingRole.TREATMENT_MANAGER, by=by)
    return made


@pytest.fixture
def lead(client: Browserlike, team: Delivery) -> Browserlike:
    """Whoever plans groups and decides about people."""
    return client.sign_in_as(team.lead)


@pytest.mark.parametrize("what", ["a session", "a record"])
def test_today_passes_to_nobody_once_something_of_it_has_taken_place(
    lead: Browserlike, team: Delivery, store: Store, what: str
) -> None:
    wanted = boxes(starts_on=TODAY, ends_on=LAST)
    address = f"/groups/{team.group.id}/supervise"
    early = lead.get(address, **wanted)
    with store.session() as session:
        if what == "a record":
            asks = records.form(session, RecordKind.SUPERVISION)
            records.supervised(session, team.assignment, TODAY, asks=asks, by=team.lead, signed=False)
        else:
            sessions.place(session, sessions.session_of(session, team.group, TODAY), team.assignment)
    page = lead.get(address, **wanted)
    said = f"A session, a record or wellbeing support of today is under {team.supervisor.name} already."
    assert said in page.text
    assert said in lead.fill({"reason": "Leaves"}, button="Choose Dora Design", page=early, expect=409).main
    lead.get(f"/groups/{team.group.id}/assignments/{team.assignment.id}")
    page = lead.fill({"reason": "Left", **boxes(last_day=EVE)}, button="Set the last day")
    assert page.errors == [
        "They were at a session of today already, or are on a record of it. The last day can be today at the earliest."
    ]
    lead.get(f"/authorisations/staff/{team.facilitator.id}/leave")
    page = lead.fill({"reason": "Moves", **boxes(last_day=EVE)}, button="Let them leave")
    assert "They were at a session of 15 March 2027 already, or are on a record of it." in page.errors[0]
    assert store.one(select(Supervision.ends_on)) == store.one(select(Assignment.ends_on)) == LAST
    lead.get(f"/groups/{team.group.id}/assignments/{team.assignment.id}")
    lead.fill({"reason": "Left", **boxes(last_day=TODAY)}, button="Set the last day")
    assert store.one(select(Assignment.ends_on)) == TODAY
    assert leaning(store) == []


def test_somebody_is_suspended_at_once_on_a_day_whose_session_was_called_off(
    lead: Browserlike, team: Delivery, store: Store
) -> None:
    with store.session() as session:
        off, later = (
            sessions.session_of(session, team.group, TODAY, starts_at=time(hour), ends_at=time(hour + 2))
            for hour in (15, 18)
        )
        for at in (off, later):
            sessions.place(session, at, team.assignment)
        sessions.held(session, off, "not_held")
    lead.get(f"/authorisations/staff/{team.facilitator.id}/suspend-now")
    page = lead.fill({"reason": "An allegation."}, button="Suspend now")
    assert "is suspended from now" in page.banner
    assert store.all(select(Place.session_id)) == [off.id], "the evening's session loses them at once"
    assert store.count(GroupSession) == 2
    assert leaning(store) == []
