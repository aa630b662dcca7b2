"""Importing earlier training: handed in whole, approved whole by somebody else, shown apart from what was assessed."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import select

from config import Settings
from selection.models.authorisations import Authorisation, Certificate
from selection.models.imports import ImportedStep, TrainingImport, TrainingImportRow
from selection.models.notices import Notice
from selection.models.people import Account, Staff
from selection.models.practice import Practice
from selection.models.recognitions import Recognition
from selection.rules.calendar import NO_END
from selection.rules.roles import Role
from selection.training import known
from tests.costs import counted
from tests.factories import people
from tests.pages import Browserlike, Page
from tests.papers import read_accessible
from tests.training.conftest import World

NEW, LIST = "/training/imports/new", "/training/imports/"
HEADING = "number;course;passed_on;valid_until;name;evidence"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of every test here, with a key that signs badges."""
    return replace(settings, badge_key="0f" * 32)


@pytest.fixture
def ann(world: World) -> Staff:
    """Somebody who was trained long ago."""
    with world.store.session() as session:
        return people.staff(session, "Ann Löwe", number="H1")


@pytest.fixture
def other(world: World) -> Account:
    """Another training lead."""
    return world.account(Role.TRAINING_LEAD)


def _file(*lines: str) -> bytes:
    return "\n".join([HEADING, *lines]).encode("cp1252")


WHOLE = _file(
    "H1;C-SOGP skills;01/09/2026;;Ann Löwe;Certificate 4711",
    "h1;selection;2024-01-10;;ann lowe;",
    "H1;Fundamental Skills;02/05/2025;2027-12-31;;",
)


def _hand_in(browser: Browserlike, content: bytes = WHOLE, name: str = "training.csv") -> Page:
    browser.get(NEW)
    return browser.fill({"file": (name, content), "reason": "The register of the North until 2026."})


def _decide(browser: Browserlike, import_id: int = 1, outcome: str = "approve") -> Page:
    browser.get(f"{LIST}{import_id}")
    return browser.fill({"outcome": outcome, "reason": "Compared with the papers."}, button="Decide")


def _passed_before(app: Flask, world: World, ann: Staff) -> list[date]:
    """When she passed fundamental training, as a course sees it that asks for it to be passed first."""
    with app.app_context():
        return known.of([ann.id], [], courses=[world.fundamental.id])[ann.id].passed[world.fundamental.id]


def test_a_file_is_handed_in_and_approved_by_somebody_else_and_makes_an_authorisation(
    app: Flask, world: World, lead: Browserlike, other: Account, ann: Staff, clients: Callable[[], Browserlike]
) -> None:
    page = _hand_in(lead)
    assert page.heading == "Import of earlier training training.csv"
    assert "No certificate stands on it until somebody else approves it." in page.banner
    assert [row["Certificate"] for row in page.table()] == ["None"] * 3
    assert page.table()[2]["Valid to"] == "31 December 2027 as the file says"
    assert not page.soup.select("input[name=outcome]"), "whoever handed it in does not decide"
    assert world.store.count(Certificate) == 0
    assert world.store.count(Notice) == 0
    (entry,) = world.trail("training_import.handed_in")
    assert (entry.actor_id, entry.after["rows"], entry.after["file"]) == (world.lead.id, 3, "training.csv")  # type: ignore[index]

    approver = clients().sign_in_as(other)
    assert "1 file to decide on." in approver.get("/").main
    page = _decide(approver)
    assert "3 certificates are issued." in page.banner
    assert _passed_before(app, world, ann) == [date(2025, 5, 2)]
    assert "None" not in [row["Certificate"] for row in page.table()]
    found = world.store.all(select(Certificate).order_by(Certificate.valid_from))
    assert [(one.stage, one.valid_from, one.valid_to) for one in found] == [
        ("selection", date(2024, 1, 10), NO_END),
        ("fundamental", date(2025, 5, 2), date(2027, 12, 31)),
        ("programme", date(2026, 9, 1), date(2029, 8, 31)),
    ]
    right = world.store.one(select(Authorisation))
    assert (right.staff_id, right.valid_from, right.valid_to) == (ann.id, date(2026, 9, 1), date(2027, 12, 31))
    assert world.store.one(select(Practice)).lapses_on == date(2028, 9, 1)
    recognition = world.store.all(select(Recognition))[0]
    assert (recognition.requested_by_id, recognition.approved_by_id) == (world.lead.staff_id, other.staff_id)
    assert {entry.staff_id for entry in world.trail("recognition.approved")} == {ann.id}
    letter = world.store.one(select(Notice))
    assert (letter.staff_id, letter.subject) == (world.lead.staff_id, "Earlier training in training.csv: approved")
    assert "3 certificates stand on it." in letter.body

    _is_shown_apart(world, approver, found[2], ann, other)
    # The same file again changes nothing, nor do the same rows in another.
    again = _hand_in(lead)
    assert again.path == f"{LIST}1"
    assert "Nothing was changed." in again.banner
    assert _hand_in(lead, WHOLE + b"\n").errors == [
        "All that the file says stands on earlier files already. Nothing was changed."
    ]
    assert world.store.count(TrainingImportRow) == 3
    late = lead.post(f"{LIST}1/take-back", {"csrf_token": _token(lead.get(LIST))}, expect=409)
    assert "not open any more" in late.main


