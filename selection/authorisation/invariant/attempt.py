"""Something that is tried on the scratch copy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """Statements run as one transaction; `dialect` None means on both databases.

    An attack proves something only if its last statement is what is refused: those before it must go through.
    """

    name: str
    statements: tuple[str, ...]
    dialect: str | None = None


def one(name: str, *statements: str, dialect: str | None = None) -> Attempt:
    """Return an attempt on both databases, or on the one that is named."""
    return Attempt(name, statements, dialect)


SWITCHES = ("foreign_keys = OFF", "ignore_check_constraints = ON", "recursive_triggers = OFF")
"""What a connection to SQLite can switch off; PostgreSQL lets only its superuser."""


def switched_off(name: str, statement: str) -> tuple[Attempt, ...]:
    """Return an attempt for each switch: what would go through without the guards, with the switch thrown before."""
    return tuple(one(f"{name} with {switch}", f"PRAGMA {switch}", statement, dialect="sqlite") for switch in SWITCHES)
