"""The pages of the import, and the command: a file chosen, checked, looked at, confirmed; faults said on the page."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core.clock import now
from selection.models.people import Staff
from selection.models.trail import TrailEntry
from tests.conftest import Clock
from tests.pages import Browserlike, Page
from tests.people.conftest import Keepers
from tests.store import Store

HEADING = "number,name,email,area,joined_on,left_on,job_title,line_manager"
ANN = "A1,Ann Other,ann@service.example,North,06/01/2020,,Probation officer,"
FILE = f"{HEADING}\n{ANN}\n".encode()


def _choose(client: Browserlike, content: bytes, name: str = "staff.csv") -> Page:
    client.get("/staff/import")
    return client.fill({"file": (name, content)}, button="Check the file")


def test_a_file_is_looked_at_then_imported_then_changes_nothing(
    client: Browserlike, keepers: Keepers, store: Store
) -> None:
    client.sign_in_as(keepers.everywhere)
    before = store.count(Staff)
    page = _choose(client, FILE)
    assert page.heading == "staff.csv What the import would do"
    assert "Read as CSV in UTF-8, separated by commas. Nothing is stored yet." in page.main
    assert page.table("table:has(#created)")[0]["Name"] == "Ann Other"
    assert store.count(Staff) == before
    done = client.fill(button="Import")
    assert done.path == "/staff/"
    assert "Imported. Added: 1. Changed: 0. As before: 0." in done.banner
    assert store.count(Staff) == before + 1
    again = _choose(client, FILE)
    assert "There is nothing to import." in again.main
    assert not again.soup.select("main form")


def test_the_same_word_sent_twice_imports_once(client: Browserlike, keepers: Keepers, store: Store) -> None:
    preview = _choose(client.sign_in_as(keepers.everywhere), FILE)
    client.fill(button="Import")
    late = client.fill(button="Import", page=preview)
    assert late.path == "/staff/import"
    assert "Choose the file again." in late.banner
    assert store.count(TrailEntry, TrailEntry.event == "staff.imported") == 1


def test_changes_are_shown_as_they_were_and_will_be(client: Browserlike, keepers: Keepers, store: Store) -> None:
    _choose(client.sign_in_as(keepers.everywhere), FILE)
    client.fill(button="Import")
    page = _choose(client, FILE.replace(b"North", b"South").replace(b"06/01/2020", b"2020-02-01"))
    difference = page.table("table:has(#changed)")[0]["What would be different"]
    assert "Area: North → South" in difference
    assert "First day: 6 January 2020 → 1 February 2020" in difference


def test_faults_stand_on_the_page_by_row_and_column(client: Browserlike, keepers: Keepers, store: Store) -> None:
    client.sign_in_as(keepers.everywhere)
    before = store.count(Staff)
    page = _choose(client, FILE.replace(b"06/01/2020", b"31/02/2020") + b"A2,,bo,Noth,2020-01-01,,,\n")
    assert page.errors == ["Nothing was imported: the file has 4 faults."]
    assert [(row["Row"], row["Column"]) for row in page.table("table:has(#faults)")] == [
        ("2", "joined_on"),
        ("3", "area"),
        ("3", "name"),
        ("3", "email"),
    ]
    assert store.count(Staff) == before


def test_a_long_list_of_faults_ends_with_how_many_more(client: Browserlike, keepers: Keepers) -> None:
    lines = "".join(f"A{n},Ann,a{n}@service.example,?,2020-01-01,,,\n" for n in range(250))
    page = _choose(client.sign_in_as(keepers.everywhere), f"{HEADING}\n{lines}".encode())
    assert len(page.table("table:has(#faults)")) == 200
    assert "The first 200 of 250 faults; 50 more are not listed." in page.main


def test_what_the_register_has_against_it_is_shown_and_cannot_be_confirmed(
    client: Browserlike, keepers: Keepers
) -> None:
    page = _choose(client.sign_in_as(keepers.everywhere), FILE.rstrip() + b"Z9\n")
    assert [(row["Row"], row["Column"]) for row in page.table("table:has(#faults)")] == [("2", "line_manager")]
    assert not page.soup.select("main form")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("staff.csv", b"", "The file is empty."),
        ("staff.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "This is neither a CSV file nor an XLSX workbook."),
        ("staff.xlsx", b"PK\x03\x04 torn", "The workbook cannot be read."),
    ],
)
def test_a_file_that_is_none(client: Browserlike, keepers: Keepers, name: str, content: bytes, sentence: str) -> None:
    page = _choose(client.sign_in_as(keepers.everywhere), content, name)
    assert sentence in page.main
    assert len(page.errors) == 1


def test_no_file_at_all(client: Browserlike, keepers: Keepers) -> None:
    client.sign_in_as(keepers.everywhere).get("/staff/import")
    assert client.fill(button="Check the file").errors == ["Choose a file"]


def test_the_empty_file_to_fill_in_has_every_heading(client: Browserlike, keepers: Keepers) -> None:
    page = client.sign_in_as(keepers.everywhere).get("/staff/import")
    assert "begins with =, +, - or @ is kept as the text it is" in page.main
    given = client.get(page.links["Download an empty file with these headings (CSV)"])
    assert given.response.mimetype == "text/csv"
    assert set(given.response.data.decode("utf-8-sig").strip().split(",")) == set(HEADING.split(","))
    assert "There is nobody in the file" in _choose(client, given.response.data).main


def test_only_who_may_import_gets_in_and_nobody_confirms_what_another_chose(
    clients: Callable[[], Browserlike], keepers: Keepers
) -> None:
    clients().sign_in_as(keepers.reader).get("/staff/import", expect=403)
    clients().sign_in_as(keepers.reader).get("/staff/import/template.csv", expect=403)
    preview = _choose(clients().sign_in_as(keepers.everywhere), FILE)
    other = clients().sign_in_as(keepers.north).get(preview.path)
    assert other.path == "/staff/import"


def test_an_hour_later_the_file_must_be_chosen_again(client: Browserlike, keepers: Keepers, clock: Clock) -> None:
    preview = _choose(client.sign_in_as(keepers.everywhere), FILE)
    clock.set(now() + timedelta(minutes=61))
    assert client.get(preview.path).path == "/staff/import"


def test_an_importer_of_one_area_sees_and_takes_only_that(client: Browserlike, keepers: Keepers) -> None:
    client.sign_in_as(keepers.north)
    page = _choose(client, FILE.replace(b"North", b"South"))
    assert page.table("table:has(#faults)")[0]["What is wrong"] == (
        "“South” is not one of your areas. Check the spelling."
    )


def test_the_command_imports_as_the_page_does(app: Flask, store: Store, keepers: Keepers, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes(FILE)
    run = app.test_cli_runner().invoke
    tried = run(args=["people", "import", str(file), "--dry-run"])
    assert "1 would be added, 0 would be changed, 0 as before." in tried.output
    assert store.count(Staff, Staff.number == "A1") == 0
    assert "1 added, 0 changed, 0 as before." in run(args=["people", "import", str(file)]).output
    assert "0 added, 0 changed, 1 as before." in run(args=["people", "import", str(file)]).output
    entries = store.all(select(TrailEntry).where(TrailEntry.event.in_(("staff.created", "staff.imported"))))
    assert {entry.actor_name for entry in entries} == {"flask people import"}
    assert len(entries) == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (FILE.replace(b"North", b"Noth"), ["Row 2, area: “Noth” is not one", "Nothing was imported: 1 fault."]),
        (b"", ["The file is empty.", "Nothing was imported"]),
        (b"%PDF-1.7", ["neither a CSV file nor an XLSX workbook"]),
    ],
)
def test_the_command_says_what_is_wrong_and_fails(
    content: bytes, says: list[str], app: Flask, store: Store, keepers: Keepers, tmp_path: Path
) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes(content)
    done = app.test_cli_runner().invoke(args=["people", "import", str(file)])
    assert done.exit_code == 1
    assert all(words in done.output for words in says)
    assert store.count(TrailEntry) == 0
