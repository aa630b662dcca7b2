"""Asking for a recognition with evidence, and deciding on it: never by the person, never by who asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from werkzeug.datastructures import FileStorage

from selection.models.authorisations import Certificate
from selection.models.notices import Notice
from selection.models.people import Staff
from selection.models.recognitions import EvidenceContent, EvidenceFile, RecognitionRequest
from selection.rules.programmes import Stage
from selection.rules.requests import LARGEST_FILE, Wish, reasons_against_request, safe_name
from selection.rules.roles import Role
from selection.training.requests import evidence
from tests.conftest import TODAY
from tests.factories import people
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import World

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000") + b"\0" * 40
NEW = "/training/recognitions/requests/new"


@pytest.fixture
def ann(world: World) -> Staff:
    with world.store.session() as session:
        return people.staff(session, "Ann Lee")


@pytest.fixture
def own(as_: Callable[..., Browserlike], ann: Staff) -> Browserlike:
    return as_(Role.STAFF_MEMBER, of=ann)


def wish(**given: Value) -> dict[str, Value]:
    usual: dict[str, Value] = {"stage": "fundamental", "learning": "Two weeks in Leeds, in May 2026."}
    return usual | {"files": ("../../etc/pass wd.exe", PDF)} | given


def asked(own: Browserlike, **given: Value) -> str:
    own.get(NEW)
    page = own.fill(wish(**given))
    assert not page.errors
    return page.path


def test_what_is_asked_is_decided_by_somebody_else_and_certified_apart(
    world: World, own: Browserlike, lead: Browserlike, ann: Staff
) -> None:
    where = asked(own)
    (file,) = world.store.all(select(EvidenceFile))
    assert (file.name, file.kind, file.sha256) == ("pass wd.pdf", "application/pdf", sha256(PDF).hexdigest())
    assert "A training lead who is neither the person nor who asked decides." in own.get(where).main
    assert "1 request to decide." in lead.get("/").main
    page = lead.get(where)
    answer = lead.http.get(page.links["pass wd.pdf"])
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = lead.fill({"outcome": "approve", "reason": "The same content.", "last": date(2030, 3, 14)}, button="Decide")
    certificate = world.store.one(select(Certificate))
    assert certificate.number in page.banner
    assert (certificate.valid_from, certificate.valid_to) == (TODAY, date(2030, 3, 14))
    request = world.store.one(select(RecognitionRequest))
    assert (request.state, request.decided_by_id) == ("approved", world.lead.staff_id)
    assert request.recognition_id == certificate.recognition_id
    assert "Recognised" in lead.follow("The certificate by recognition").main
    assert {one.event for one in world.trail("evidence.opened")} == {"evidence.opened"}
    (letter,) = world.store.all(select(Notice).where(Notice.key.startswith("recognition_request:")))
    assert (letter.to_address, "approved" in letter.body) == (ann.email, True)


def test_a_refusal_says_why_and_leaves_no_certificate(world: World, own: Browserlike, lead: Browserlike) -> None:
    where = asked(own)
    lead.get(where)
    page = lead.fill({"outcome": "refuse", "reason": " "}, button="Decide")
    assert page.errors
    lead.fill({"outcome": "refuse", "reason": "Too long ago."}, button="Decide")
    assert "Too long ago." in own.get(where).main
    assert world.store.count(Certificate) == 0
    lead.get(where)
    asked(own)
    assert world.store.count(RecognitionRequest) == 2


def test_who_asks_and_whose_it_is_do_not_decide(
    world: World, as_: Callable[..., Browserlike], ann: Staff, lead: Browserlike
) -> None:
    where = asked(lead, person="Ann Lee")
    herself = as_(Role.TRAINING_LEAD, of=ann)
    for browser, who in ((lead, "Whoever asks"), (herself, "Nobody recognises a step of their own")):
        page = browser.get(where)
        assert not page.soup.select("form[action$=decide]")
        sent = {"csrf_token": _token(browser), "outcome": "approve", "reason": "x", "version": "1"}
        page = browser.post(f"{where}/decide", {**sent, "last": ["1", "1", "2030"]})
        assert any(who in error for error in page.errors)
    herself.post(f"{where}/take-back", {"csrf_token": _token(herself)}, expect=409)
    lead.get(where)
    lead.fill(button="Take the request back")
    assert world.store.one(select(RecognitionRequest)).state == "taken_back"
    with pytest.raises(DatabaseError):
        world.store.sql("UPDATE recognition_request SET state = 'open'")


def _token(browser: Browserlike) -> str:
    page = browser.get(NEW)
    field = page.soup.select_one("input[name=csrf_token]")
    assert field is not None
    return str(field["value"])


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no file": ({"files": ("", b"")}, "Add at least one file of evidence."),
    "another kind": ({"files": ("cv.pdf", b"MZ\x90\0" + b"\0" * 60)}, "is not a PDF, JPEG or PNG by its content."),
    "a page": ({"files": ("cv.pdf", b"<!doctype html><script>1</script>")}, "is not a PDF, JPEG or PNG"),
    "an empty one": ({"files": ("cv.pdf", b"")}, "“cv.pdf” is empty."),
    "no words": ({"learning": " "}, "Say what was learnt, where and when"),
    "no programme": ({"stage": "programme"}, "Choose the programme whose training shall be recognised."),
    "a programme too many": ({"programme": "1"}, "This step serves every programme."),
    "out of reach": ({"person": "Una Far"}, "Nobody has the number or the name “Una Far”."),
}


def test_every_reason_stands_at_its_field_and_nothing_is_stored(world: World, own: Browserlike) -> None:
    with world.store.session() as session:
        people.staff(session, "Una Far", in_area="South")
    for name, (given, sentence) in WRONG.items():
        own.get(NEW)
        page = own.fill(wish(**given))
        assert any(sentence in error for error in page.errors), (name, page.errors)
    assert (world.store.count(RecognitionRequest), world.store.count(EvidenceFile)) == (0, 0)
    asked(own, files=("photo.JPG", PNG))
    own.get(NEW)
    assert any("open already" in error for error in own.fill(wish()).errors)
    assert world.store.one(select(EvidenceFile)).name == "photo.png"


def test_others_do_not_get_at_the_evidence_and_a_changed_file_is_not_handed_over(
    world: World, own: Browserlike, as_: Callable[..., Browserlike]
) -> None:
    where = asked(own)
    (file,) = world.store.all(select(EvidenceFile))
    stranger, south = as_(Role.STAFF_MEMBER), as_(Role.TRAINING_LEAD, in_area="South")
    for browser in (stranger, south):
        browser.get(where, expect=404)
        browser.get(f"/training/recognitions/evidence/{file.id}", expect=404)
    with pytest.raises(DatabaseError):
        world.store.sql("UPDATE evidence_content SET content = :forged", forged=b"%PDF-forged")
    with pytest.raises(DatabaseError):
        world.store.sql("UPDATE evidence_file SET sha256 = :forged", forged="0" * 64)
    with world.store.session() as session:
        session.delete(session.get_one(EvidenceContent, file.id))
    own.get(f"/training/recognitions/evidence/{file.id}", expect=500)


def test_a_file_is_read_no_further_than_its_size_is_allowed() -> None:
    sent = FileStorage(BytesIO(PDF + b" " * LARGEST_FILE * 2), filename="cv.pdf")
    ((file, content),) = evidence.read([sent, FileStorage(BytesIO(), filename="")])
    assert len(content) == LARGEST_FILE + 1
    wanted = Wish(staff_id=1, stage=Stage.FUNDAMENTAL, programme_id=None, learning="Two weeks.")
    (reason,) = reasons_against_request(wanted, [file], requester_id=1, open_already=False)
    assert (reason.code, reason.field) == ("evidence.large", "files")
    fits = replace(file, size=LARGEST_FILE)
    assert reasons_against_request(wanted, [fits], requester_id=1, open_already=False) == ()
    assert [one.code for one in reasons_against_request(wanted, [fits] * 6, requester_id=None, open_already=False)] == [
        "request.nobody",
        "evidence.many",
    ]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\papers\\My certificate.PDF", "My certificate.pdf"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("évidence (1).pdf.exe", "évidence (1).pdf.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a_Set-Cookie_ x.pdf"),
        ("....", "evidence.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_no_more_than_a_name(name: str, kept: str) -> None:
    assert safe_name(name, "application/pdf") == kept
