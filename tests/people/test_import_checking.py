"""Each cell of a file judged for itself: what is wrong is named by row and column, in a sentence."""

from datetime import date

import pytest

from selection.people.imports.checking import Checked, checked
from selection.people.imports.layout import LAYOUT
from selection.spreadsheets.cells import SHOWN, Cell, Row
from selection.spreadsheets.reading import read
from selection.spreadsheets.workbook import FORMULA

AREAS = {"north": 1, "south": 2}
HEADING = ("number", "name", "email", "area", "joined_on", "left_on", "job_title", "line_manager")
GOOD: dict[str, Cell] = {
    "number": "S1",
    "name": "Ann Other",
    "email": "ann@service.example",
    "area": "North",
    "joined_on": "2020-01-06",
    "left_on": "",
    "job_title": "Probation officer",
    "line_manager": "S9",
}


def _checked(*changes: dict[str, Cell], heading: tuple[str, ...] = HEADING) -> Checked:
    rows = [Row(2 + place, tuple((GOOD | change)[name] for name in HEADING)) for place, change in enumerate(changes)]
    return checked([Row(1, heading), *rows], AREAS)


def _faults(done: Checked) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.sentence) for fault in done.faults.listed]


def test_a_good_row_becomes_an_entry() -> None:
    done = _checked({"email": "Ann@Service.Example", "name": " Ann \n Other"})
    assert not done.faults
    (line,) = done.lines
    assert (line.entry.name, line.entry.email, line.entry.area_id) == ("Ann Other", "ann@service.example", 1)
    assert (line.entry.joined_on, line.entry.left_on, line.entry.line_manager) == (date(2020, 1, 6), None, "S9")


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        pytest.param({"number": ""}, "number", "The number is missing.", id="no number"),
        pytest.param({"number": "S" * 21}, "number", "longer than 20 letters", id="a long number"),
        pytest.param({"number": "S 1"}, "number", "A number has no spaces.", id="a number of two words"),
        pytest.param({"number": FORMULA}, "number", "This is a formula.", id="a formula"),
        pytest.param({"number": date(2024, 1, 1)}, "number", "This is a date.", id="a day for a number"),
        pytest.param({"name": ""}, "name", "The name is missing.", id="no name"),
        pytest.param({"name": "語" * 201}, "name", "longer than 200 letters", id="a long name"),
        pytest.param({"email": ""}, "email", "The e-mail address is missing.", id="no address"),
        pytest.param({"email": "ann"}, "email", "This is not an e-mail address.", id="no address at all"),
        pytest.param({"area": ""}, "area", "The area is missing.", id="no area"),
        pytest.param({"area": "Noth"}, "area", "“Noth” is not one of your areas.", id="an unknown area"),
        pytest.param({"joined_on": ""}, "joined_on", "The day on which they joined is missing.", id="no first day"),
        pytest.param({"joined_on": "31/02/2024"}, "joined_on", "31/02/2024 is not in the calendar.", id="no such day"),
        pytest.param({"joined_on": "12/31/2024"}, "joined_on", "The day comes first", id="the month first"),
        pytest.param({"joined_on": "1/1/24"}, "joined_on", "“1/1/24” is not a day.", id="a short year"),
        pytest.param({"joined_on": "45000"}, "joined_on", "“45000” is not a day.", id="a bare number"),
        pytest.param({"joined_on": "0020-01-06"}, "joined_on", "The year 20 cannot be right.", id="a far year"),
        pytest.param({"left_on": "2019-12-31"}, "left_on", "They would leave before they joined", id="left before"),
        pytest.param({"left_on": FORMULA}, "left_on", "This is a formula.", id="a formula for a day"),
        pytest.param({"job_title": "x" * 201}, "job_title", "longer than 200 letters", id="a long job title"),
        pytest.param({"line_manager": "S1"}, "line_manager", "Nobody is their own line manager.", id="one's own"),
    ],
)
def test_a_bad_cell(change: dict[str, Cell], column: str, sentence: str) -> None:
    done = _checked(change)
    (found,) = _faults(done)
    assert found[:2] == (2, column)
    assert sentence in found[2]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"name": "語" * 200}, id="200 letters, in any script"),
        pytest.param({"name": "e\u0301" * 200}, id="200 letters, once they are composed"),
        pytest.param({"area": " NORTH "}, id="an area in capitals"),
        pytest.param({"joined_on": "6/1/2020", "left_on": "06/01/2020"}, id="one day long"),
        pytest.param({"joined_on": date(2020, 1, 6)}, id="a day of the spreadsheet"),
        pytest.param({"joined_on": "29/02/2024"}, id="a leap day"),
        pytest.param({"name": "=HYPERLINK(1)"}, id="text that looks like a formula"),
        pytest.param({"line_manager": "", "job_title": ""}, id="what may be empty"),
    ],
)
def test_a_cell_that_may_be(change: dict[str, Cell]) -> None:
    assert _faults(_checked(change)) == []


