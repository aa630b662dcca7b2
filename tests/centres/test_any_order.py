"""Through the pages, in any order: nothing is revealed early, no rating is lost, nobody is selected short."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Settings
from selection.app import create_app
from selection.core.db import db
from selection.models.centres import Decision, Sitting
from selection.models.people import Account
from selection.models.scoring import ExerciseOutcome, Rating, RatingForm
from selection.rules.outcomes import Outcome
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, decision, form
from tests.conftest import Clock
from tests.factories import centres
from tests.factories.centres import Prepared
from tests.forms import Value
from tests.pages import Browserlike
from tests.store import Store

ROLE_PLAY = ExerciseKind.ROLE_PLAY
ACTS = ("first seals", "second seals", "first opened", "second opened", "settled", "computed", "signed", "void")
SECRET = "She interrupted him three times."


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Pages and orders are tried on one database; what the database itself refuses is attacked on both."""
    kind: str = request.param
    return kind


class World:
    """One database and one service for every order: the chair and two assessors are signed in once."""

    def __init__(self, url: str, folder: Path) -> None:
        self.store = Store(url)
        self.app: Flask = create_app(
            Settings(database_url=url, secret_key="a key for tests", instance=folder, testing=True)
        )
        with self.store.session() as session:
            self.first: Prepared = centres.prepared(session)
        logins = (self.first.chair, self.first.first, self.first.second)
        self.browsers = {login.id: Browserlike(self.app).sign_in_as(login) for login in logins}
        self.tokens = {login.id: self._token(login) for login in logins}

    def _token(self, login: Account) -> str:
        answer = self.browsers[login.id].http.get("/centres/device").json
        assert answer
        return str(answer["csrf"])

    def over(self) -> None:
        self.store.close()
        with self.app.app_context():
            db.engine.dispose()


class Played:
    """A candidate at a centre of their own, whose role play is rated, not sealed; the other exercises are competent."""

    def __init__(self, world: World) -> None:
        self.world, self.store, self.browsers = world, world.store, world.browsers
        with self.store.session() as session:
            self.there = _another(session, world.first)
            for kind in (ExerciseKind.PRESENTATION, ExerciseKind.FORMAL_INTERVIEW):
                centres.rated(session, self.there, kind, centres.SOLID[kind], centres.SOLID[kind])
                centres.outcome(session, self.there.sitting(kind), by=self.there.chair)
            for each, points in zip(self.there.forms[ROLE_PLAY], ([2, 3, 3], [3, 4, 3]), strict=True):
                centres.rate(session, each, points, evidence=SECRET, sealed=False)

    def sends(self, by: Account, url: str, data: dict[str, Value] | None = None) -> None:
        """Send what the page offers, or what it does not; whatever the answer is."""
        self.browsers[by.id].http.post(url, data={"csrf_token": self.world.tokens[by.id], **(data or {})})

    def does(self, act: str) -> None:
        there, kind = self.there, ROLE_PLAY
        forms = dict(zip(("first", "second"), there.forms[kind], strict=True))
        who, _, what = act.partition(" ")
        if what == "seals":
            self._seals(there.first if who == "first" else there.second, forms[who])
        elif what == "opened":
            sitting = there.sitting(kind).id
            url = f"/centres/{there.centre.id}/sittings/{sitting}/forms/{forms[who].id}/reopen"
            self.sends(there.chair, url, {"why": "The wrong candidate."})
        elif act == "settled":
            competency = there.sitting(kind).exercise.competencies[0].id
            said: dict[str, Value] = {"value": "3", "reason": "So it was.", "evidence": "She waited."}
            self.sends(there.chair, at(there, kind, f"/competencies/{competency}"), said)
        elif act == "signed":
            self.sends(there.chair, decision(there), {"note": ""})
        else:
            url = {"computed": "/outcome", "void": "/void"}[act]
            self.sends(there.chair, at(there, kind, url), {"reason": "A fire alarm."})

    def _seals(self, by: Account, of: RatingForm) -> None:
        page = self.browsers[by.id].get(form(of))
        if "Seal the form" in page.main:
            self.browsers[by.id].fill({"judgement": "competent"}, button="Seal the form")

    def holds(self) -> None:
        """Nothing shows early, all ratings are as they were, and only who is competent in all three is selected."""
        sealed = [each.sealed_at is not None for each in self._forms()]
        page = self.browsers[self.there.chair.id].get(at(self.there, ROLE_PLAY))
        assert (SECRET in page.text) == all(sealed)
        mine = Rating.form_id.in_([each.id for each in self.there.forms[ROLE_PLAY]])
        ratings = self.store.all(select(Rating).where(mine).order_by(Rating.form_id, Rating.competency_id))
        assert [each.points for each in ratings] == [2, 3, 3, 3, 4, 3]
        for signed in self.store.all(select(Decision).where(Decision.candidacy_id == self.there.candidacy.id)):
            latest = self.store.all(
                select(ExerciseOutcome.result)
                .join(Sitting, Sitting.id == ExerciseOutcome.sitting_id)
                .where(Sitting.id == self.there.sitting(ROLE_PLAY).id)
                .order_by(ExerciseOutcome.id)
            )
            assert (signed.result == "selected") == (latest[-1] == Outcome.COMPETENT)
            assert all(sealed) or signed.result == "void"

    def _forms(self) -> list[RatingForm]:
        ids = [each.id for each in self.there.forms[ROLE_PLAY]]
        return list(self.store.all(select(RatingForm).where(RatingForm.id.in_(ids))))


def _another(session: Session, of: Prepared) -> Prepared:
    """Return another candidate at a centre of their own, with the same people."""
    made = centres.centre(session, chair=of.chair, standard=session.merge(of.centre).standard)
    candidate = centres.candidacy(session, made)
    forms = {
        ExerciseKind(each.kind): [centres.seat(session, each, who) for who in (of.first, of.second)]
        for each in candidate.sittings
    }
    return Prepared(chair=of.chair, first=of.first, second=of.second, centre=made, candidacy=candidate, forms=forms)


@pytest.fixture
def world(database: str, tmp_path: Path, clock: Clock) -> Iterator[World]:
    made = World(database, tmp_path)
    yield made
    made.over()


def test_no_order_reveals_early_or_loses_a_rating_or_selects_short_of_competent(world: World) -> None:
    @settings(max_examples=16, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(acts=st.lists(st.sampled_from(ACTS), min_size=6, max_size=9))
    def play(acts: list[str]) -> None:
        played = Played(world)
        for act in acts:
            played.does(act)
            played.holds()

    play()


def test_the_straight_way_is_among_them(world: World) -> None:
    played = Played(world)
    for act in ("first seals", "first opened", "first seals", "second seals", "settled", "computed", "signed"):
        played.does(act)
        played.holds()
    assert played.store.one(select(Decision)).result == "selected"
