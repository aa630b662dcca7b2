"""Whatever door is tried: the database itself keeps seals, reveals, facts and the rule of selection."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selection.core.clock import now
from selection.models.centres import Decision
from selection.models.scoring import ExerciseOutcome, Moderation
from selection.rules.outcomes import Outcome
from selection.rules.standards import ExerciseKind
from tests.factories import centres
from tests.factories.centres import Prepared
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY


@pytest.fixture
def there(store: Store) -> Prepared:
    with store.session() as session:
        return centres.revealed(session)


def ids(there: Prepared) -> dict[str, int]:
    """Return the ids that the statements name."""
    ann, ben = there.forms[ROLE_PLAY]
    return {
        "form": ann.id,
        "other": ben.id,
        "sitting": there.sitting(ROLE_PLAY).id,
        "competency": there.sitting(ROLE_PLAY).exercise.competencies[0].id,
        "indicator": there.sitting(ROLE_PLAY).exercise.competencies[0].indicators[0].id,
        "staff": there.candidacy.staff_id,
        "chair": there.centre.chair_id,
    }


ADDED = (
    "INSERT INTO rating_form (sitting_id, staff_id, assessor_id, third, critical_incident, incident_note, version)"
    " VALUES (:sitting, :staff, :chair, FALSE, FALSE, '', 1)"
)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE rating SET points = 5 WHERE form_id = :form", id="change a sealed rating"),
        pytest.param("UPDATE rating SET evidence = '' WHERE form_id = :form", id="take the evidence away"),
        pytest.param("DELETE FROM rating WHERE form_id = :form", id="delete sealed ratings"),
        pytest.param(
            "INSERT INTO indicator_mark (form_id, indicator_id, seen) VALUES (:form, :indicator, 'seen')",
            id="add a mark to a sealed form",
        ),
        pytest.param(
            "UPDATE rating SET form_id = :other WHERE form_id = :form AND competency_id = :competency",
            id="move a sealed rating",
        ),
        pytest.param("UPDATE rating_form SET global_judgement = 'strong' WHERE id = :form", id="change the judgement"),
        pytest.param("UPDATE rating_form SET assessor_id = :chair WHERE id = :form", id="give it to somebody else"),
        pytest.param("UPDATE rating_form SET third = TRUE WHERE id = :form", id="take it off the panel"),
        pytest.param("UPDATE rating_form SET sealed_at = NULL WHERE id = :form", id="reopen after the reveal"),
        pytest.param("DELETE FROM rating_form WHERE id = :form", id="delete a sealed form"),
        pytest.param(ADDED, id="add an empty form to undo the reveal"),
    ],
)
def test_what_is_sealed_and_revealed_stays(store: Store, there: Prepared, statement: str) -> None:
    with pytest.raises(IntegrityError):
        store.sql(statement, **{key: value for key, value in ids(there).items() if f":{key}" in statement})


def test_an_open_form_does_not_move_to_another_exercise(store: Store) -> None:
    with store.session() as session:
        there = centres.prepared(session)
    form = there.forms[ROLE_PLAY][0]
    for column, value in (("sitting_id", there.sitting(ExerciseKind.PRESENTATION).id), ("third", True)):
        with pytest.raises(IntegrityError):
            store.sql(f"UPDATE rating_form SET {column} = :value WHERE id = :form", value=value, form=form.id)


def test_nobody_assesses_themselves(store: Store, there: Prepared) -> None:
    with pytest.raises(IntegrityError):
        store.sql(ADDED.replace("FALSE, FALSE", "TRUE, FALSE").replace(":chair", ":staff"), **_only(there))


def _only(there: Prepared) -> dict[str, int]:
    return {"sitting": there.sitting(ROLE_PLAY).id, "staff": there.candidacy.staff_id}


@pytest.mark.parametrize("result", [Outcome.NOT_YET, Outcome.BORDERLINE, Outcome.INCOMPLETE, Outcome.VOID])
def test_selected_short_of_competent_cannot_be_stored(store: Store, there: Prepared, result: Outcome) -> None:
    with store.session() as session:
        mine = _outcomes(session, there)
        mine["role_play"] = centres.outcome(session, session.merge(there.sitting(ROLE_PLAY)), result, by=there.chair)
    with pytest.raises(IntegrityError):
        _store(store, _decision(there, mine))


def test_selected_without_an_outcome_cannot_be_stored(store: Store, there: Prepared) -> None:
    with store.session() as session:
        mine = _outcomes(session, there)
    del mine["presentation"]
    with pytest.raises(IntegrityError):
        _store(store, _decision(there, mine))


def test_three_competent_outcomes_of_ones_own_can(store: Store, there: Prepared) -> None:
    with store.session() as session:
        mine = _outcomes(session, there)
    _store(store, _decision(there, mine))
    assert store.count(Decision) == 1


def _outcomes(session: Session, there: Prepared) -> dict[str, ExerciseOutcome]:
    """Return a competent outcome of each exercise."""
    sittings = session.merge(there.candidacy).sittings
    return {each.kind: centres.outcome(session, each, by=there.chair) for each in sittings}


def _store(store: Store, decision: Decision) -> None:
    with store.session() as session:
        session.add(decision)


def _decision(there: Prepared, outcomes: dict[str, ExerciseOutcome]) -> Decision:
    made = Decision(
        candidacy_id=there.candidacy.id,
        staff_id=there.candidacy.staff_id,
        result="selected",
        decided_on=date(2027, 3, 15),
        signed_at=now(),
        chair_id=there.centre.chair_id,
        reason="",
        standard_hash="0" * 64,
    )
    for kind, outcome in outcomes.items():
        setattr(made, f"{kind}_id", outcome.id)
        setattr(made, f"{kind}_result", outcome.result)
    return made


def test_an_outcome_is_not_passed_off_as_another(store: Store, there: Prepared) -> None:
    """Neither a forged result, nor one exercise for another, nor somebody else's outcome counts."""
    with store.session() as session:
        mine = _outcomes(session, there)
        short = centres.outcome(session, session.merge(there.sitting(ROLE_PLAY)), Outcome.NOT_YET, by=there.chair)
        other = centres.candidacy(session, session.merge(there.centre))
        others = centres.outcome(session, other.sittings[0], by=there.chair)
    for forged in (short.id, mine["presentation"].id, others.id):
        made = _decision(there, mine)
        made.role_play_id = forged
        with pytest.raises(IntegrityError):
            _store(store, made)


@pytest.mark.parametrize("table", ["exercise_outcome", "moderation", "decision"])
def test_facts_are_only_ever_added(store: Store, there: Prepared, table: str) -> None:
    with store.session() as session:
        candidacy = session.merge(there.candidacy)
        session.add(
            Moderation(
                sitting_id=candidacy.sittings[0].id,
                matter="incident",
                incident_confirmed=False,
                reason="Nothing of the kind.",
                evidence="",
                by_id=there.chair.id,
                at=now(),
            )
        )
        session.flush()
        centres.decided(session, candidacy, by=there.chair)
    column = "result" if table != "moderation" else "reason"
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError):
            store.sql(statement)
