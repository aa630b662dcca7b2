"""XLSX as it comes: the first sheet that can be seen, row by row, never all of it at once."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import ParseError

from selection.spreadsheets.cells import Cell, Row, Unfit, Unreadable

MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes to which a workbook may unpack: far more than the rows allowed need, far less than would hurt."""

MOST_OF_STRINGS, MOST_OF_OTHERS = 64 * 1024 * 1024, 16 * 1024 * 1024
"""Bytes to which the table of texts, and any other part that is read whole, may unpack."""

MOST_COLUMNS = 100
"""Columns that a sheet may reach; a cell at its far edge would make every row sixteen thousand cells wide."""

LAST_ROW = 1_048_576
"""The last row that a spreadsheet has; a forged one could name any."""

FORMULA = Unfit("This is a formula. Replace it by its value.")
BROKEN = Unfit("This cell shows an error. Replace it by its value.")
NO_DAY = Unfit("This is a time, not a day. Write the day as 31/12/2026.")

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    RuntimeError,
)
"""What the library raises on a damaged, encrypted or forged workbook."""


def rows(content: bytes) -> Iterator[Row]:
    """Yield the rows of the first visible sheet; raises Unreadable if it is not a workbook that can be read."""
    try:
        _refuse_bombs(content)
        yield from _rows(content)
    except _DAMAGE as error:
        raise Unreadable(
            "The workbook cannot be read. It may be damaged or have a password; save it again as XLSX without one."
        ) from error


def _rows(content: bytes) -> Iterator[Row]:
    # The library costs a tenth of a second and ten megabytes: it is loaded where a workbook is read, and nowhere else.
    book = import_module("openpyxl").load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    try:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable("The workbook has no sheet that can be seen.")
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if len(cells) > MOST_COLUMNS or number > LAST_ROW:
                raise Unreadable(
                    f"Row {number:,} lies or reaches too far out. Delete what is beside and below the table."
                )
            yield Row(number, tuple(_cell(cell) for cell in cells))
    finally:
        book.close()


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        return FORMULA
    if kind == "e":
        return BROKEN
    return _value(value)


def _value(value: Any) -> Cell:
    match value:
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.date()
        case date():
            return value
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return NO_DAY


def _refuse_bombs(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    if sum(sizes.values()) > MOST_UNPACKED or any(size > _most_of(name) for name, size in sizes.items()):
        raise Unreadable("The workbook unpacks to more than can be read. Keep only the one sheet, and only its rows.")


def _most_of(part: str) -> int:
    """Return to how many bytes a part may unpack: sheets are read row by row, pictures not at all, the rest whole."""
    if "worksheets/" in part or not part.endswith((".xml", ".rels")):
        return MOST_UNPACKED
    return MOST_OF_STRINGS if part.endswith("sharedStrings.xml") else MOST_OF_OTHERS
