"""The sessions of a group: what state one is in, of which kind it is, and in which nation its days are counted."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class SessionState(StrEnum):
    """Planned: still to come, or not yet recorded. Held or not held: recorded, and fixed for ever."""

    PLANNED = "planned"
    HELD = "held"
    NOT_HELD = "not_held"


class SessionKind(StrEnum):
    """A regular session is one of the module's own; a catch-up repeats one for who missed it."""

    REGULAR = "regular"
    CATCH_UP = "catch_up"


class Nation(StrEnum):
    """A part of the United Kingdom with bank holidays of its own."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


NATION_NAMES = {
    Nation.ENGLAND_AND_WALES: "England and Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """A session as the rules see it; its times are what a clock in London shows."""

    id: int
    number: int
    title: str
    module_id: int
    kind: SessionKind
    state: SessionState
    day: date
    starts_at: time
    ends_at: time

    def has_begun(self, now: datetime) -> bool:
        """True from the minute at which it begins on; `now` is what a clock in London shows."""
        return (self.day, self.starts_at) <= (now.date(), now.time())

    def is_fixed(self, now: datetime) -> bool:
        """True if it can no longer be moved, nor its team be changed: it is recorded, or its time has come."""
        return self.state != SessionState.PLANNED or self.has_begun(now)
