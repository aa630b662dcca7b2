"""The sessions of a group: what state one is in, of which kind it is, and in which nation its days are counted."""

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
