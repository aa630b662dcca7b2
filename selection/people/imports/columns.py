"""The heading of a file: which column holds what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selection.people.imports.cells import Cell, Faults, Row
from selection.rules.names import folded

NEEDED = ("number", "name", "email", "area", "joined_on")
OPTIONAL = ("job_title", "left_on", "line_manager")
KNOWN = {name.replace("_", ""): name for name in (*NEEDED, *OPTIONAL)}
TEMPLATE = ",".join((*NEEDED, *OPTIONAL)) + "\r\n"
"""A file with every heading and nobody in it yet."""
DAYS = frozenset({"joined_on", "left_on"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, by its name, and the headings as the file has them."""

    places: Mapping[str, int]
    headings: Sequence[str]

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

    def stray(self, row: Row) -> list[int]:
        """Return the places of cells that hold something and have no heading above them."""
        return [
            place
            for place, cell in enumerate(row.cells)
            if cell != "" and (place >= len(self.headings) or not self.headings[place])
        ]


def columns_of(heading: Row, faults: Faults) -> Columns:
    """Return the columns, and note every heading that is unknown, doubled or missing."""
    headings = [str(cell) if isinstance(cell, str) else "?" for cell in heading.cells]
    places: dict[str, int] = {}
    for place, words in enumerate(headings):
        name = KNOWN.get(_plain(words))
        if name is None and words:
            known = ", ".join(KNOWN.values())
            faults.add(heading.number, words, f"This column is not known. Take it away, or rename it: {known}.")
        elif name in places:
            faults.add(heading.number, words, "This column is there twice. Take one of them away.")
        elif name is not None:
            places[name] = place
    for name in NEEDED:
        if name not in places:
            faults.add(heading.number, name, "This column is missing. Add it, with this heading in the first row.")
    return Columns(places, headings)


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