def _is_shown_apart(world: World, approver: Browserlike, certificate: Certificate, ann: Staff, other: Account) -> None:
    """On its own page with the file, on the record, the timeline and the explanation; not among the recognitions."""
    page = approver.get(f"/training/certificates/{certificate.id}")
    assert "Imported" in page.words(".app-tag")
    kept = world.store.one(select(TrainingImport))
    for words in (kept.sha256, "row 2", "Certificate 4711", "The register of the North", world.lead.name, other.name):
        assert words in page.main, words
    assert "as row 2 of the file training.csv says, 1 September 2026" in page.main
    assert "Import of earlier training" in approver.get(f"/staff/{ann.id}").main
    assert "By import of earlier training." in approver.get(f"/staff/{ann.id}/timeline").main
    asked: dict[str, Any] = {"person": "H1", "programme": world.programme.code, "role": "facilitator"}
    page = approver.get("/authorisations/explain", **asked, first="2027-03-15", last="2027-03-15")
    assert page.main.count("Imported") == 3
    said: Any = approver.http.get(
        "/api/explain", query_string=asked | {"first": "2027-03-15", "last": "2027-03-15"}
    ).json
    (proof,) = said["authorisations"]
    assert [one["imported_from"]["file"] for one in proof["certificates"]] == ["training.csv"] * 3
    assert all(one["recognised"] for one in proof["certificates"])
    document = approver.http.get(f"/training/certificates/{certificate.id}/document").data
    words = " ".join(read_accessible(document, title=f"Certificate {certificate.number}").split())
    assert "Ann Löwe has had recognised" in words
    assert "Imported: not assessed here" in words
    badge = approver.http.get(f"/training/certificates/{certificate.id}/badge").data.split(b".")[1]
    told: Any = json.loads(base64.urlsafe_b64decode(badge + b"=="))
    assert told["credentialSubject"]["achievement"]["criteria"]["narrative"].startswith("Imported: ")
    assert "Ann" not in approver.get("/training/recognitions/").main, "they stand with their file"


def test_every_fault_is_named_by_row_and_column_and_nothing_is_kept(
    world: World, lead: Browserlike, ann: Staff
) -> None:
    page = _hand_in(
        lead,
        _file(
            "H1;Needlework;01/09/2026;;;",
            ";Selection;31/02/2024;;;",
            "H1;Selection;;soon;;",
            f"H1;Selection;2024-01-10;;;{'x' * 201}",
            "H1;Selection;2024-01-11;;;",
            "H1;Selection;2024-01-11;;;",
            "H1;Selection;2024-01-12;;;;stray",
        ),
    )
    assert page.errors == ["Nothing was imported: the file has 8 faults."]
    assert [(row["Row"], row["Column"]) for row in page.table("table:has(#faults)")] == [
        ("2", "course"),
        ("3", "number"),
        ("3", "passed_on"),
        ("4", "passed_on"),
        ("4", "valid_until"),
        ("5", "evidence"),
        ("7", "course"),
        ("8", "G"),
    ]
    assert page.form().sent()["reason"] == ["The register of the North until 2026."]
    page = _hand_in(
        lead,
        _file(
            "H1;C-SOGP skills;01/09/2026;;Bob Other;",
            "H9;Selection;2024-01-10;;;",
            "H1;Fundamental skills;02/05/2027;2027-01-01;;",
        ),
    )
    assert [(row["Row"], row["Column"]) for row in page.table("table:has(#faults)")] == [
        ("2", "name"),
        ("2", "course"),
        ("3", "number"),
        ("4", "passed_on"),
        ("4", "valid_until"),
        ("4", "course"),
    ]
    assert "They had not passed fundamental training by 1 September 2026. Nothing is skipped" in page.main
    for content, error in (
        (b"%PDF-1.7", "This is neither a CSV file nor an XLSX workbook."),
        (b"", "the file has 1 fault."),
        (b"name\n", "the file has 3 faults."),
    ):
        assert any(error in one for one in _hand_in(lead, content).errors), content
    assert (world.store.count(TrainingImport), world.store.count(TrainingImportRow)) == (0, 0)


