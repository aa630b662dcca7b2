"""What assessors gave, invented so that the rules themselves make of it the outcome that a story needs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from selection.rules.moderation import (
    Discussion,
    JudgementDiscussion,
    Moderation,
    judgements_must_be_discussed,
    moderate,
)
from selection.rules.outcomes import ExerciseResult, Outcome, exercise_result
from selection.rules.scoring import GlobalJudgement, Panel, Rating, ScoringForm
from selection.rules.standards import Exercise, ExerciseKind, SelectionStandard

REASON = "Compared the notes: what was seen once does not outweigh the rest."
EVIDENCE = "The notes of the assessors on the last part of the exercise."
PATTERNS = 24
TRIES = 4_000
LEVELS = {
    Outcome.COMPETENT: (3, 4, 4, 5),
    Outcome.NOT_YET: (1, 2, 2, 3),
    Outcome.INCOMPLETE: (3, 4, None),
    Outcome.BORDERLINE: (2, 2, 3, 4, 5),
    None: (2, 3, 3, 4),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """The forms of one exercise, the points by assessor and competency, and what was agreed of them at a wash-up."""

    points: tuple[tuple[int | None, ...], ...]
    judgements: tuple[GlobalJudgement, ...]
    agreed: dict[int, int]
    judgement_agreed: GlobalJudgement | None
    result: ExerciseResult

    @property
    def mean(self) -> Decimal | None:
        """The mean as it is stored, in whole thousandths, rounded down as the service does."""
        mean = self.result.mean
        return None if mean is None else Decimal(math.floor(mean * 1000)) / 1000


class Scores:
    """Patterns for each kind of exercise and outcome; None is an exercise that still waits for its wash-up."""

    def __init__(self, standard: SelectionStandard, rng: Random) -> None:
        self._standard = standard
        self._rng = rng
        self._made: dict[tuple[ExerciseKind, Outcome | None], list[Pattern]] = {}

    def of(self, exercise: Exercise, outcome: Outcome | None) -> Pattern:
        """Return a pattern by which the exercise comes to the outcome."""
        key = (exercise.kind, outcome)
        if key not in self._made:
            self._made[key] = self._patterns(exercise, outcome)
        return self._rng.choice(self._made[key])

    def _patterns(self, exercise: Exercise, outcome: Outcome | None) -> list[Pattern]:
        found: list[Pattern] = []
        for _ in range(TRIES):
            pattern = self._invented(exercise, outcome)
            if outcome is None or pattern.result.outcome is outcome:
                found.append(pattern)
            if len(found) == PATTERNS:
                break
        if not found:
            raise ValueError(
                f"Under this standard no ratings were found by which the {exercise.kind.words} is {outcome}."
            )
        return found

    def _invented(self, exercise: Exercise, outcome: Outcome | None) -> Pattern:
        levels = [self._rng.choice(LEVELS[outcome]) for _ in exercise.competencies]
        seats = range(self._standard.assessors_per_exercise)
        points = tuple(tuple(self._near(level) for level in levels) for _ in seats)
        judgements = tuple(self._judgement(given) for given in points)
        forms = tuple(_form(seat, exercise, points[seat], judgements[seat]) for seat in seats)
        panel = Panel(assessors=frozenset(seats), forms=forms)
        waits = outcome is None
        agreed = {} if waits else self._agreed(exercise, panel, points)
        together = None if waits or not judgements_must_be_discussed(panel, self._standard) else judgements[0]
        settled = self._moderated(exercise, panel, agreed, together)
        result = exercise_result(exercise, settled, self._standard, critical_incident_confirmed=False)
        return Pattern(points=points, judgements=judgements, agreed=agreed, judgement_agreed=together, result=result)

    def _near(self, level: int | None) -> int | None:
        if level is None:
            return None
        apart = self._rng.choice((0, 0, 0, 0, 0, 0, 1, -1, 0, -2))
        return min(self._standard.scale_max, max(self._standard.scale_min, level + apart))

    def _judgement(self, points: Sequence[int | None]) -> GlobalJudgement:
        given = [each for each in points if each is not None]
        mean = sum(given) / len(given) if given else 0
        if mean >= self._standard.scale_standard:
            return GlobalJudgement.STRONG if mean >= self._standard.scale_standard + 1 else GlobalJudgement.COMPETENT
        return GlobalJudgement.BORDERLINE if mean >= self._standard.scale_standard - 1 else GlobalJudgement.CLEAR_NO

    def _agreed(self, exercise: Exercise, panel: Panel, points: tuple[tuple[int | None, ...], ...]) -> dict[int, int]:
        """Return the agreed points of each competency that must be discussed, the higher of what was given."""
        still_open = {each.competency for each in moderate(exercise, panel, self._standard).still_open}
        given = {each.id: [row[place] for row in points] for place, each in enumerate(exercise.competencies)}
        return {one: max(point for point in given[one] if point is not None) for one in sorted(still_open)}

    def _moderated(
        self, exercise: Exercise, panel: Panel, agreed: dict[int, int], judgement: GlobalJudgement | None
    ) -> Moderation:
        discussions = [
            Discussion(competency=one, points=points, reason=REASON, evidence=EVIDENCE)
            for one, points in agreed.items()
        ]
        talk = JudgementDiscussion(judgement=judgement, reason=REASON, evidence=EVIDENCE) if judgement else None
        return moderate(exercise, panel, self._standard, discussions=discussions, judgement_discussion=talk)


def _form(seat: int, exercise: Exercise, points: Sequence[int | None], judgement: GlobalJudgement) -> ScoringForm:
    ratings = tuple(
        Rating(competency=each.id, points=given, no_opportunity=given is None)
        for each, given in zip(exercise.competencies, points, strict=True)
    )
    return ScoringForm(assessor_id=seat, exercise=exercise.kind, ratings=ratings, judgement=judgement, sealed=True)
