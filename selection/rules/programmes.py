"""What the rules need to know of a programme: stages, risk levels, sessions and hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Stage(StrEnum):
    """The steps of a facilitator's path that a certificate records, in their order [seed]."""

    SELECTION = "selection"
    FUNDAMENTAL = "fundamental"
    PROGRAMME = "programme"


STAGE_NAMES = {
    Stage.SELECTION: "selection at an assessment centre",
    Stage.FUNDAMENTAL: "fundamental training",
    Stage.PROGRAMME: "programme training",
}


class Risk(StrEnum):
    """A participant's risk level by Risk Matrix 2000/S; it alone decides the route [seed]."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


PERIODS = (1, 2, 3, 4, 6, 12)
"""The months by which a calendar year can be divided."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A module as the sums see it: a number of sessions and the length of each in minutes."""

    sessions: int
    minutes: int


def sessions_in(parts: Iterable[Part]) -> int:
    """Return how many sessions the parts have together."""
    return sum(part.sessions for part in parts)


def hours_in(parts: Iterable[Part]) -> Fraction:
    """Return how many hours the parts take together, exactly."""
    return Fraction(sum(part.sessions * part.minutes for part in parts), 60)
