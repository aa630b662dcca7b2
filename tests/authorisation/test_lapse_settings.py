"""Other months without delivery: shown first, carried out whole, and nobody's past is rewritten."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.delivered import record_delivery
from selection.authorisation.explain import explain
from selection.authorisation.invariant import rows
from selection.authorisation.lapses import actions, queries
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.groups import Assignment
from selection.models.notices import Notice
from selection.models.practice import Practice
from selection.models.programmes import Programme
from selection.models.trail import TrailEntry
from selection.rules.eligibility import ActingRole
from selection.rules.explanation import Question
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.validity import Span
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import chain, groups, people
from tests.factories.delivery import Delivery, delivery
from tests.pages import Browserlike
from tests.races import one_wins
from tests.store import Store

APRIL: dict[str, Any] = {"from_day": date(2027, 4, 1), "reason": "The board decided."}


@pytest.fixture
def team(store: Store, clock: Clock) -> Delivery:
    """Fay delivers G1 until August, has delivered since January 2026 nothing that is told, and shall begin G2."""
    with store.session() as session:
        team = delivery(session)
        coming = groups.group(session, team.programme, reference="G2", first=date(2027, 9, 1), last=date(2027, 12, 31))
        under = groups.supervise(session, coming, team.supervising)
        groups.assign(session, coming, team.right, under, by=team.lead)
        return team


def practice(store: Store, staff_id: int) -> list[date]:
    found = store.all(select(Practice).where(Practice.staff_id == staff_id).order_by(Practice.begins_on))
    return [one.lapses_on for one in found]


def changed(app: Flask, team: Delivery, months: int, from_day: date) -> None:
    with app.app_context():
        plan = queries.plan(queries.programme(team.programme.id, writing=True), months=months, from_day=from_day)
        actions.change(plan, reason="Because.", by=people.actor(team.lead))
        db.session.commit()


def test_shorter_months_are_shown_then_carried_out_whole(
    store: Store, client: Browserlike, team: Delivery, app: Flask
) -> None:
    with store.session() as session:
        elsewhere = people.account(session, Role.PROGRAMME_MANAGER, in_area="South")
        here = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    client.sign_in_as(team.lead)
    page = client.get(f"/programmes/{team.programme.id}")
    client.follow("When it was changed, and why")
    page = client.follow("Change it")
    page = client.fill({"months": "12", **APRIL}, button="Show what it would change")
    assert [row["Then"] for row in page.table("table:has(#lapsing)")] == ["31 March 2027"]
    assert f"{team.facilitator.name} (1 September 2027 to 31 December 2027)" in page.words("table:has(#groups)")
    assert page.all("table:has(#groups) tbody th") == ["G2"]
    assert store.count(Assignment) == 2, "looking changes nothing"
    with counted(app) as seen:
        client.fill(button="Change it, and all")
    assert len(seen) <= 20, seen
    assert "12 months" in client.page.banner  # type: ignore[union-attr]
    assert [one.group_id for one in store.all(select(Assignment))] == [team.group.id], "who is on a group stays"
    assert practice(store, team.facilitator.id) == [date(2027, 3, 31)]
    told = {notice.to_address: notice.body for notice in store.all(select(Notice))}
    assert set(told) == {team.facilitator.email, here.email, team.lead.email}
    assert elsewhere.email not in told
    assert "G2" in told[here.email]
    assert "Yours lapses" not in told[here.email]
    events = [entry.event for entry in store.all(select(TrailEntry))]
    assert {"lapse.changed", "lapse.moved", "assignment.cancelled"} <= set(events)
    page = client.get(f"/authorisations/programmes/{team.programme.id}/lapse")
    assert [row["Lapses after"] for row in page.table()] == ["12 months To come", "24 months In force"]
    with store.engine.connect() as connection:
        assert all(finding.holds for finding in rows.findings(connection))


def test_nobody_is_brought_back_and_a_day_delivered_counts_under_the_months_that_are_in_force(
    store: Store, team: Delivery, app: Flask
) -> None:
    changed(app, team, 12, date(2027, 4, 1))
    changed(app, team, 36, date(2027, 5, 1))
    assert practice(store, team.facilitator.id) == [date(2027, 3, 31)], "longer months bring nobody back"
    with app.app_context():
        asked = Question(
            role=ActingRole.FACILITATOR,
            programme_id=team.programme.id,
            days=Span(first=date(2027, 6, 1), last=date(2027, 6, 30)),
        )
        assert [one.code for one in explain([team.facilitator.id], asked)[team.facilitator.id].reasons] == [
            "authorisation.lapsed"
        ]
        record_delivery([team.assignment.id], date(2027, 3, 8), by=people.actor(team.lead))
        db.session.commit()
    assert practice(store, team.facilitator.id) == [date(2030, 3, 8)], "whoever delivers has not lapsed"
    with store.session() as session:
        fresh, of = people.staff(session), session.get_one(Programme, team.programme.id)
        chain.certificate(session, fresh, Stage.PROGRAMME, programme=of, first=date(2027, 3, 1), by=team.lead)
    assert practice(store, fresh.id) == [date(2030, 3, 1)]


def test_a_spell_passes_to_the_refresher_that_covers_its_beginning(store: Store, team: Delivery, app: Flask) -> None:
    with store.session() as session:
        given: dict[str, Any] = {"programme": team.programme, "first": date(2027, 3, 1), "last": date(2030, 2, 28)}
        refresher = chain.certificate(session, team.facilitator, Stage.PROGRAMME, by=team.lead, **given)
    changed(app, team, 12, date(2027, 4, 1))
    assert practice(store, team.facilitator.id) == [date(2027, 3, 31), date(2028, 3, 1)]
    later = store.one(select(Assignment).where(Assignment.starts_on == date(2027, 9, 1)))
    assert later.practice_to == date(2028, 3, 1)
    assert later.practice_id == store.one(select(Practice).where(Practice.certificate_id == refresher.id)).id


def test_what_changed_since_it_was_shown_is_read_again_and_what_is_refused_stores_nothing(
    store: Store, client: Browserlike, team: Delivery, app: Flask
) -> None:
    client.sign_in_as(team.lead)
    address = f"/authorisations/programmes/{team.programme.id}/lapse/change"
    client.get(address)
    page = client.fill({"months": "24", "from_day": date(2027, 3, 15), "reason": ""})
    assert len(page.errors) == 1, "form before rule"
    page = client.fill({"months": "24", "from_day": date(2027, 3, 15), "reason": "So."})
    assert len(page.errors) == 2
    client.fill({"months": "12", **APRIL})
    with app.app_context():
        record_delivery([team.assignment.id], date(2027, 3, 8), by=people.actor(team.lead))
        db.session.commit()
    page = client.fill(button="Change it, and all")
    assert "different from what you saw" in page.errors[0]
    assert "No group loses anybody" in page.main or "no group loses anybody" in page.main
    assert practice(store, team.facilitator.id) == [date(2029, 3, 8)]
    with store.session() as session:
        local = people.account(session, Role.TRAINING_LEAD, in_area="North")
    client.sign_in_as(local)
    client.get(address)
    page = client.fill({"months": "12", **APRIL})
    assert "every area" in page.errors[0]
    with app.app_context():
        plan = queries.plan(queries.programme(team.programme.id), months=12, from_day=date(2027, 4, 1))
        with pytest.raises(Refused):
            actions.change(plan, reason="Around the page.", by=people.actor(local))


def test_of_a_change_and_an_assignment_beyond_the_lapse_at_once_one_wins(
    store: Store, clients: Callable[[], Browserlike], team: Delivery
) -> None:
    with store.session() as session:
        after = groups.group(session, team.programme, reference="G3", first=date(2027, 9, 1), last=date(2027, 12, 31))
        groups.supervise(session, after, team.supervising)
        ready = people.staff(session, "Rea Ready")
        chain.authorised(session, ready, session.get_one(Programme, team.programme.id), by=team.lead)
    lead, manager = clients().sign_in_as(team.lead), clients().sign_in_as(team.lead)
    change = f"/authorisations/programmes/{team.programme.id}/lapse/change"
    lead.get(change)
    seen = lead.fill({"months": "12", **APRIL}).form().sent()
    assign = f"/groups/{after.id}/assign"
    chosen = manager.get(assign, words=ready.number).form(button="Assign Rea Ready").sent()
    chosen |= {"staff_id": [str(ready.id)], "kind": ["regular"], "first": ["2027-09-01"], "last": ["2027-12-31"]}
    one_wins((lead, change, {**seen}), (manager, assign, {**chosen}))
    with store.engine.connect() as connection:
        assert all(finding.holds for finding in rows.findings(connection))
