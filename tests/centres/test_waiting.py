"""What waits at a centre is shown to whose turn it is, and to nobody else."""

from datetime import date, timedelta

import pytest
from flask import Flask

from selection.centres.queries import waiting_for
from selection.core.clock import now
from selection.models.centres import Centre, Sitting
from selection.models.people import Account
from selection.models.scoring import RatingForm
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.conftest import TODAY
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind


def waits(app: Flask, login: Account, today: date = TODAY) -> list[tuple[str, str, date | None]]:
    """Return title, address and day of what waits for the login."""
    with app.test_request_context():
        return [(one.title, one.url, one.due) for one in waiting_for(people.actor(login), today)]


def test_an_assessor_waits_for_forms_until_they_are_sealed(app: Flask, store: Store) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        idle = centres.assessor(session)
    assert waits(app, there.first) == [("Seal 3 rating forms", "/centres/mine", there.centre.held_on)]
    assert waits(app, idle) == []
    with store.session() as session:
        centres.rate(session, session.merge(there.forms[ROLE_PLAY][0]), [3, 3, 3])
        session.get_one(Sitting, there.sitting(PRESENTATION).id).void_reason = "A fire alarm."
    address = f"/centres/forms/{there.forms[INTERVIEW][0].id}"
    assert waits(app, there.first) == [("Seal a rating form", address, there.centre.held_on)]


def test_a_chair_waits_for_the_wash_up_and_the_decision(app: Flask, store: Store) -> None:
    with store.session() as session:
        there = centres.revealed(session)
        other = people.account(session, Role.COORDINATOR)
    washup, centre = f"/centres/{there.centre.id}/wash-up", f"/centres/{there.centre.id}"
    day = there.centre.held_on
    assert waits(app, there.chair) == [("Settle 3 exercises at the wash-up", washup, day)]
    with store.session() as session:
        for kind, outcome in ((ROLE_PLAY, Outcome.COMPETENT), (PRESENTATION, Outcome.BORDERLINE)):
            centres.outcome(session, session.merge(there.sitting(kind)), outcome, by=there.chair)
    assert waits(app, there.chair) == [("Settle 2 exercises at the wash-up", washup, day)]
    with store.session() as session:
        for kind in (PRESENTATION, INTERVIEW):
            centres.outcome(session, session.merge(there.sitting(kind)), by=there.chair)
    assert waits(app, there.chair) == [("Sign a decision", centre, day)]
    assert waits(app, other) == [], "the chair's own acts wait for nobody else"
    with store.session() as session:
        centres.decided(session, session.merge(there.candidacy), by=there.chair)
    feedback = f"{centre}/candidates/{there.candidacy.id}/feedback"
    assert waits(app, there.chair) == [("Release feedback", feedback, day + timedelta(days=28))]
    assert waits(app, other) == []


def test_a_coordinator_waits_for_open_places_of_their_areas(app: Flask, store: Store) -> None:
    with store.session() as session:
        there: Prepared = centres.prepared(session, held_on=date(2027, 4, 1))
        session.delete(session.get_one(RatingForm, there.forms[ROLE_PLAY][0].id))
        north = people.account(session, Role.COORDINATOR, in_area="North")
        south = people.account(session, Role.COORDINATOR, in_area="South")
        auditor = people.account(session, Role.AUDITOR)
    seats = f"/centres/{there.centre.id}/seats"
    assert waits(app, north) == [("A place has no assessor", seats, date(2027, 4, 1))]
    assert waits(app, south) == []
    assert waits(app, auditor) == []
    with store.session() as session:
        centres.candidacy(session, session.merge(there.centre))
    assert waits(app, north) == [("7 places have no assessor", seats, date(2027, 4, 1))]
    with store.session() as session:
        session.get_one(Centre, there.centre.id).closed_at = now()
    assert waits(app, north) == []
