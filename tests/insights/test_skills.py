"""The skills matrix: who is on it, what the file holds, and who may see it."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from selection.models.people import Account
from selection.models.programmes import Programme
from selection.models.trail import TrailEntry
from selection.rules.eligibility import ActingRole
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import chain, people, programmes
from tests.pages import Browserlike
from tests.store import Store


@dataclass
class World:
    """A facilitator, a supervisor and a candidate of the North, and somebody of the West."""

    lead: Account
    north: Account
    programme: Programme


@pytest.fixture
def world(store: Store, clock: Clock) -> World:
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
        programme = programmes.programme(session)
        programmes.programme(session, "OTHER")
        chain.authorised(session, people.staff(session, "Fay Able"), programme, by=lead)
        supervisor = people.staff(session, "Tom Able")
        chain.authorised(session, supervisor, programme, ActingRole.TREATMENT_MANAGER, last=date(2027, 5, 1), by=lead)
        people.staff(session, "Nell Newcome")
        chain.certificate(session, people.staff(session, "=1+1", in_area="West"), Stage.SELECTION, by=lead)
        north = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    return World(lead, north, programme)


def test_each_person_has_a_row_and_each_step_a_word(client: Browserlike, world: World, app: Flask) -> None:
    client.sign_in_as(world.north)
    with counted(app) as sent:
        page = client.get("/insights/skills")
    assert len(sent) <= 6
    fay, tom = page.table()
    assert fay == {
        "Person": "Fay Able North",
        "Selection": "Valid, recognised",
        "Fundamental training": "Valid, recognised",
        "C-SOGP training": "Valid, recognised",
        "C-SOGP facilitator": "Not delivered by 1 July 2026",
        "C-SOGP supervisor": "Not yet",
        "OTHER training": "Not yet",
        "OTHER facilitator": "Not yet",
        "OTHER supervisor": "Not yet",
    }
    assert tom["C-SOGP supervisor"] == "Ends 1 May 2027"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        pytest.param({}, ["=1+1", "Fay Able", "Tom Able"], id="who has passed a step"),
        pytest.param({"who": "authorised"}, ["Fay Able", "Tom Able"], id="authorised"),
        pytest.param({"who": "ending"}, ["Tom Able"], id="something ends"),
        pytest.param({"who": "late"}, ["Fay Able"], id="late to deliver first"),
        pytest.param({"area": "9999", "who": "nonsense", "page": "x"}, ["=1+1", "Fay Able", "Tom Able"], id="nonsense"),
    ],
)
def test_filters(client: Browserlike, world: World, asked: dict[str, Any], names: list[str]) -> None:
    rows = client.sign_in_as(world.lead).get("/insights/skills", **asked).table()
    assert [row["Person"].removesuffix(" North").removesuffix(" West") for row in rows] == names


def test_everybody_is_shown_a_page_at_a_time(client: Browserlike, store: Store, world: World) -> None:
    with store.session() as session:
        for number in range(60):
            people.staff(session, f"Zed {number:02}")
    client.sign_in_as(world.lead)
    assert len(client.get("/insights/skills", who="everybody").table()) == 50
    second = client.get("/insights/skills", who="everybody", page=2)
    assert second.table()[-1]["Person"].startswith("Zed 59")


def test_the_files_hold_all_and_no_formula_and_are_on_the_trail(
    client: Browserlike, store: Store, world: World
) -> None:
    client.sign_in_as(world.lead)
    answer = client.http.get("/insights/skills.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=skills-2027-03-15.csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["'=1+1", "Fay Able", "Tom Able"]
    assert rows[2]["C-SOGP supervisor"] == "Ends 2027-05-01"
    book = load_workbook(io.BytesIO(client.http.get("/insights/skills.xlsx?who=authorised").get_data()))
    sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[1] for row in sheet] == ["Name", "Fay Able", "Tom Able"]
    taken = store.all(select(TrailEntry).where(TrailEntry.event == "skills.exported").order_by(TrailEntry.id))
    assert [entry.after["rows"] for entry in taken if entry.after] == [3, 2]
    assert client.http.get("/insights/skills.exe").status_code == 404
