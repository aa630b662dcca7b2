"""From rows to lines, checked for themselves: each names a person, a course of the catalogue and days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from selection.rules.names import folded, kept
from selection.rules.programmes import Stage
from selection.rules.training import CourseKind
from selection.spreadsheets.cells import Faults, Row, Unfit
from selection.spreadsheets.columns import Columns, columns_of, letter
from selection.spreadsheets.days import day_of
from selection.training.imports.layout import LAYOUT, SELECTION

LONGEST_EVIDENCE = 200


@dataclass(frozen=True, slots=True)
class Taught:
    """What a row can name as passed: a course of the catalogue with its months, or (without an id) a selection."""

    id: int | None
    title: str
    stage: Stage
    programme_id: int | None = None
    kind: CourseKind = CourseKind.TRAINING
    from_programme_id: int | None = None
    valid_months: int | None = None


A_SELECTION = Taught(None, SELECTION, Stage.SELECTION)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: whose number, what they passed on which day, and what else the file says."""

    row: int
    number: str
    taught: Taught
    passed_on: date
    valid_until: date | None
    name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The lines of a file, what is wrong with it, and the headings as it has them."""

    lines: list[Line]
    headings: Mapping[str, str]
    faults: Faults

    def heading(self, column: str) -> str:
        """Return the heading of a column as the file has it."""
        return self.headings.get(column, column)


def checked(rows: Iterable[Row], courses: Mapping[str, Taught]) -> Checked:
    """Return the lines and every fault; `courses` are by folded title. Raises Unreadable as the rows do."""
    faults, taking = Faults(), iter(rows)
    columns = columns_of(taking, LAYOUT, faults)
    lines = [] if faults else list(_lines(taking, columns, courses, faults))
    if not lines and not faults:
        faults.add(columns.row, "", "Nothing is in the file: below the heading it has no row.")
    return Checked(lines, columns.named(), faults)


def _lines(rows: Iterable[Row], columns: Columns, courses: Mapping[str, Taught], faults: Faults) -> Iterator[Line]:
    seen: dict[tuple[str, int | None, date], int] = {}
    for row in rows:
        before = faults.total
        for place in columns.stray(row):
            faults.add(row.number, letter(place), "There is no heading above this cell.")
        found = _Cells(row, columns, faults)
        number = found.text("number", needed="Enter the staff number.").upper()
        taught = _course(found, courses)
        passed_on = found.day("passed_on", needed="Enter the day on which it was passed.")
        valid_until, name, evidence = found.day("valid_until"), found.text("name"), found.text("evidence")
        if len(evidence) > LONGEST_EVIDENCE:
            found.fault("evidence", f"At most {LONGEST_EVIDENCE} letters.")
        if faults.total > before or taught is None or passed_on is None:
            continue
        first = seen.setdefault((number, taught.id, passed_on), row.number)
        if first != row.number:
            found.fault("course", f"Row {first} says the same of {number}. Take one of them away.")
            continue
        yield Line(row.number, number, taught, passed_on, valid_until, name, evidence)


@dataclass(frozen=True, slots=True)
class _Cells:
    row: Row
    columns: Columns
    faults: Faults

    def fault(self, column: str, sentence: str) -> None:
        """Note what is wrong with the row's cell in the column."""
        self.faults.add(self.row.number, self.columns.heading(column), sentence)

    def text(self, column: str, *, needed: str = "") -> str:
        """Return the text of a cell, and note why there is none."""
        value = self.columns.text(self.row, column)
        if isinstance(value, Unfit):
            self.fault(column, value.why)
            return ""
        if needed and not value:
            self.fault(column, needed)
        return kept(value)

    def day(self, column: str, *, needed: str = "") -> date | None:
        """Return the day in a cell, and note why there is none."""
        value = day_of(self.columns.cell(self.row, column))
        if isinstance(value, Unfit):
            self.fault(column, value.why)
            return None
        if needed and value is None:
            self.fault(column, needed)
        return value


def _course(found: _Cells, courses: Mapping[str, Taught]) -> Taught | None:
    words = found.text("course", needed=f"Enter the title of the course, or {SELECTION}.")
    if not words:
        return None
    taught = courses.get(folded(words))
    if taught is None:
        found.fault("course", f"“{words[:60]}” is no course of the catalogue. Write its title, or {SELECTION}.")
    return taught
