"""What a file is made of before anybody asks what it means: rows of cells, and what cannot be read."""

from dataclasses import dataclass, field
from datetime import date

MOST_ROWS = 100_000
"""Rows that one file may have beside its heading."""

SHOWN = 200
"""Faults that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A cell of a workbook that holds no value of its own, and why it cannot be taken."""

    why: str


Cell = str | date | Unfit


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a spreadsheet counts it, the first being 1; a cell that is not there is not in `cells`."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """True if nothing stands in the row."""
        return all(cell == "" for cell in self.cells)


class Unreadable(Exception):  # noqa: N818 - it reads as a sentence: raise Unreadable("This is …")
    """The file as a whole cannot be taken; the message is a sentence that says why and what would help."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, by row and by the heading of its column, in a sentence."""

    row: int
    column: str
    sentence: str


@dataclass(slots=True)
class Faults:
    """The faults found so far: the first of them to be listed, all of them counted."""

    listed: list[Fault] = field(default_factory=list)
    total: int = 0

    def add(self, row: int, column: str, sentence: str) -> None:
        """Note a fault."""
        self.total += 1
        if self.total <= SHOWN:
            self.listed.append(Fault(row, column, sentence))

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.total - len(self.listed)

    @property
    def in_words(self) -> str:
        """Return how many there are and what follows, in a sentence."""
        return f"Nothing was imported: the file has {self.total:,} {'fault' if self.total == 1 else 'faults'}."

    def __bool__(self) -> bool:
        """True if anything is wrong."""
        return self.total > 0