def test_who_has_a_part_in_it_does_not_approve_it(
    world: World, lead: Browserlike, ann: Staff, other: Account, clients: Callable[[], Browserlike]
) -> None:
    mine = world.store.one(select(Staff).where(Staff.id == other.staff_id))
    _hand_in(lead, _file(f"{mine.number};Selection;2024-01-10;;;", "H1;Selection;2024-01-10;;;"))
    page = _decide(clients().sign_in_as(other))
    assert page.errors == [
        "The file has training of your own, and nobody recognises a step of their own. Ask another training lead."
    ]
    form = {"csrf_token": _token(lead.get(f"{LIST}1")), "version": "1", "outcome": "approve", "reason": "x"}
    assert "Whoever hands a file in does not decide on it." in lead.post(f"{LIST}1/decide", form).main
    assert world.store.count(Certificate) == 0
    # Whoever may not certify everybody in it does not see it; an auditor reads it; whoever handed it in takes it back.
    elsewhere = clients().sign_in_as(world.account(Role.TRAINING_LEAD, in_area="South"))
    elsewhere.get(f"{LIST}1", expect=404)
    assert "No file of earlier training" in elsewhere.get(LIST).main
    assert not clients().sign_in_as(world.account(Role.AUDITOR)).get(f"{LIST}1").soup.select("main form")
    lead.get(f"{LIST}1")
    assert "Taken back" in lead.fill(button="Take the file back").main
    page = _decide_old(clients().sign_in_as(world.account(Role.TRAINING_LEAD)))
    assert "This import is not open any more." in page.main
    assert _hand_in(lead, _file("H1;Selection;2024-01-10;;;")).path == f"{LIST}2", "it can be handed in again"


def test_what_changed_meanwhile_is_named_before_anything_is_issued(
    world: World, lead: Browserlike, ann: Staff, other: Account, clients: Callable[[], Browserlike]
) -> None:
    _hand_in(lead, _file("H1;Selection;2024-01-10;;;"))
    second = _file("H1;Selection;2024-01-10;;;", "H1;Fundamental skills;2025-01-10;;;")
    page = _hand_in(lead, second)
    assert [row["Row"] for row in page.table()] == ["3"], "what stands on an earlier file is not there twice"
    approver = clients().sign_in_as(other)
    page = _decide(approver, 2)
    assert "Since the file was handed in, something changed that it rests on." in page.errors[0]
    assert page.table("table:has(#faults)")[0]["Row"] == "3"
    assert world.store.count(Certificate) == 0
    assert "1 certificate is issued." in _decide(approver, 1).banner
    assert "1 certificate is issued." in _decide(approver, 2).banner
    _hand_in(lead, _file("H1;Selection;2025-01-10;;;"))
    page = _decide(approver, 3, "refuse")
    assert "The file is refused." in page.banner
    assert (world.store.count(Certificate), world.store.count(ImportedStep)) == (2, 2)


def test_a_workbook_by_the_command_and_the_same_queries_for_one_row_as_for_many(
    world: World, app: Flask, ann: Staff, other: Account, clients: Callable[[], Browserlike], tmp_path: Path
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Number", "Course", "Passed on"])
    with world.store.session() as session:
        numbers = [people.staff(session).number for _ in range(60)]
    for number in numbers:
        book.active.append([number, "Selection", date(2024, 1, 10)])
    kept = BytesIO()
    book.save(kept)
    file = tmp_path / "old.xlsx"
    file.write_bytes(kept.getvalue())
    mine = world.store.one(select(Staff.number).where(Staff.id == world.lead.staff_id))
    run = app.test_cli_runner().invoke
    asked = ["training", "import", str(file), "--reason", "The old register", "--by"]
    assert "60 would be handed in" in run(args=[*asked, mine, "--dry-run"]).output
    assert world.store.count(TrainingImport) == 0
    assert "Nobody with the staff number H1" in run(args=[*asked, "H1"]).output
    assert "Import 1: 60 rows handed in. It is open." in run(args=[*asked, mine]).output
    assert "60 rows handed in before; nothing was changed" in run(args=[*asked, mine]).output
    bad = tmp_path / "bad.csv"
    bad.write_bytes(_file("H1;C-SOGP skills;2026-01-10;;;"))
    refused = run(args=["training", "import", str(bad), "--reason", "x", "--by", mine])
    assert (refused.exit_code, "Row 2, course: They had not passed" in refused.output) == (1, True)
    approver = clients().sign_in_as(other)
    for address in (f"{LIST}1", LIST):
        with counted(app) as sent:
            approver.get(address)
        assert len(sent) <= 6, sent
    assert "60 certificates are issued." in _decide(approver).banner


def _decide_old(browser: Browserlike) -> Page:
    form = {"csrf_token": _token(browser.get(f"{LIST}1")), "version": "2", "outcome": "approve", "reason": "x"}
    return browser.post(f"{LIST}1/decide", form)


def _token(page: Page) -> str:
    meta = page.soup.select_one("input[name=csrf_token]")
    assert meta is not None, page.title
    return str(meta["value"])
