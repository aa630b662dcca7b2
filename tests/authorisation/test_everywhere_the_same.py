"""One function says whether somebody may act: every door gives its answer, and none has one of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.explain import explain
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.rules import eligibility
from selection.rules.eligibility import ActingRole
from selection.rules.explanation import Answer, Question
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from tests.conftest import Clock
from tests.factories import chain, people, standings
from tests.factories.delivery import LAST, Delivery, delivery
from tests.pages import Browserlike
from tests.store import Store

DAYS = Span(first=date(2027, 4, 1), last=LAST)


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """One kind will do: what is asked here is whom the doors ask, not what the database does."""
    kind: str = request.param
    return kind


@dataclass
class World:
    """A group that runs under Tom, with Fay on it; and people who are ready, stopped, late, lapsed and untrained."""

    team: Delivery
    others: list[Staff]


@pytest.fixture
def world(store: Store, clock: Clock) -> World:
    with store.session() as session:
        team = delivery(session)
        names = ("Rea Ready", "Sue Stopped", "Una Untrained", "Lou Late", "Lia Lapsed", "Eve Ending")
        ready, stopped, untrained, late, lapsed, ending = (people.staff(session, name) for name in names)
        given: dict[str, Any] = {"by": team.lead}
        for one in (ready, stopped):
            chain.authorised(session, one, team.programme, **given)
        standings.stop(session, stopped, by=team.lead, last=date(2027, 5, 31))
        chain.certificate(session, untrained, Stage.SELECTION, **given)
        chain.authorised(session, late, team.programme, first=date(2027, 6, 1), last=date(2029, 5, 31), **given)
        chain.authorised(session, lapsed, team.programme, first=date(2025, 1, 1), last=date(2028, 12, 31), **given)
        chain.authorised(session, ending, team.programme, last=date(2027, 6, 30), **given)
        return World(team, [ready, stopped, untrained, late, lapsed, ending])


def answers(app: Flask, world: World) -> dict[int, Answer]:
    with app.app_context():
        asked = Question(role=ActingRole.FACILITATOR, programme_id=world.team.programme.id, days=DAYS)
        return explain([one.id for one in world.others], asked)


def sentences(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.message for reason in reasons]


def test_every_door_gives_the_same_answer(app: Flask, world: World, client: Browserlike) -> None:
    client.sign_in_as(world.team.lead)
    told = answers(app, world)
    assert [len(told[one.id].reasons) for one in world.others] == [0, 1, 2, 3, 1, 3], "yes, and each kind of no"
    asked: dict[str, Any] = {"programme": world.team.programme.code, "role": "facilitator"}
    asked |= {"first": DAYS.first.isoformat(), "last": DAYS.last.isoformat()}
    wish: dict[str, Any] = {
        "starts_on": ["1", "4", "2027"],
        "ends_on": ["31", "8", "2027"],
        "kind": "regular",
        "areas": "mine",
    }
    for one in world.others:
        answer = told[one.id]
        said: Any = client.http.get("/api/explain", query_string=asked | {"person": one.number}).json
        assert [reason["message"] for reason in said["reasons"]] == sentences(answer.reasons)
        assert said["earliest"] == (answer.earliest.isoformat() if answer.earliest else None)
        page = client.get("/authorisations/explain", **asked | {"person": one.number})
        shown = zip(page.all(".app-reasons__item"), sentences(answer.reasons), strict=True)
        assert all(line.startswith(message) for line, message in shown)
        assign = client.get(f"/groups/{world.team.group.id}/assign", **wish | {"words": one.number})
        assert answer.is_yes == (f"Assign {one.name}" in assign.main)
        assert all(message in assign.main for message in sentences(answer.reasons))


def test_what_the_one_function_says_is_said_at_every_door(
    store: Store, app: Flask, world: World, client: Browserlike, monkeypatch: pytest.MonkeyPatch
) -> None:
    team, ready = world.team, world.others[0]
    client.sign_in_as(team.lead)
    training = (Certificate.staff_id == team.facilitator.id, Certificate.stage == Stage.PROGRAMME)
    withdraw = f"/authorisations/certificates/{store.one(select(Certificate).where(*training)).id}/withdraw"
    assign = f"/groups/{team.group.id}/assign"
    assert ready.name in client.get(withdraw).words("form select"), "who stands in is chosen from those who may"
    full = Reason(code="moon.full", message="The moon is full.", remedy="Wait until it wanes.")
    monkeypatch.setattr(eligibility, "_stops", lambda *_: iter([full]))
    assert ready.name not in client.get(withdraw).main
    asked: dict[str, Any] = {"person": ready.number, "programme": team.programme.code, "role": "facilitator"}
    asked |= {"first": DAYS.first.isoformat(), "last": DAYS.last.isoformat()}
    assert full.message in client.get("/authorisations/explain", **asked).main
    said: Any = client.http.get("/api/explain", query_string=asked).json
    assert [reason["code"] for reason in said["reasons"]] == [full.code]
    assert full.message in client.get(f"/staff/{ready.id}").main
    assert full.message in client.get(assign).main
    assert full.message in {message for one in answers(app, world).values() for message in sentences(one.reasons)}
    supervise = client.get(f"/groups/{team.group.id}/supervise")
    assert full.message in supervise.main
