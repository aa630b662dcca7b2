"""Every decision comes out the same from the stored facts, and a change of them underneath is told."""

from collections.abc import Callable
from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from selection.models.centres import Decision
from selection.models.grounds import StandingOutcome
from selection.models.reviews import BorderlineReview
from selection.models.trail import TrailEntry
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, decision, send
from tests.conftest import Clock
from tests.factories import centres, standards
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Reading again is the same on both databases, and takes a whole wash-up to prepare."""
    kind: str = request.param
    return kind


@pytest.fixture
def there(store: Store, clients: Clients, clock: Clock) -> Prepared:
    """Cara is selected: one exercise discussed at the wash-up, one borderline that two people resolved."""
    with store.session() as session:
        standard = standards.standard(session, hashed=True)
        made = centres.prepared(session, standard=standard)
        centres.rated(session, made, ROLE_PLAY, [2, 3, 4], [3, 3, 4])
        centres.rated(session, made, PRESENTATION, [2, 2, 5], [2, 2, 5])
        centres.rated(session, made, INTERVIEW, centres.SOLID[INTERVIEW], centres.SOLID[INTERVIEW])
        second = centres.assessor(session, "Sue Second")
    chair = clients().sign_in_as(made.chair)
    competency = made.sitting(ROLE_PLAY).exercise.competencies[0].id
    grounds = {"reason": "The last scene.", "evidence": "She waited."}
    send(chair, at(made, ROLE_PLAY, f"/competencies/{competency}"), {"value": "3", **grounds})
    for kind in (ROLE_PLAY, INTERVIEW, PRESENTATION):
        send(chair, at(made, kind, "/outcome"))
    said = {"outcome": "competent", "reason": "It came late."}
    send(chair, at(made, PRESENTATION, "/borderline/ask"), {"second": second.staff_id})
    send(chair, at(made, PRESENTATION, "/borderline"), said)
    send(clients().sign_in_as(second), f"/centres/reviews/{store.one(select(BorderlineReview.id))}", said)
    send(chair, decision(made), {"note": ""})
    assert store.one(select(Decision)).result == "selected"
    return made


def recompute(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner(catch_exceptions=False).invoke(args=["centres", "recompute", *arguments])


def tamper(store: Store, statement: str, **values: object) -> None:
    """Do what no door allows, with every trigger of the test's database taken away first."""
    with store.connection() as connection:
        if store.dialect == "sqlite":
            for trigger in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars():
                connection.execute(text(f'DROP TRIGGER "{trigger}"'))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        assert connection.execute(text(statement), values).rowcount > 0


def test_they_would_be_the_same(app: Flask, store: Store, there: Prepared) -> None:
    before = store.count(TrailEntry)
    for arguments in ([], [str(there.centre.id)]):
        done = recompute(app, *arguments)
        assert (done.exit_code, done.output) == (0, "1 of 1 decisions would be the same.\n")
    assert store.count(TrailEntry) == before
    done = recompute(app, "99")
    assert done.exit_code == 1
    assert "There is no centre 99." in done.output


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        pytest.param(
            "UPDATE rating SET points = 1 WHERE form_id ="
            " (SELECT min(id) FROM rating_form WHERE sitting_id = :interview)",
            "formal interview: the form of Ann Assessor is not as it was",
            id="a rating",
        ),
        pytest.param(
            "UPDATE rating SET evidence = 'Otherwise.' WHERE form_id IN"
            " (SELECT id FROM rating_form WHERE sitting_id = :interview)",
            "formal interview: the form of Ben Assessor is not as it was",
            id="evidence",
        ),
        pytest.param("UPDATE moderation SET points = 1", "the decision would be not yet", id="a moderation"),
        pytest.param(
            "UPDATE borderline_view SET outcome = 'not_yet'", "the decision would be not yet", id="what the two said"
        ),
        pytest.param(
            "UPDATE exercise_outcome SET mean = 5000 WHERE kind = 'role_play'",
            "role play: the arithmetic is not the one that was kept",
            id="an outcome",
        ),
        pytest.param(
            "UPDATE competency SET title = 'Warmth'",
            "the standard is not the one that it was signed under",
            id="the standard",
        ),
    ],
)
def test_a_change_underneath_is_told(app: Flask, store: Store, there: Prepared, statement: str, told: str) -> None:
    tamper(store, statement, **({"interview": there.sitting(INTERVIEW).id} if ":interview" in statement else {}))
    done = recompute(app)
    assert done.exit_code == 1
    assert told in done.output
    assert "0 of 1 decisions would be the same." in done.output


def test_what_stands_from_an_earlier_centre_is_followed(
    app: Flask, store: Store, clients: Clients, clock: Clock
) -> None:
    with store.session() as session:
        made = centres.prepared(session, standard=standards.standard(session, hashed=True))
        for kind in ExerciseKind:
            points = [2, 2, 2] if kind is PRESENTATION else centres.SOLID[kind]
            centres.rated(session, made, kind, points, points)
    chair = clients().sign_in_as(made.chair)
    for kind in ExerciseKind:
        send(chair, at(made, kind, "/outcome"))
    send(chair, decision(made), {"note": ""})
    clock.set(date(2027, 9, 15))
    with store.session() as session:
        again = centres.centre(
            session, chair=made.chair, standard=session.merge(made.centre).standard, held_on=date(2027, 9, 15)
        )
        resit = centres.candidacy(session, again, session.merge(made.candidacy.staff), kinds=[PRESENTATION])
        for name in ("Dev", "Eli"):
            form = centres.seat(session, resit.sittings[0], centres.assessor(session, name))
            centres.rate(session, form, [3, 4, 3])
    washed_up = f"/centres/{again.id}/wash-up/{resit.sittings[0].id}/outcome"
    send(chair, washed_up)
    send(chair, f"/centres/{again.id}/candidates/{resit.id}/decision", {"note": ""})
    assert list(store.all(select(Decision.result).order_by(Decision.id))) == ["not_yet", "selected"]
    rows = store.all(select(StandingOutcome).order_by(StandingOutcome.kind))
    assert [(row.kind, row.stands_to) for row in rows] == [
        ("formal_interview", date(2028, 3, 14)),
        ("role_play", date(2028, 3, 14)),
    ]
    done = recompute(app)
    assert (done.exit_code, done.output) == (0, "2 of 2 decisions would be the same.\n")
    tamper(store, "UPDATE standing_outcome SET stands_to = '2029-01-01' WHERE kind = 'role_play'")
    done = recompute(app, str(again.id))
    assert done.exit_code == 1
    assert "role play: it did not stand as long as was counted" in done.output
