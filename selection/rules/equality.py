"""Equality monitoring: what a person may say of themselves, who may see figures of it, and which figures are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission

LEAST = 10
"""Figures of fewer people than this are not shown [local default; the service has it as EQUALITY_LEAST]."""

ROUNDED_TO = 5
"""Counts are rounded to this, so that two reports do not differ by one person [local default]."""

_JUDGING = (Permission.CENTRES_RATE, Permission.CENTRES_RUN, Permission.CENTRES_DECIDE)


class Age(StrEnum):
    """In which span of years somebody's age lies."""

    UNDER_30 = "under_30"
    TO_39 = "30_to_39"
    TO_49 = "40_to_49"
    FROM_50 = "50_or_over"


class Sex(StrEnum):
    """What somebody says of their sex."""

    FEMALE = "female"
    MALE = "male"
    ANOTHER_TERM = "another_term"


class EthnicGroup(StrEnum):
    """The five high-level groups of the census of England and Wales 2021."""

    ASIAN = "asian"
    BLACK = "black"
    MIXED = "mixed"
    WHITE = "white"
    OTHER = "other"


class Disability(StrEnum):
    """Whether somebody has a condition that limits what they do day by day."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the column of its answer, its words, and the words of each answer; nobody must answer."""

    column: str
    words: str
    answers: Mapping[str, str]


QUESTIONS = (
    Question(
        "age",
        "How old are you?",
        {Age.UNDER_30: "Under 30", Age.TO_39: "30 to 39", Age.TO_49: "40 to 49", Age.FROM_50: "50 or over"},
    ),
    Question(
        "sex",
        "What is your sex?",
        {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.ANOTHER_TERM: "I use another term"},
    ),
    Question(
        "ethnic_group",
        "What is your ethnic group?",
        {
            EthnicGroup.ASIAN: "Asian or Asian British",
            EthnicGroup.BLACK: "Black, Black British, Caribbean or African",
            EthnicGroup.MIXED: "Mixed or multiple ethnic groups",
            EthnicGroup.WHITE: "White",
            EthnicGroup.OTHER: "Other ethnic group",
        },
    ),
    Question(
        "disability",
        "Do you have a health condition or disability that limits what you do day by day?",
        {Disability.YES: "Yes", Disability.NO: "No"},
    ),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were decided, and how many of them selected, among those who gave one answer."""

    decided: int
    selected: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the figures; `decided` and `selected` are rounded, and None where too few gave the answer."""

    words: str
    decided: int | None
    selected: int | None


def reasons_against_seeing_figures(actor: Actor) -> tuple[Reason, ...]:
    """Return every reason why this login may not see the figures: whoever assesses or decides does not, for one."""
    return tuple(_reasons(actor))


def figures(question: Question, counted: Mapping[str, Counted], *, least: int) -> tuple[Figure, ...]:
    """Return a line for every answer to the question, with no figures where fewer than *least* people gave it."""
    return tuple(_figure(words, counted.get(answer), least) for answer, words in question.answers.items())


def counted_before(today: date) -> date:
    """Return the first day of the present quarter: decisions are counted up to the day before.

    Figures that changed with every decision would tell what became of the last one.
    """
    return date(today.year, today.month - (today.month - 1) % 3, 1)


def _reasons(actor: Actor) -> Iterator[Reason]:
    if any(actor.may(each) for each in _JUDGING):
        message = "You assess, run centres or decide, and nobody who does sees what candidates said of themselves."
        remedy = "Ask an auditor who does none of it."
        yield Reason(code="equality.judges", message=message, remedy=remedy)
    if not actor.reach(Permission.EQUALITY_READ).everywhere:
        message = "Figures of a single area would be of too few people."
        yield Reason(code="equality.only_some_areas", message=message, remedy="Ask an auditor of the whole service.")


def _figure(words: str, counted: Counted | None, least: int) -> Figure:
    if counted is None or counted.decided < least:
        return Figure(words, None, None)
    return Figure(words, _rounded(counted.decided), _rounded(counted.selected))


def _rounded(number: int) -> int:
    return (number + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
