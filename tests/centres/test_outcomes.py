"""The outcome of an exercise: computed, or void."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select

from selection.models.centres import Sitting
from selection.models.scoring import ExerciseOutcome
from selection.models.trail import TrailEntry
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, send
from tests.factories import centres
from tests.factories.centres import Prepared
from tests.pages import Browserlike
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


def test_a_mean_is_kept_rounded_down(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session, kinds=[ROLE_PLAY])
        centres.rated(session, there, ROLE_PLAY, [3, 3, 4], [4, 4, 4])
    chair = clients().sign_in_as(there.chair)
    page = send(chair, at(there, ROLE_PLAY, "/outcome"))
    outcome = store.one(select(ExerciseOutcome))
    assert str(outcome.mean) == "3.666"
    assert outcome.working["lines"][-1] == "Every part of the pass rule is met: the outcome is competent."
    assert "The mean is (3.5 + 3.5 + 4) / 3 = about 3.66; 3 is needed." in page.main
    assert "Mean about 3.66." in page.main, "the page and its working say one number"
