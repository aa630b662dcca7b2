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
