"""The heading of a file: which column holds what."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selection.rules.names import folded
from selection.spreadsheets.cells import Cell, Faults, Row, Unfit


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings that a kind of file must have and those that it may have, as they are written in the first row."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every heading, those that must be there first."""
        return (*self.needed, *self.optional)

    @property
    def template(self) -> str:
        """A file with every heading and no row below it."""
        return ",".join(self.names) + "\r\n"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, by its name, and the headings as the file has them, in which row."""

    places: Mapping[str, int]
    headings: Sequence[str]
    row: int

    def named(self) -> dict[str, str]:
        """Return the heading of each known column as the file has it, by its name."""
        return {name: self.heading(name) for name in self.places}

    def has(self, name: str) -> bool:
        """True if the file has the column."""
        return name in self.places

    def heading(self, name: str) -> str:
        """Return the heading as the file has it."""
        return self.headings[self.places[name]] if name in self.places else name

    def cell(self, row: Row, name: str) -> Cell:
        """Return what the row holds there; nothing where the file or the row has no such cell."""
        place = self.places.get(name)
        return "" if place is None or place >= len(row.cells) else row.cells[place]

    def text(self, row: Row, name: str) -> str | Unfit:
        """Return the text that stands there, or why none does."""
        cell = self.cell(row, name)
        return cell if isinstance(cell, str | Unfit) else Unfit("This is a date. Write what the heading says.")

    def stray(self, row: Row) -> list[int]:
        """Return the places of cells that hold something and have no heading above them."""
        return [
            place
            for place, cell in enumerate(row.cells)
            if cell != "" and (place >= len(self.headings) or not self.headings[place])
        ]


def columns_of(rows: Iterator[Row], layout: Layout, faults: Faults) -> Columns:
    """Take the headings off the rows and return the columns; note each heading that is unknown, doubled or missing."""
    heading = next(rows, None)
    if heading is None:
        faults.add(1, "", "The file is empty. Its first row names the columns.")
        return Columns({}, (), 1)
    known = {_plain(name): name for name in layout.names}
    headings = [str(cell) if isinstance(cell, str) else "?" for cell in heading.cells]
    places: dict[str, int] = {}
    for place, words in enumerate(headings):
        name = known.get(_plain(words))
        if name is None and words:
            all_names = ", ".join(layout.names)
            faults.add(heading.number, words, f"This column is not known. Take it away, or rename it: {all_names}.")
        elif name in places:
            faults.add(heading.number, words, "This column is there twice. Take one of them away.")
        elif name is not None:
            places[name] = place
    for name in layout.needed:
        if name not in places:
            faults.add(heading.number, name, "This column is missing. Add it, with this heading in the first row.")
    return Columns(places, headings, heading.number)


def letter(place: int) -> str:
    """Return the letters by which a spreadsheet names a column: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _plain(heading: str) -> str:
    """Return a heading as it is compared: “Line manager”, LINE_MANAGER and line-manager are one."""
    return re.sub(r"[^a-z0-9]", "", folded(heading))
