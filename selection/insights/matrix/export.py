"""The skills matrix as a file: CSV for programs, XLSX for people."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module

from selection.insights.matrix.queries import Row
from selection.rules.matrix import Cell, Column, in_words
from selection.rules.programmes import Stage

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STEPS = {Stage.SELECTION: "Selection", Stage.FUNDAMENTAL: "Fundamental training", Stage.PROGRAMME: "training"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def heading(column: Column, programmes: Mapping[int, str]) -> str:
    """Return what a column is called, such as “C-SOGP training”."""
    of = f"{programmes[column.programme_id]} " if column.programme_id is not None else ""
    what = _STEPS[column.stage] if column.stage else "supervisor" if column.supervises else "facilitator"
    return f"{of}{what}"


def as_csv(rows: Iterable[Row], wanted: Sequence[Column], programmes: Mapping[int, str]) -> str:
    """Return the matrix as CSV that spreadsheets open in the right letters and in which no cell is a formula."""
    file = io.StringIO()
    file.write("\ufeff")
    csv.writer(file).writerows(_table(rows, wanted, programmes))
    return file.getvalue()


def as_workbook(rows: Iterable[Row], wanted: Sequence[Column], programmes: Mapping[int, str]) -> bytes:
    """Return the matrix as an XLSX workbook of one sheet, its first row and first columns held in place."""
    book = import_module("openpyxl").Workbook(write_only=True)  # large, and seldom needed
    sheet = book.create_sheet("Skills")
    sheet.freeze_panes = "D2"
    sheet.column_dimensions["B"].width = 30
    for line in _table(rows, wanted, programmes):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _table(rows: Iterable[Row], wanted: Sequence[Column], programmes: Mapping[int, str]) -> Iterator[list[str]]:
    yield ["Number", "Name", "Area", *(heading(column, programmes) for column in wanted)]
    for row in rows:
        yield [_plain(row.number), _plain(row.name), _plain(row.area), *map(_words, row.cells)]


def _words(cell: Cell) -> str:
    return in_words(cell, cell.day.isoformat() if cell.day else "")


def _plain(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
