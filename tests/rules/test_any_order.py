"""Whatever is sealed, opened again, settled and computed in whatever order: nothing shows early, no rating is lost."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from selection.rules.moderation import (
    Discussion,
    JudgementDiscussion,
    ThirdRating,
    moderate,
    reasons_against_settling,
    reasons_against_settling_judgement,
)
from selection.rules.outcomes import Decision, ExerciseResult, Outcome, decide, exercise_result
from selection.rules.reviews import Review, View, reasons_against_saying, resolved
from selection.rules.scoring import (
    GlobalJudgement,
    Panel,
    Rating,
    ScoringForm,
    is_revealed,
    may_see_ratings,
    reasons_against_changing,
    reasons_against_reopening,
)
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import ANN, BEN, CAT, DEV, STANDARD, rated

KINDS = st.sampled_from(list(ExerciseKind))
ASSESSORS = st.sampled_from([ANN, BEN])
POINTS = st.sampled_from([None, 1, 2, 3, 4, 5])
JUDGEMENTS = st.sampled_from(list(GlobalJudgement))


class Centre(RuleBasedStateMachine):
    """One candidate at a centre, as its rules let it go on."""

    @initialize()
    def begin(self) -> None:
        self.forms = {
            (kind, who): ScoringForm(assessor_id=who, exercise=kind) for kind in ExerciseKind for who in (ANN, BEN)
        }
        self.discussions: dict[tuple[ExerciseKind, int], Discussion] = {}
        self.judgements: dict[ExerciseKind, JudgementDiscussion] = {}
        self.results: dict[ExerciseKind, ExerciseResult] = {}
        self.reviews: dict[ExerciseKind, Review] = {}
        self.revealed: dict[ExerciseKind, tuple[ScoringForm, ...]] = {}

    def panel(self, kind: ExerciseKind) -> Panel:
        forms = tuple(form for (of, _), form in self.forms.items() if of is kind)
        return Panel(assessors=frozenset({ANN, BEN}), forms=forms)

    @rule(
        kind=KINDS, who=ASSESSORS, by=ASSESSORS, points=st.lists(POINTS, min_size=3, max_size=3), judgement=JUDGEMENTS
    )
    def write(
        self, kind: ExerciseKind, who: int, by: int, points: list[int | None], judgement: GlobalJudgement
    ) -> None:
        form = self.forms[kind, who]
        if not reasons_against_changing(form, by_assessor_id=by):
            competencies = STANDARD.exercise(kind).competencies
            ratings = tuple(rated(each, given) for each, given in zip(competencies, points, strict=False))
            self.forms[kind, who] = replace(form, ratings=ratings, judgement=judgement)

    @rule(kind=KINDS, who=ASSESSORS)
    def seal(self, kind: ExerciseKind, who: int) -> None:
        form = self.forms[kind, who]
        if form.ratings and not reasons_against_changing(form, by_assessor_id=who):
            self.forms[kind, who] = replace(form, sealed=True)
            if is_revealed(self.panel(kind), STANDARD):
                self.revealed[kind] = self.panel(kind).forms

    @rule(kind=KINDS, who=ASSESSORS, by_chair=st.booleans(), why=st.sampled_from(["", "The wrong candidate."]))
    def reopen(self, kind: ExerciseKind, who: int, by_chair: bool, why: str) -> None:
        form = self.forms[kind, who]
        if not reasons_against_reopening(form, self.panel(kind), STANDARD, by_chair=by_chair, why=why):
            assert by_chair
            assert why
            self.forms[kind, who] = replace(form, sealed=False)

    @rule(kind=KINDS, place=st.integers(0, 2), points=POINTS, third=st.none() | st.integers(1, 5))
    def settle(self, kind: ExerciseKind, place: int, points: int | None, third: int | None) -> None:
        exercise = STANDARD.exercise(kind)
        competency = exercise.competencies[place % len(exercise.competencies)]
        said = Discussion(competency=competency.id, points=points, reason="So it was.", evidence="She waited.")
        if third is not None:
            rating = Rating(competency=competency.id, points=third, evidence="She waited.")
            said = replace(said, points=None, third=ThirdRating(assessor_id=DEV, rating=rating))
        if not reasons_against_settling(said, self.panel(kind), exercise, STANDARD):
            self.discussions[kind, competency.id] = said

    @rule(kind=KINDS, judgement=JUDGEMENTS)
    def settle_judgement(self, kind: ExerciseKind, judgement: GlobalJudgement) -> None:
        said = JudgementDiscussion(judgement=judgement, reason="So it was.", evidence="She waited.")
        if not reasons_against_settling_judgement(said, self.panel(kind), STANDARD):
            self.judgements[kind] = said

    @rule(kind=KINDS, incident=st.booleans())
    def compute(self, kind: ExerciseKind, incident: bool) -> None:
        exercise, panel = STANDARD.exercise(kind), self.panel(kind)
        said = [each for (of, _), each in self.discussions.items() if of is kind]
        moderation = None
        if is_revealed(panel, STANDARD):
            judgement = self.judgements.get(kind)
            moderation = moderate(exercise, panel, STANDARD, discussions=said, judgement_discussion=judgement)
        self.results[kind] = exercise_result(exercise, moderation, STANDARD, critical_incident_confirmed=incident)
        self.reviews[kind] = Review(chair_id=CAT, second_id=DEV)

    @rule(kind=KINDS, by=st.sampled_from([CAT, DEV, ANN]), outcome=st.sampled_from(list(Outcome)))
    def review(self, kind: ExerciseKind, by: int, outcome: Outcome) -> None:
        result, review = self.results.get(kind), self.reviews.get(kind)
        if result is None or review is None or result.outcome is not Outcome.BORDERLINE:
            return
        if reasons_against_saying(review, by_id=by, outcome=outcome, reason="The last scene."):
            return
        self.reviews[kind] = review.with_view(by, View(outcome=outcome, reason="The last scene."))
        if self.reviews[kind].agreed is not None:
            self.results[kind] = resolved(result, self.reviews[kind])

    @invariant()
    def nothing_shows_before_all_have_sealed(self) -> None:
        for kind in ExerciseKind:
            panel = self.panel(kind)
            whole = all(form.sealed for form in panel.forms)
            for viewer in (None, CAT, ANN, BEN):
                seen = {form.assessor_id for form in may_see_ratings(viewer, panel, STANDARD)}
                assert whole or seen <= {viewer}

    @invariant()
    def what_is_revealed_stays_as_it_was(self) -> None:
        for kind, forms in self.revealed.items():
            assert self.panel(kind).forms == forms

    @invariant()
    def nothing_is_settled_of_what_is_not_revealed(self) -> None:
        for kind in (*(of for of, _ in self.discussions), *self.judgements):
            assert kind in self.revealed

    @invariant()
    def selected_only_with_three_competent(self) -> None:
        verdict = decide({kind: result.outcome for kind, result in self.results.items()})
        competent = {kind for kind, each in self.results.items() if each.outcome is Outcome.COMPETENT}
        assert (verdict.decision is Decision.SELECTED) == (competent == set(ExerciseKind))
        for kind in competent:
            result = self.results[kind]
            assert kind in self.revealed
            assert result.mean is not None
            assert result.resolved or result.mean >= STANDARD.mean_needed
            assert result.mean >= STANDARD.borderline_from

    @precondition(lambda self: len(getattr(self, "results", ())) == len(ExerciseKind))
    @rule()
    def a_void_or_missing_exercise_never_selects(self) -> None:
        outcomes = {kind: result.outcome for kind, result in self.results.items()}
        for kind in ExerciseKind:
            assert decide({**outcomes, kind: Outcome.VOID}).decision is Decision.VOID
            assert (
                decide({of: each for of, each in outcomes.items() if of is not kind}).decision is not Decision.SELECTED
            )


TestAnyOrder = Centre.TestCase
TestAnyOrder.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
