"""People added, changed, and declared acquaintances: what is refused, and that what was typed stays."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.people import Acquaintance, Staff, StaffWord
from selection.models.trail import TrailEntry
from selection.people import queries
from selection.rules.roles import Role
from tests.costs import counted
from tests.factories import people
from tests.factories.delivery import delivery
from tests.forms import Value
from tests.pages import Browserlike, Page
from tests.people.conftest import Keepers
from tests.store import Store

CAPITAL_NAME = "Ñandú Ó Briain"
NEW: dict[str, Value] = {
    "name": CAPITAL_NAME,
    "number": "X-1",
    "email": "Nandu@Service.Example",
    "job_title": "Probation officer",
    "joined_on": date(2026, 9, 1),
}


@pytest.fixture
def client(clients: Callable[[], Browserlike], keepers: Keepers) -> Browserlike:
    """The browser of the administrator of the whole service."""
    return clients().sign_in_as(keepers.everywhere)


@pytest.fixture
def ann(store: Store, keepers: Keepers) -> Staff:
    with store.session() as session:
        return people.staff(session, "Ann Other", number="A-1", email="ann@service.example")


def _north(store: Store) -> int:
    with store.session() as session:
        return people.area(session).id


def _stored(store: Store, number: str) -> Staff:
    found: Staff = store.one(select(Staff).where(Staff.number == number))
    return found


def _words(store: Store, staff_id: int) -> set[str]:
    return set(store.all(select(StaffWord.word).where(StaffWord.staff_id == staff_id)))


def _add(client: Browserlike, store: Store, **given: Value) -> Page:
    client.get("/staff/new")
    return client.fill(NEW | {"area_id": _north(store)} | given, button="Save")


def test_a_person_is_added_found_and_on_the_trail(client: Browserlike, store: Store, ann: Staff) -> None:
    page = _add(client, store, line_manager="A-1")
    added = _stored(store, "X-1")
    assert page.path == f"/staff/{added.id}"
    assert f"{CAPITAL_NAME} is on the register." in page.banner
    assert (added.email, added.sort_name, added.line_manager_id) == ("nandu@service.example", "nandu o briain", ann.id)
    assert _words(store, added.id) == {"nandu", "o", "briain", "x-1", "x", "1", "x1", "nandu@service.example"}
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "staff.created"))
    assert entry.after == {
        "number": "X-1",
        "name": CAPITAL_NAME,
        "email": "nandu@service.example",
        "job_title": "Probation officer",
        "area_id": _north(store),
        "line_manager": "A-1",
        "joined_on": "2026-09-01",
        "left_on": None,
    }
    assert client.get("/staff/", words="nand").table()[0]["Number"] == "X-1"


def test_a_name_of_two_hundred_letters_in_any_script(client: Browserlike, store: Store) -> None:
    for number, letter in (("L-1", "ष"), ("L-2", "ﷺ"), ("L-3", "🙂"), ("L-4", "W")):
        _add(client, store, name=letter * 200, number=number, email=f"{number}@service.example")
        assert _stored(store, number).name == letter * 200


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": " "}, "The name is missing."),
        ({"number": None}, "Enter the staff number"),
        ({"name": "W" * 201}, "The name is longer than 200 letters."),
        ({"number": "X 1"}, "A number has no spaces."),
        ({"email": "nandu"}, "This is not an e-mail address."),
        ({"area_id": ""}, "The area is missing."),
        ({"joined_on": ["", "", ""]}, "Enter the first day in the service"),
        ({"joined_on": ["31", "2", "2026"]}, "First day in the service: there is no such day in the calendar"),
        ({"joined_on": ["1", "9", "26"]}, "First day in the service: enter a year"),
        ({"left_on": date(2026, 8, 31)}, "They would leave before they joined, on 1 September 2026."),
        ({"line_manager": "X-1"}, "Nobody is their own line manager."),
        ({"line_manager": "NOBODY"}, "Nobody of your areas has the number NOBODY."),
        ({"number": "A-1"}, "Another person has this number."),
        ({"email": "ANN@service.example"}, "Another person has this e-mail address."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(
    client: Browserlike, store: Store, ann: Staff, given: dict[str, Value], error: str
) -> None:
    before = store.count(Staff)
    page = _add(client, store, **given)
    assert any(message.startswith(error) for message in page.errors), page.errors
    assert any(error in words for words in page.all(".govuk-error-message"))
    expected = {
        "name": CAPITAL_NAME,
        "number": "X-1",
        "email": "Nandu@Service.Example",
        "job_title": "Probation officer",
    }
    for name, value in (expected | given).items():
        if isinstance(value, str) and name != "area_id":
            assert page.soup.select_one(f"#{name}")["value"] == value  # type: ignore[index]
    assert page.all("#area_id option[selected]") == ["Choose an area" if "area_id" in given else "North"]
    assert store.count(Staff) == before
    assert store.count(TrailEntry) == 0


def test_every_reason_at_once(client: Browserlike, store: Store, ann: Staff) -> None:
    page = _add(client, store, number="A-1", email="ann@service.example", left_on=date(2020, 1, 1), line_manager="NO")
    assert len(page.errors) == 4


def test_a_repeated_submit_is_stored_once(client: Browserlike, store: Store, ann: Staff) -> None:
    form = client.get("/staff/new")
    _add(client, store)
    page = client.fill(NEW | {"area_id": _north(store)}, page=form, button="Save")
    assert page.errors == [
        "Another person has this number. Check it, or change their record instead.",
        "Another person has this e-mail address. Check it, or change theirs first.",
    ]
    assert store.count(Staff, Staff.number == "X-1") == 1


@pytest.mark.parametrize(("same", "error"), [("number", "has this number"), ("email", "has this e-mail address")])
def test_who_is_a_moment_too_late_gets_the_same_sentence(
    client: Browserlike, store: Store, ann: Staff, monkeypatch: pytest.MonkeyPatch, same: str, error: str
) -> None:
    monkeypatch.setattr(queries, "met_by", lambda _entry: queries.Met())
    page = _add(client, store, **{same: getattr(ann, same)})
    assert error in page.errors[0]
    assert page.soup.select_one("#name")["value"] == CAPITAL_NAME  # type: ignore[index]
    assert store.count(TrailEntry) == 0


def test_who_writes_in_one_area_adds_there_alone(
    clients: Callable[[], Browserlike], store: Store, keepers: Keepers
) -> None:
    client = clients().sign_in_as(keepers.north)
    with store.session() as session:
        south = people.area(session, "South").id
        boss = people.staff(session, "Bo South", in_area="South")
    page = client.get("/staff/new")
    assert page.all("#area_id option[selected]") == ["North"], "there is no other choice"
    token = page.form(button="Save").sent()
    sent = {**token, **{key: [value] for key, value in NEW.items()}, "joined_on": ["1", "9", "2026"]}
    page = client.post("/staff/new", sent | {"area_id": [str(south)]})
    assert "This area is not one of yours." in page.errors[0]
    page = client.post("/staff/new", sent | {"area_id": ["x"]})
    assert "The area is missing." in page.errors[0]
    page = _add(client, store, line_manager=boss.number)
    assert f"Nobody of your areas has the number {boss.number}." in page.errors[0]
    assert _add(client, store).path.startswith("/staff/")
    assert _stored(store, "X-1").area_id == _north(store)


def test_a_change_keeps_what_was_before_and_after(client: Browserlike, store: Store, ann: Staff) -> None:
    client.get(f"/staff/{ann.id}")
    client.follow("Change the details")
    page = client.fill({"name": "Ann Neu", "left_on": date(2027, 12, 31)}, button="Save")
    assert "The register has the new details of Ann Neu." in page.banner
    changed = _stored(store, "A-1")
    assert (changed.name, changed.sort_name, changed.left_on, changed.version) == (
        "Ann Neu",
        "ann neu",
        date(2027, 12, 31),
        2,
    )
    assert {"ann", "neu"} <= _words(store, ann.id)
    assert "other" not in _words(store, ann.id)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "staff.changed"))
    assert entry.before == {"name": "Ann Other", "left_on": None}
    assert entry.after == {"name": "Ann Neu", "left_on": "2027-12-31"}


def test_nothing_different_changes_nothing(client: Browserlike, store: Store, ann: Staff) -> None:
    client.get(f"/staff/{ann.id}/edit")
    page = client.fill(button="Save")
    assert "Nothing was different." in page.banner
    assert _stored(store, "A-1").version == 1
    assert store.count(TrailEntry, TrailEntry.event == "staff.changed") == 0


def test_own_number_and_address_are_not_taken_by_oneself_but_others_are(
    client: Browserlike, store: Store, ann: Staff
) -> None:
    with store.session() as session:
        people.staff(session, "Ben", number="B-1", email="ben@service.example")
    client.get(f"/staff/{ann.id}/edit")
    page = client.fill({"number": "B-1", "email": "ben@service.example"}, button="Save")
    assert len(page.errors) == 2
    page = client.fill({"number": "A-2", "email": "ann@service.example"}, button="Save")
    assert page.path == f"/staff/{ann.id}"


def test_somebody_changed_it_meanwhile(client: Browserlike, store: Store, ann: Staff) -> None:
    old = client.get(f"/staff/{ann.id}/edit")
    client.fill({"job_title": "Senior"}, button="Save")
    page = client.fill({"job_title": "Manager", "joined_on": date(2020, 1, 7)}, page=old, button="Save", expect=409)
    rows = {row["Field"]: (row["Stored now"], row["What you sent"]) for row in page.table()}
    assert rows["Job title"] == ("Senior", "Manager (differs)")
    assert rows["First day in the service"] == ("6 January 2020", "7 January 2020 (differs)")
    assert rows["Area"] == ("North", "North")
    assert _stored(store, "A-1").job_title == "Senior"


def test_the_same_change_sent_twice_is_stored_once(client: Browserlike, store: Store, ann: Staff) -> None:
    old = client.get(f"/staff/{ann.id}/edit")
    client.fill({"job_title": "Senior"}, button="Save")
    page = client.fill({"job_title": "Senior"}, page=old, button="Save")
    assert "Nothing was different." in page.banner
    assert _stored(store, "A-1").version == 2
    assert store.count(TrailEntry, TrailEntry.event == "staff.changed") == 1


def test_nobody_leaves_while_they_are_on_a_group(client: Browserlike, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        team = delivery(session)
    for person in (team.facilitator, team.supervisor):
        client.get(f"/staff/{person.id}/edit")
        page = client.fill({"left_on": date(2027, 8, 30)}, button="Save")
        assert page.errors == ["They are on the group G1 until 31 August 2027. End that first, or choose a later day."]
        page = client.fill({"left_on": date(2027, 8, 31)}, button="Save")
        assert page.path == f"/staff/{person.id}"


def test_a_line_manager_of_another_area_stays_but_is_not_newly_chosen(
    clients: Callable[[], Browserlike], store: Store, keepers: Keepers
) -> None:
    with store.session() as session:
        boss = people.staff(session, "Bo South", in_area="South", number="BOSS")
        ann = people.staff(session, "Ann", number="A-1", line_manager_id=boss.id)
    client = clients().sign_in_as(keepers.north)
    client.get(f"/staff/{ann.id}/edit")
    page = client.fill({"job_title": "Senior"}, button="Save")
    assert page.path == f"/staff/{ann.id}"
    client.get(f"/staff/{ann.id}/edit")
    client.fill({"line_manager": ""}, button="Save")
    client.get(f"/staff/{ann.id}/edit")
    page = client.fill({"line_manager": "BOSS"}, button="Save")
    assert "Nobody of your areas has the number BOSS." in page.errors[0]


def test_other_areas_and_other_roles(
    clients: Callable[[], Browserlike], store: Store, keepers: Keepers, ann: Staff
) -> None:
    with store.session() as session:
        sam = people.staff(session, "Sam South", in_area="South")
        member = people.account(session, Role.STAFF_MEMBER)
    north = clients().sign_in_as(keepers.north)
    for page in ("edit", "acquaintances"):
        north.get(f"/staff/{sam.id}/{page}", expect=404)
        for login in (keepers.reader, member):
            clients().sign_in_as(login).get(f"/staff/{ann.id}/{page}", expect=403)
    clients().sign_in_as(keepers.reader).get("/staff/new", expect=403)


def test_an_acquaintance_is_declared_once_for_both(client: Browserlike, store: Store, ann: Staff) -> None:
    with store.session() as session:
        ben = people.staff(session, "Ben", number="B-1")
    client.get(f"/staff/{ann.id}")
    client.follow("Declare an acquaintance")
    page = client.fill({"number": " B-1 ", "note": "They are cousins.\nSince birth."}, button="Declare")
    assert "Ann Other and Ben are declared acquaintances." in page.banner
    assert page.table("table:has(#acquaintances)")[0]["Person"] == "Ben"
    declared = store.one(select(Acquaintance))
    assert (declared.staff_id, declared.other_id, declared.note) == (ann.id, ben.id, "They are cousins.\nSince birth.")
    entries = store.all(select(TrailEntry).where(TrailEntry.event == "acquaintance.declared"))
    assert {(entry.staff_id, (entry.after or {})["other_id"]) for entry in entries} == {
        (ann.id, ben.id),
        (ben.id, ann.id),
    }

    for person, number in ((ann, "B-1"), (ben, "A-1")):
        client.get(f"/staff/{person.id}/acquaintances")
        page = client.fill({"number": number, "note": "Again"}, button="Declare")
        assert "are declared already." in page.errors[0]
        assert page.words("#note") == "Again"
    assert store.count(Acquaintance) == 1


@pytest.mark.parametrize(
    ("number", "error"),
    [("", "Enter the other person's staff number"), ("NO", "Nobody of your areas"), ("A-1", "the person's own number")],
)
def test_an_acquaintance_is_somebody_else(
    client: Browserlike, store: Store, ann: Staff, number: str, error: str
) -> None:
    client.get(f"/staff/{ann.id}/acquaintances")
    page = client.fill({"number": number}, button="Declare")
    assert error in page.errors[0]
    assert store.count(Acquaintance) == 0


def test_writes_take_few_queries(app: Flask, client: Browserlike, store: Store, ann: Staff) -> None:
    page = client.get("/staff/new")
    form = page.form(button="Save")
    form.fill(NEW | {"area_id": _north(store), "line_manager": "A-1"})
    with counted(app) as sent:
        assert client.http.post("/staff/new", data=form.sent()).status_code == 302
    assert len(sent) <= 8, "\n".join(sent)

    url = f"/staff/{ann.id}/edit"
    form = client.get(url).form(button="Save")
    form.fill({"name": "Ann Neu", "left_on": date(2028, 1, 1), "line_manager": "X-1", "email": "neu@service.example"})
    with counted(app) as sent:
        assert client.http.post(url, data=form.sent()).status_code == 302
    assert len(sent) <= 8, "\n".join(sent)
