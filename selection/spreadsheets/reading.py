"""From the bytes of a file to its rows, whichever kind of file it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from selection.spreadsheets import text, workbook
from selection.spreadsheets.cells import MOST_ROWS, Row, Unreadable

ZIPPED = b"PK\x03\x04"
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
OTHER_KINDS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"{\\rtf", b"<")
"""How pictures, documents and web pages begin, whatever the file is called."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a file, blank ones left out, and in words how the file was read."""

    rows: Iterator[Row]
    read_as: str


def read(content: bytes) -> Source:
    """Return the rows, told by what the file is and not by its name; raises Unreadable, now or while rows are taken."""
    if content.startswith(OLD_OR_LOCKED):
        raise Unreadable("This is an old XLS workbook, or one with a password. Save it as XLSX without a password.")
    if content.startswith(ZIPPED):
        return Source(_counted(workbook.rows(content)), "an XLSX workbook")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(OTHER_KINDS):
        raise Unreadable(text.NO_SPREADSHEET)
    decoded, encoding = text.decoded(content)
    rows, separator = text.rows(decoded)
    return Source(_counted(rows), f"CSV in {encoding}, separated by {separator}")


def _counted(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows that are not blank; raises Unreadable once there are more than may be."""
    taken = -1  # the heading is none of them
    for row in rows:
        if row.is_blank:
            continue
        taken += 1
        if taken > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Split it, and import one part after another.")
        yield row