def test_every_bad_cell_of_a_row_is_named() -> None:
    done = _checked({"email": "ann", "area": "Noth", "joined_on": "soon"})
    assert {column for _, column, _ in _faults(done)} == {"email", "area", "joined_on"}


def test_numbers_and_addresses_stand_once() -> None:
    assert _faults(
        _checked({}, {"email": "other@service.example"}, {"number": "S2", "email": "ANN@service.example"})
    ) == [
        (3, "number", "S1 stands in row 2 already. Each person has their own."),
        (4, "email", "ann@service.example stands in row 2 already. Each person has their own."),
    ]


@pytest.mark.parametrize(
    ("heading", "faults"),
    [
        pytest.param(
            ("NUMBER", "Name", "E-mail", "Area", "Joined on", "left-on", "Job Title", "LINE_MANAGER"),
            [],
            id="as people write",
        ),
        pytest.param((*HEADING[:6], "shoe_size", "line_manager"), [("shoe_size", "not known")], id="unknown"),
        pytest.param((*HEADING[:6], "name", "line_manager"), [("name", "there twice")], id="doubled"),
        pytest.param(("", *HEADING[1:]), [("number", "missing")], id="missing"),
    ],
)
def test_headings(heading: tuple[str, ...], faults: list[tuple[str, str]]) -> None:
    found = _faults(_checked({}, heading=heading))
    assert [(row, column) for row, column, _ in found] == [(1, column) for column, _ in faults]
    assert all(words in sentence for (_, _, sentence), (_, words) in zip(found, faults, strict=True))


def test_columns_may_stand_in_any_order_and_some_be_absent() -> None:
    row = Row(2, ("2020-01-06", "North", "ann@service.example", "Ann", "S1"))
    done = checked([Row(1, ("joined_on", "area", "email", "name", "number")), row], AREAS)
    assert done.lines[0].entry.name == "Ann"
    assert done.absent == {"job_title", "left_on", "line_manager"}


def test_a_row_that_is_too_long_and_one_that_is_too_short() -> None:
    cells = tuple(GOOD[name] for name in HEADING)
    done = checked([Row(1, HEADING), Row(2, (*cells, "what is this")), Row(3, ("S2", "Bo"))], AREAS)
    assert (2, "I", "There is no heading above this cell.") in _faults(done)
    assert {column for row, column, _ in _faults(done) if row == 3} == {"email", "area", "joined_on"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty."),
        ("\n ,\n", "The file is empty."),
        (LAYOUT.template, "There is nobody in the file"),
    ],
)
def test_a_file_with_nobody_in_it(content: str, sentence: str) -> None:
    (fault,) = checked(read(content.encode()).rows, AREAS).faults.listed
    assert sentence in fault.sentence


def test_the_list_of_faults_ends_and_says_how_many_more_there_are() -> None:
    lines: list[dict[str, Cell]] = [
        {"number": f"S{n}", "email": f"p{n}@x.example", "area": "?"} for n in range(100, 137 + SHOWN)
    ]
    done = _checked(*lines)
    assert (len(done.faults.listed), done.faults.total, done.faults.more) == (SHOWN, SHOWN + 37, 37)
