"""The outcome of an exercise: computed, void, or a borderline resolved by two people."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from selection.models.centres import Sitting
from selection.models.people import Staff
from selection.models.scoring import ExerciseOutcome
from selection.models.trail import TrailEntry
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike, Page
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY


def both_gave(store: Store, points: Sequence[int | None]) -> Prepared:
    """Return a role play that both assessors sealed with the same points."""
    with store.session() as session:
        there = centres.prepared(session, kinds=[ROLE_PLAY])
        centres.rated(session, there, ROLE_PLAY, points, points)
        return there


@pytest.mark.parametrize(
    ("points", "result"),
    [
        pytest.param([3, 3, 3], "competent", id="at the standard"),
        pytest.param([2, 3, 4], "competent", id="one below, made up within the exercise"),
        pytest.param([2, 2, 5], "borderline", id="two below the standard"),
        pytest.param([1, 4, 4], "borderline", id="one below the floor"),
        pytest.param([3, 3, 2], "not_yet", id="a mean of 2.66 is below the band"),
        pytest.param([3, 3, None], "incomplete", id="two of three rated"),
        pytest.param([None, None, None], "incomplete", id="nothing rated"),
    ],
)
def test_the_outcome_is_what_the_rules_make_of_it(
    store: Store, clients: Clients, points: list[int | None], result: str
) -> None:
    there = both_gave(store, points)
    chair = clients().sign_in_as(there.chair)
    chair.get(at(there, ROLE_PLAY))
    page = chair.fill(button="Compute the outcome")
    outcome = store.one(select(ExerciseOutcome))
    assert (outcome.result, outcome.kind, outcome.staff_id) == (result, "role_play", there.candidacy.staff_id)
    for line in outcome.working["lines"]:
        assert line in page.main
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "outcome.computed"))
    assert (entry.after or {})["result"] == result


def test_computing_again_adds_nothing(store: Store, clients: Clients) -> None:
    there = both_gave(store, [3, 3, 3])
    chair = clients().sign_in_as(there.chair)
    send(chair, at(there, ROLE_PLAY, "/outcome"))
    send(chair, at(there, ROLE_PLAY, "/outcome"))
    assert store.count(ExerciseOutcome) == 1
    assert store.count(TrailEntry, TrailEntry.event == "outcome.computed") == 1


@pytest.fixture
def borderline(store: Store, clients: Clients) -> tuple[Prepared, Browserlike]:
    """A role play whose outcome is borderline, and the chair's browser."""
    there = both_gave(store, [2, 2, 5])
    chair = clients().sign_in_as(there.chair)
    send(chair, at(there, ROLE_PLAY, "/outcome"))
    return there, chair


def resolve(chair: Browserlike, there: Prepared, **sent: Any) -> Page:
    said = {"outcome": "competent", "reason": "Empathy came late but it came."}
    return send(chair, at(there, ROLE_PLAY, "/borderline"), said | sent)


def test_a_borderline_is_resolved_by_two(store: Store, borderline: tuple[Prepared, Browserlike]) -> None:
    there, chair = borderline
    with store.session() as session:
        second = centres.assessor(session, "Sue Second")
    chair.get(at(there, ROLE_PLAY))
    page = chair.follow("Resolve the borderline")
    assert "Named the feeling and waited." in page.main, "they see the evidence of this exercise"
    said = {"outcome": "competent", "second": second.staff_id, "reason": "Empathy came late but it came."}
    page = chair.fill(said, button="Resolve the borderline")
    assert "Resolved: Empathy came late but it came." in page.main
    first, latest = store.all(select(ExerciseOutcome).order_by(ExerciseOutcome.id))
    assert (first.result, latest.result) == ("borderline", "competent")
    assert (latest.resolved_by_id, latest.seconded_by_id) == (there.chair.staff_id, second.staff_id)
    assert latest.working["lines"][:-1] == first.working["lines"]
    send(chair, at(there, ROLE_PLAY, "/outcome"))
    assert store.count(ExerciseOutcome) == 2, "computing again does not undo what was resolved"
    page = resolve(chair, there, second=second.staff_id)
    assert page.errors == ["The outcome is competent; only a borderline outcome is resolved."]


def test_who_may_not_resolve(store: Store, borderline: tuple[Prepared, Browserlike]) -> None:
    there, chair = borderline
    with store.session() as session:
        untrained = people.staff(session, "Una Untrained")
        boss = centres.assessor(session, "Bea Boss")
        session.get_one(Staff, there.candidacy.staff_id).line_manager_id = boss.staff_id
    remedy = " Choose a current assessor who did not sit the exercise."
    not_free = "The second person is not an assessor who is current and free of conflict with the candidate." + remedy
    assert resolve(chair, there, second=there.first.staff_id).errors == [
        "The second person assessed this exercise." + remedy
    ]
    assert resolve(chair, there, second=untrained.id).errors == [not_free]
    assert resolve(chair, there, second=boss.staff_id).errors == [not_free]
    assert resolve(chair, there, second=there.chair.staff_id).errors == [
        "The chair and the second person are one and the same." + remedy,
        not_free,
    ]
    assert resolve(chair, there, second=0, reason=" ").errors == [
        not_free,
        "There is no reason for the resolution. Say why.",
    ]
    page = resolve(chair, there, second=there.first.staff_id, outcome="borderline")
    assert page.errors == ["Not a valid choice."]
    assert store.count(ExerciseOutcome) == 1


def test_an_exercise_is_declared_void_with_a_reason(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session, kinds=[ROLE_PLAY])
    chair = clients().sign_in_as(there.chair)
    chair.get(at(there, ROLE_PLAY))
    chair.follow("Declare the exercise void")
    page = chair.fill({}, button="Declare the exercise void")
    assert page.errors == ["There is no reason for declaring the exercise void. Say what was not run properly."]
    page = chair.fill({"reason": "A fire alarm."}, button="Declare the exercise void")
    assert "Declared void: A fire alarm." in page.main
    assert store.one(select(Sitting.void_reason)) == "A fire alarm."
    outcome = store.one(select(ExerciseOutcome))
    assert (outcome.result, outcome.mean) == ("void", None)
    page = send(chair, at(there, ROLE_PLAY, "/void"), {"reason": "Again."})
    assert page.errors == ["The role play is void already."]
    events = store.all(select(TrailEntry.event).where(TrailEntry.staff_id == there.candidacy.staff_id))
    assert {"sitting.voided", "outcome.computed"} <= set(events)
