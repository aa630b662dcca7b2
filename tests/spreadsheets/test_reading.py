"""From the bytes of a file to its rows: whatever encoding, separator or kind, and a sentence for what is no table."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from selection.spreadsheets import reading, workbook
from selection.spreadsheets.cells import Cell, Row, Unreadable
from selection.spreadsheets.reading import read

LINES = "number,name\r\nS1,Zoë Ó Briain\r\n"
ROWS = [Row(1, ("number", "name")), Row(2, ("S1", "Zoë Ó Briain"))]


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        pytest.param(LINES.encode(), "CSV in UTF-8, separated by commas", id="UTF-8"),
        pytest.param(LINES.encode("utf-8-sig"), "CSV in UTF-8, separated by commas", id="UTF-8 with its mark"),
        pytest.param(LINES.encode("utf-16"), "CSV in UTF-16, separated by commas", id="UTF-16 with its mark"),
        pytest.param(LINES.encode("utf-16-le"), "CSV in UTF-16, separated by commas", id="UTF-16 without, little end"),
        pytest.param(LINES.encode("utf-16-be"), "CSV in UTF-16, separated by commas", id="UTF-16 without, big end"),
        pytest.param(LINES.encode("cp1252"), "CSV in Windows-1252, separated by commas", id="Windows-1252"),
        pytest.param(LINES.replace(",", ";").encode(), "CSV in UTF-8, separated by semicolons", id="semicolons"),
        pytest.param(LINES.replace(",", "\t").encode(), "CSV in UTF-8, separated by tabs", id="tabs"),
        pytest.param(LINES.replace("\r\n", "\n").encode(), "CSV in UTF-8, separated by commas", id="bare line feeds"),
        pytest.param(LINES.replace("\r\n", "\r").encode(), "CSV in UTF-8, separated by commas", id="bare returns"),
    ],
)
def test_the_same_table_in_many_spellings(content: bytes, read_as: str) -> None:
    source = read(content)
    assert (list(source.rows), source.read_as) == (ROWS, read_as)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("sep=;\na;b\n", [Row(2, ("a", "b"))], id="a line that names the separator"),
        pytest.param('a,"b, c"\n', [Row(1, ("a", "b, c"))], id="a separator in quotation marks"),
        pytest.param('a,"b\nc"\nd,e', [Row(1, ("a", "b\nc")), Row(2, ("d", "e"))], id="a line break in a cell"),
        pytest.param("a,b\n\n,,\nc,d\n", [Row(1, ("a", "b")), Row(4, ("c", "d"))], id="blank rows keep their number"),
        pytest.param("=1+1,+2,-3,@x\n", [Row(1, ("=1+1", "+2", "-3", "@x"))], id="formulas stay the text they are"),
        pytest.param("a,b,c\nd\n", [Row(1, ("a", "b", "c")), Row(2, ("d",))], id="a row that is too short"),
        pytest.param("", [], id="an empty file"),
    ],
)
def test_rows_of_csv(text: str, rows: list[Row]) -> None:
    assert list(read(text.encode()).rows) == rows


def test_bytes_that_windows_1252_leaves_out_are_read_as_latin_1() -> None:
    assert next(read(b"a\x81,\xe9\n").rows).cells == ("a\x81", "é")


def _zip(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "neither a CSV file nor an XLSX", id="a picture"),
        pytest.param(b"%PDF-1.7 and so on", "neither a CSV file nor an XLSX", id="a document"),
        pytest.param(b"\n <html><table>", "neither a CSV file nor an XLSX", id="a web page that is called a table"),
        pytest.param(b"a,b\0c\n", "neither a CSV file nor an XLSX", id="noughts in the text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "old XLS workbook, or one with a password", id="an XLS workbook"),
        pytest.param(b"\xef\xbb\xbfa,\xff\n", "says that it is UTF-8, but it is not", id="a mark that lies"),
        pytest.param(b'a,b\nc,"d\n', "From row 2 on the file cannot be read", id="an open quotation mark"),
        pytest.param(_zip(**{"hello.txt": b"hello"}), "The workbook cannot be read", id="a zip that is no workbook"),
        pytest.param(b"PK\x03\x04 and no more", "The workbook cannot be read", id="a torn workbook"),
        pytest.param(_zip(**{"xl/styles.xml": bytes(17 << 20)}), "unpacks to more than can be read", id="a bomb"),
    ],
)
def test_what_is_no_table(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        list(read(content).rows)


def test_a_bomb_of_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 3_000)
    parts = {f"xl/worksheets/sheet{number}.xml": bytes(1_000) for number in range(4)}
    with pytest.raises(Unreadable, match="unpacks to more"):
        list(read(_zip(**parts)).rows)


@pytest.mark.parametrize(("most", "fits"), [(2, True), (1, False)])
def test_the_number_of_rows_has_a_limit_that_the_heading_and_blank_rows_do_not_count_to(
    most: int, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", most)
    rows = read(b"number\n1\n\n2\n").rows
    if fits:
        assert len(list(rows)) == 3
    else:
        with pytest.raises(Unreadable, match="more than 1 rows"):
            list(rows)


def _book(*rows: tuple[Any, ...], far: tuple[int, int] | None = None, hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    if hidden:
        sheet.sheet_state = "hidden"
        sheet["A1"] = "not this one"
        sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    if far:
        sheet.cell(*far, "far out")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("  Ann ", "Ann"),
        (None, ""),
        (42, "42"),
        (42.0, "42"),
        (4.5, "4.5"),
        (True, "TRUE"),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (datetime(2024, 2, 29, 9, 30), date(2024, 2, 29)),  # noqa: DTZ001 - a spreadsheet knows no zones
        (time(9, 30), workbook.NO_DAY),
        ("=1+1", workbook.FORMULA),
        ("#REF!", workbook.BROKEN),
    ],
)
def test_cells_of_a_workbook(value: Any, cell: Cell) -> None:
    (row,) = read(_book(("first", value, "last"))).rows
    assert row == Row(1, ("first", cell, "last"))


def test_the_first_sheet_that_can_be_seen_is_read() -> None:
    source = read(_book(("number",), (), ("S1",), hidden=True))
    assert list(source.rows) == [Row(1, ("number",)), Row(3, ("S1",))]
    assert source.read_as == "an XLSX workbook"


def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_spread_out() -> None:
    with pytest.raises(Unreadable, match="Row 2 lies or reaches too far out"):
        list(read(_book(("number",), far=(2, 16_384))).rows)


def test_a_row_beyond_the_last_that_a_spreadsheet_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 1_000)
    with pytest.raises(Unreadable, match="Row 1,001 lies or reaches too far out"):
        list(read(_book(("number",), far=(5_000, 1))).rows)
