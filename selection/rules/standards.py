"""A selection standard as the rules see it."""

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class ExerciseKind(StrEnum):
    """The three areas in which a candidate must show competence [seed]."""

    ROLE_PLAY = "role_play"
    PRESENTATION = "presentation"
    FORMAL_INTERVIEW = "formal_interview"

    @property
    def words(self) -> str:
        """The kind as it stands in a sentence: "role play"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Competency:
    """What an exercise looks for, with its indicators; `id` is one competency of one exercise.

    `indicators` are all behaviours to watch for; `contrary` are those of them that speak against the competency.
    """

    id: int
    name: str
    indicators: tuple[str, ...]
    contrary: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """One exercise of a standard, what the candidate is told, how long it takes, and what it looks for."""

    kind: ExerciseKind
    title: str
    brief: str
    minutes: int
    competencies: tuple[Competency, ...]

    def competency(self, competency_id: int) -> Competency | None:
        """Return the competency of that id, or None if this exercise does not look for it."""
        return next((each for each in self.competencies if each.id == competency_id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """The words that say what one point of the rating scale means."""

    points: int
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SelectionStandard:
    """One version of the rules of selection; every number is a local default unless the standard's owner sets another.

    Scores are whole points from `scale_min` to `scale_max`, and `scale_standard` is the standard on that scale.
    `mean_needed`, `k` and `sem` are in points and `rated_share_needed` is a share from 0 to 1, all exact decimals.

    Ratings of one competency are discussed from `discuss_from_apart` points on, and, where `discuss_straddling`, when
    they lie on different sides of the standard; where `discuss_judgements`, so are global judgements that do.
    `feedback_names_assessors` says whether the candidate reads who observed what, `feedback_days` within how many days
    after the decision. A competency has at least `indicators_needed` indicators. Up to `most_sat_alone` exercises that
    are not yet competent are sat again while the others stand, with more the whole centre. A decision can be appealed
    against for `appeal_days`.
    """

    exercises: tuple[Exercise, ...]
    anchors: tuple[Anchor, ...]
    scale_min: int
    scale_max: int
    scale_standard: int
    assessors_per_exercise: int
    mean_needed: Decimal
    most_below_standard: int
    floor: int
    k: Decimal
    sem: Decimal
    rated_share_needed: Decimal
    resit_wait_months: int
    standing_months: int
    attempts_allowed: int
    attempts_window_months: int
    pass_valid_months: int
    discuss_from_apart: int
    discuss_straddling: bool
    discuss_judgements: bool
    feedback_names_assessors: bool
    indicators_needed: int
    most_sat_alone: int
    appeal_days: int
    feedback_days: int

    @property
    def borderline_from(self) -> Fraction:
        """The lowest mean that is borderline: the mean needed less k standard errors of measurement, in points."""
        return Fraction(self.mean_needed) - Fraction(self.k) * Fraction(self.sem)

    def exercise(self, kind: ExerciseKind) -> Exercise:
        """Return the exercise of that kind; raises KeyError if the standard has none."""
        for each in self.exercises:
            if each.kind == kind:
                return each
        raise KeyError(kind)

    def on_scale(self, points: int) -> bool:
        """Say whether the points are on the rating scale."""
        return self.scale_min <= points <= self.scale_max

    def reaches_standard(self, points: int) -> bool:
        """Say whether the points are on the upper side, at the standard or above it."""
        return points >= self.scale_standard


def in_points(number: Fraction | Decimal) -> str:
    """Write a number of points as a person would, rounded down to two decimals: "3", "2.75", "about 2.99".

    Rounding down keeps a mean that falls short from looking as if it had reached the mark.
    """
    hundredths = math.floor(number * 100)
    written = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return written if number * 100 == hundredths else f"about {written}"
