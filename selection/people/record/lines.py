"""The lines of a record: papers with their days, and what a person does, did or is to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.validity import Span


class Phase(StrEnum):
    """How a stretch of days lies to today; an authorisation that holds and has lapsed is told apart."""

    NOW = "now"
    TO_COME = "to_come"
    OVER = "over"
    NEVER = "never"
    LAPSED = "lapsed"


def phase(days: Span, today: date) -> Phase:
    """Return how the days lie to today; an empty span was ended before it began."""
    if days.is_empty:
        return Phase.NEVER
    if today < days.first:
        return Phase.TO_COME
    return Phase.NOW if today <= days.last else Phase.OVER


class Kind(StrEnum):
    """The papers of a record."""

    CERTIFICATE = "certificate"
    EXTENSION = "extension"
    AUTHORISATION = "authorisation"
    APPOINTMENT = "appointment"
    STOP = "stop"


class Origin(StrEnum):
    """On what a certificate stands."""

    DECISION = "decision"
    RESULT = "result"
    RECOGNITION = "recognition"
    IMPORT = "import"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A certificate, an extension of one, an authorisation, an appointment or a stop.

    `word` is its step, its role or what kind of stop it is; `programme_id` is None where it is of all programmes. A
    certificate has a number and an origin, and a day and a reason if it was withdrawn; the others have their reason. An
    extension has its certificate's number, and days from the last on which that was valid without it to the last now.
    """

    kind: Kind
    id: int
    word: str
    programme_id: int | None
    days: Span
    phase: Phase
    number: str
    origin: Origin | None
    withdrawn_on: date | None
    reason: str


class Deed(StrEnum):
    """What kind of thing a person does, did or is to do."""

    ASSIGNMENT = "assignment"
    SUPERVISION = "supervision"
    BOOKING = "booking"
    CENTRE = "centre"
    ACQUAINTANCE = "acquaintance"


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """One of these things: of what it is, who or where, in which capacity or state, and on which days."""

    deed: Deed
    id: int
    title: str
    detail: str
    state: str
    programme_id: int | None
    days: Span
    phase: Phase
