"""Before the reveal no door of the service gives a rating away, whoever asks: pages, documents, exports and JSON alike.

One world for all doors and all who try them, on one database: the query that keeps the seal is the same on both, and
`test_the_seal` asks it on both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from selection.core.clock import now
from selection.models.equality import EqualityAnswer
from selection.models.people import Account, Grant, Staff
from selection.models.scoring import RatingForm
from selection.rules.roles import Role
from selection.rules.scoring import GlobalJudgement
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, pages, said
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
HELD_APART = ("another_term", "I use another term")
"""What the candidate said for equality monitoring: it stands on no page but that on which everybody is asked."""
SECRET = "She interrupted him three times."
INCIDENT = "She shouted at the actor."
KNOWN_DOORS = (
    *("wash-up", "report.pdf", "feedback", "feedback.pdf", "decision", "/state", "/offline", "/device", "/worker.js"),
    *("trail", "/api/"),
)
"""Ends of addresses that must be among those that are tried, so that none goes missing unseen."""


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database on which every door is tried."""
    kind: str = request.param
    return kind


@dataclass
class World:
    """Ann has sealed the role play, with words that can be told from all others; Ben has only begun."""

    there: Prepared
    browsers: dict[str, Browserlike]
    candidate: Account


@pytest.fixture
def world(store: Store, clients: Callable[[], Browserlike]) -> World:
    """Everybody is signed in once: who has all roles stands for each of them, whose permissions are among theirs."""
    with store.session() as session:
        there = centres.prepared(session)
        ann, ben = there.forms[ROLE_PLAY]
        centres.rate(session, ann, [1, 1, 1], evidence=SECRET, incident=INCIDENT, judgement=GlobalJudgement.CLEAR_NO)
        centres.rate(session, ben, [5, 5, 5], evidence="He said so himself.", sealed=False)
        cara = session.get_one(Staff, there.candidacy.staff_id)
        session.add(EqualityAnswer(staff_id=cara.id, sex="another_term", answered_at=now()))
        logins: dict[str, Account] = {
            "the chair": there.chair,
            "the other assessor": there.second,
            "the candidate": people.account(session, Role.STAFF_MEMBER, of=cara),
            "an administrator": people.account(session, Role.ADMINISTRATOR),
            "an auditor": people.account(session, Role.AUDITOR),
            "somebody with every role": people.account(session, *Role),
        }
    browsers = {who: clients().sign_in_as(login) for who, login in logins.items()}
    return World(there, browsers, logins["the candidate"])


def test_no_door_gives_a_rating_away_before_the_reveal(app: Flask, store: Store, world: World) -> None:
    read = sorted(set(pages(app, world.there)))
    sent = sorted({each for each in pages(app, world.there, "POST") if "/centres" in each or "/api" in each})
    assert [door for door in KNOWN_DOORS if not any(door in each for each in read)] == []
    assert len(sent) >= 25
    given_away = [
        f"{address} shows it to {who}"
        for who, browser in world.browsers.items()
        for address, answer in _answers(browser, read, sent)
        if SECRET in answer or INCIDENT in answer or (_tells(answer) and "/equality/" not in address)
    ]
    assert given_away == []
    with store.session() as session:
        ann, ben = (session.get_one(RatingForm, each.id) for each in world.there.forms[ROLE_PLAY])
        assert (ann.sealed_at is not None, ben.sealed_at) == (True, None), "nobody has undone or broken the seal"
        ben.sealed_at = now()
    shown = said(world.browsers["the chair"].http.get(at(world.there, ROLE_PLAY)))
    assert SECRET in shown, "after the reveal it is there, or the above would prove nothing"
    with store.session() as session:
        account = session.get_one(Account, world.candidate.id)
        account.grants.extend(Grant(role=role) for role in Role if role is not Role.STAFF_MEMBER)
    cara = world.browsers["the candidate"]
    told = [each for each in read if "/centres/" in each and SECRET in said(cara.http.get(each))]
    assert told == [], "a candidate reads nothing that assessors wrote of them, in whatever other role"
    assert f"/centres/{world.there.centre.id}" not in said(cara.http.get("/centres/"))


def _tells(answer: str) -> bool:
    return any(words in answer for words in HELD_APART)


def _answers(browser: Browserlike, read: list[str], sent: list[str]) -> Iterator[tuple[str, str]]:
    for address in read:
        yield address, said(browser.http.get(address))
    token = browser.http.get("/centres/device").json["csrf"]  # type: ignore[index]
    headers = {"X-CSRFToken": token}
    for address in sent:
        if "/forms/" in address or "/api/" in address:
            yield f"JSON {address}", said(browser.http.post(address, json=_operation(), headers=headers))
        yield f"POST {address}", said(browser.http.post(address, data={"csrf_token": token}))


def _operation() -> dict[str, Any]:
    """An operation on a version that is long gone, which on one's own form is answered with what is stored."""
    return {
        "op_id": "0b9d2b1e-6f0c-4c1c-9b8e-3f6d2f1f0a01",
        "base_version": 1,
        "standard_version": 1,
        "payload": {"judgement": "strong"},
    }


def test_what_a_tablet_keeps_of_a_form_holds_nothing_that_was_typed(
    world: World, clients: Callable[[], Browserlike]
) -> None:
    ann = clients().sign_in_as(world.there.first).http
    own = f"/centres/forms/{world.there.forms[ROLE_PLAY][0].id}"
    assert SECRET in said(ann.get(own)), "she sees her own"
    for kept in (f"{own}/offline", "/centres/forms/worker.js"):
        assert SECRET not in said(ann.get(kept))
