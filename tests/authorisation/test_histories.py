"""Random histories through the actions and the database: authorised on a day if and only if every step covers it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from selection.authorisation import gather
from selection.authorisation.authorise import authorise_where_due
from selection.authorisation.explain import explain
from selection.authorisation.plan import plan_for_certificate, plan_for_stop
from selection.authorisation.withdraw import stop, withdraw_certificate
from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.people import Account
from selection.models.programmes import Programme
from selection.rules.eligibility import ActingRole, Person, StopKind
from selection.rules.explanation import Question
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.validity import Span
from tests.conftest import TODAY, Clock
from tests.factories import chain, people, programmes
from tests.store import Store

FACILITATOR = ActingRole.FACILITATOR
lengths = st.integers(1, 40)
steps = st.lists(st.tuples(st.sampled_from(Stage), st.integers(-20, 30), lengths), min_size=3, max_size=6)
deeds = st.lists(st.tuples(st.sampled_from(["withdraw", "suspend"]), st.integers(0, 25), lengths), max_size=2)


@pytest.fixture(scope="module", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Many examples go through SQLite; the keys are attacked on both."""
    kind: str = request.param
    return kind


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def covered(person: Person, programme_id: int, on: date) -> bool:
    passed = all(any(on in step.days for step in person.steps_at(stage, programme_id)) for stage in Stage)
    return passed and on in person.employed and not any(on in one.days for one in person.stops_on(programme_id))


def live(app: Flask, lead: Account, programme: Programme, history: list, done: list) -> int:  # type: ignore[type-arg]
    """Let somebody go through the history by the actions; return who it is."""
    by = people.actor(lead)
    who = people.staff(db.session)
    for stage, first, length in history:
        of = programme if stage == Stage.PROGRAMME else None
        days = {"first": day(first), "last": day(first + length)}
        chain.certificate(db.session, who, stage, programme=of, by=lead, **days)
        authorise_where_due(who.id, by=by)
    for deed, first, length in done:
        if deed == "suspend":
            plan = plan_for_stop(who.id, programme.id, day(first))
            until = day(first + length)
            given_ = {"kind": StopKind.SUSPENSION, "programme_id": programme.id, "until": until}
            stop(who.id, plan, reason="A complaint.", by=by, **given_)  # type: ignore[arg-type]
        else:
            held = select(Certificate).where(Certificate.staff_id == who.id, Certificate.withdrawn_on.is_(None))
            certificate = db.session.scalars(held.order_by(Certificate.id).limit(1)).one()
            withdraw_certificate(certificate, plan_for_certificate(certificate, day(first)), reason="False.", by=by)
    return who.id


def test_authorised_exactly_where_every_step_covers_the_day(store: Store, app: Flask, clock: Clock) -> None:
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
        programme = programmes.programme(session)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(history=steps, done=deeds)
    def holds(history: list, done: list) -> None:  # type: ignore[type-arg]
        with app.app_context():
            who = live(app, lead, programme, history, done)
            person = gather.person(who)
            for number in range(-25, 75):
                on = day(number)
                rights = [one for one in person.rights_as(FACILITATOR, programme.id) if on in one.days]
                assert len(rights) == covered(person, programme.id, on), on
                question = Question(role=FACILITATOR, programme_id=programme.id, days=Span(first=on, last=on))
                assert explain([who], question)[who].is_yes == bool(rights) if number % 25 == 0 else True
            db.session.rollback()

    holds()
