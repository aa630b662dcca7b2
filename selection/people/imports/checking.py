"""From rows to entries of the register, checked for themselves: no database is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selection.people.imports.layout import DAYS, LAYOUT
from selection.rules.names import folded
from selection.rules.register import Entry, reasons_against_entry, tidied
from selection.spreadsheets.cells import Faults, Row, Unfit
from selection.spreadsheets.columns import Columns, columns_of, letter
from selection.spreadsheets.days import day_of

FIELD_OF = {"area": "area_id"}
COLUMN_OF = {field: column for column, field in FIELD_OF.items()}
TEXTS = ("number", "name", "email", "job_title", "line_manager")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file that became an entry."""

    row: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Checked:
    """The entries of a file and what is wrong with it; fields of which it has no column stay as they are stored."""

    lines: list[Line]
    absent: frozenset[str]
    headings: Mapping[str, str]
    faults: Faults

    def heading(self, field: str) -> str:
        """Return the heading above the cells that hold the field."""
        column = COLUMN_OF.get(field, field)
        return self.headings.get(column, column)


def checked(rows: Iterable[Row], areas: Mapping[str, int]) -> Checked:
    """Return the entries and every fault; `areas` are ids by folded name. Raises Unreadable as the rows do."""
    faults, taking = Faults(), iter(rows)
    columns = columns_of(taking, LAYOUT, faults)
    absent = frozenset(name for name in LAYOUT.optional if not columns.has(name))
    lines = [] if faults else list(_lines(taking, _Reader(columns, areas, faults)))
    if not lines and not faults:
        faults.add(columns.row, "", "There is nobody in the file: below the heading it has no row.")
    return Checked(lines, absent, columns.named(), faults)


@dataclass(slots=True)
class _Reader:
    """What is needed to read a row: where the columns are, which areas there are, and where faults are noted."""

    columns: Columns
    areas: Mapping[str, int]
    faults: Faults
    numbers: dict[str, int] = field(default_factory=dict)
    emails: dict[str, int] = field(default_factory=dict)


def _lines(rows: Iterable[Row], reader: _Reader) -> Iterator[Line]:
    for row in rows:
        for place in reader.columns.stray(row):
            reader.faults.add(row.number, letter(place), "There is no heading above this cell.")
        found, wrong = _fields(row, reader)
        entry = tidied(Entry(**found))
        for reason in reasons_against_entry(entry):
            column = COLUMN_OF.get(reason.field or "", reason.field or "")
            if column not in wrong:
                reader.faults.add(row.number, reader.columns.heading(column), f"{reason.message} {reason.remedy}")
        _doubled(row, "number", entry.number, reader.numbers, reader)
        _doubled(row, "email", entry.email, reader.emails, reader)
        yield Line(row.number, entry)


def _fields(row: Row, reader: _Reader) -> tuple[dict[str, Any], set[str]]:
    """Return the fields of the row, and the columns whose cells were found wrong and noted."""
    found: dict[str, Any] = {}
    wrong: set[str] = set()

    def take(column: str, value: Any) -> None:
        if isinstance(value, Unfit):
            wrong.add(column)
            reader.faults.add(row.number, reader.columns.heading(column), value.why)
            value = "" if column in TEXTS else None
        found[FIELD_OF.get(column, column)] = value

    for column in TEXTS:
        take(column, reader.columns.text(row, column))
    for column in sorted(DAYS):
        take(column, day_of(reader.columns.cell(row, column)))
    take("area", _area_of(row, reader))
    return found, wrong


def _area_of(row: Row, reader: _Reader) -> int | Unfit | None:
    name = reader.columns.text(row, "area")
    if isinstance(name, Unfit):
        return name
    if not name:
        return None
    found = reader.areas.get(folded(name))
    return Unfit(f"“{name[:40]}” is not one of your areas. Check the spelling.") if found is None else found


def _doubled(row: Row, column: str, value: str, seen: dict[str, int], reader: _Reader) -> None:
    if not value:
        return
    first = seen.setdefault(value, row.number)
    if first != row.number:
        heading = reader.columns.heading(column)
        reader.faults.add(row.number, heading, f"{value} stands in row {first} already. Each person has their own.")
