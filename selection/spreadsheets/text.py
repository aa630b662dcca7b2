"""CSV as it comes: in whatever encoding, with whatever separator; every cell is text, formulas too."""

import csv
import io
from collections.abc import Iterator

from selection.spreadsheets.cells import Row, Unreadable

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
NO_SPREADSHEET = "This is neither a CSV file nor an XLSX workbook. Save it as one of the two."
LOOKED_AT = 4096
"""Bytes from which it is told whether letters take two bytes each."""


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: by its byte order mark, else UTF-8, else Windows-1252."""
    if content.startswith(b"\xef\xbb\xbf"):
        return _as("utf-8-sig", "UTF-8", content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as("utf-16", "UTF-16", content)
    if wide := _two_bytes_a_letter(content[:LOOKED_AT]):
        return _as(wide, "UTF-16", content)
    if b"\0" in content:
        raise Unreadable(NO_SPREADSHEET)
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _windows(content), "Windows-1252"


def rows(text: str) -> tuple[Iterator[Row], str]:
    """Return the rows of the text and, in words, what separates the cells; a broken row raises Unreadable later."""
    named, _, rest = text.partition("\n")
    skipped = named.strip().lower().startswith("sep=") and len(named.strip()) == len("sep=,")
    separator = named.strip()[-1] if skipped else _separator(text)
    lines = csv.reader(io.StringIO(rest if skipped else text, newline=""), delimiter=separator, strict=True)
    return _read(lines, first=2 if skipped else 1), SEPARATORS.get(separator, separator)


def _read(lines: Iterator[list[str]], *, first: int) -> Iterator[Row]:
    number = first - 1
    try:
        for number, cells in enumerate(lines, start=first):
            yield Row(number, tuple(cell.strip() for cell in cells))
    except csv.Error as error:
        raise Unreadable(
            f"From row {number + 1} on the file cannot be read: a quotation mark is not closed, or stands where none "
            "belongs. Save it again as CSV from your spreadsheet."
        ) from error


def _windows(content: bytes) -> str:
    """Return the text; the five bytes that Windows-1252 leaves out are read as Latin-1."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _as(encoding: str, name: str, content: bytes) -> tuple[str, str]:
    try:
        return content.decode(encoding), name
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file says that it is {name}, but it is not. Save it again as CSV (UTF-8).") from error


def _two_bytes_a_letter(start: bytes) -> str | None:
    """Return the encoding if every other byte is nought, as in Latin text written as UTF-16 without its mark."""
    half = len(start) // 2
    if half == 0:
        return None
    if start[1::2].count(0) > half * 0.9:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > half * 0.9 else None


def _separator(text: str) -> str:
    """Return the separator that stands most often, outside quotation marks, in the first row that is not blank."""
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    bare = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=bare.count)
