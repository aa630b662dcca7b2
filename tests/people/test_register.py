"""The staff register: who is found, in which order, and by what it takes."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core.clock import today
from selection.core.db import db
from selection.models.people import Staff
from selection.people.record.view import record_of
from selection.people.register import queries
from selection.people.register.asked import Asked, Order
from selection.people.register.standings import standings, stands_at
from selection.rules.eligibility import ActingRole
from selection.rules.path import Standing
from selection.rules.roles import EVERYWHERE, Reach, Role
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import chain, people, programmes
from tests.factories.standings import population
from tests.pages import Browserlike
from tests.people.conftest import Keepers
from tests.store import Store


def _names(app: Flask, asked: Asked, reach: Reach = EVERYWHERE) -> list[str]:
    with app.app_context():
        return [entry.name for entry in queries.search(asked, reach, today=today())[0]]


def test_filter_tag_and_record_agree_on_where_everybody_stands(app: Flask, store: Store, clock: Clock) -> None:
    with store.session() as session:
        expected = population(session)
    with app.app_context():
        staff = db.session.execute(select(Staff.id, Staff.name, Staff.left_on)).all()
        tags = standings([(row.id, row.left_on) for row in staff], today())
        found = {
            wanted: set(db.session.scalars(select(Staff.id).where(stands_at(wanted, today())))) for wanted in Standing
        }
        records = {row.id: record_of(row.id, today()).standing for row in staff}
    people_by_id = {row.id: row.name for row in staff if row.name in expected}
    assert {name: tags[key] for key, name in people_by_id.items()} == expected
    assert records == tags
    assert found == {wanted: {key for key, tag in tags.items() if tag is wanted} for wanted in Standing}
    assert {*expected.values()} == {*Standing}, "somebody stands everywhere"


@pytest.fixture
def known(store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        for name, number, email in (
            ("Zoë Ó Briain", "A-17", "zoe@service.example"),
            ("Anne O\u2019Neill-Smith", "B-18", "anne@service.example"),
            ("ZOFIA Nowak", "C-19", "z.nowak@service.example"),
            ("山田 太郎", "D-20", "yamada@service.example"),
        ):
            people.staff(session, name, number=number, email=email)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zoe", ["Zoë Ó Briain"]),
        ("ZO", ["Zoë Ó Briain", "ZOFIA Nowak"]),
        ("bri zo", ["Zoë Ó Briain"]),
        ("zo neill", []),
        ("o'ne", ["Anne O\u2019Neill-Smith"]),
        ("smith", ["Anne O\u2019Neill-Smith"]),
        ("b-18", ["Anne O\u2019Neill-Smith"]),
        ("z.now", ["ZOFIA Nowak"]),
        ("yamada@serv", ["山田 太郎"]),
        ("山", ["山田 太郎"]),
        ("riain", []),
        ("service", []),
        ("100% _'\"; --", []),
    ],
)
def test_search_is_by_the_first_letters_of_each_word(app: Flask, known: None, words: str, expected: list[str]) -> None:
    assert _names(app, Asked(words=words)) == expected


def test_filters_narrow_together(app: Flask, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        programme = programmes.programme(session)
        chain.authorised(session, people.staff(session, "Ann Able"), programme)
        chain.authorised(session, people.staff(session, "Ben Able", in_area="South"), programme)
        chain.authorised(session, people.staff(session, "Tom Able"), programme, ActingRole.TREATMENT_MANAGER)
        people.staff(session, "Una Able")
        south = people.area(session, "South").id
    every = _names(app, Asked(words="able"))
    assert every == ["Ann Able", "Ben Able", "Tom Able", "Una Able"]
    assert _names(app, Asked(words="able", state=Standing.AUTHORISED)) == ["Ann Able", "Ben Able", "Tom Able"]
    assert _names(app, Asked(role=ActingRole.TREATMENT_MANAGER)) == ["Tom Able"]
    assert _names(app, Asked(words="able", role=ActingRole.FACILITATOR, area=south)) == ["Ben Able"]
    assert _names(app, Asked(words="able", state=Standing.NOT_PUT_FORWARD)) == ["Una Able"]


def test_sorted_by_each_column_either_way(app: Flask, store: Store, clock: Clock) -> None:
    with store.session() as session:
        for name, number, area, joined in (
            ("émile", "3", "South", "2021-01-01"),
            ("Zack", "1", "North", "2022-01-01"),
            ("Eve", "2", "South", "2020-01-01"),
        ):
            people.staff(session, name, number=number, in_area=area, joined_on=date.fromisoformat(joined))
    orders = {
        Order.NAME: ["émile", "Eve", "Zack"],
        Order.NUMBER: ["Zack", "Eve", "émile"],
        Order.AREA: ["Zack", "émile", "Eve"],
        Order.JOINED: ["Eve", "émile", "Zack"],
    }
    for order, expected in orders.items():
        assert _names(app, Asked(order=order)) == expected, order
        assert _names(app, Asked(order=order, descending=True)) == expected[::-1], order


def test_pages_end_where_the_counting_does(
    client: Browserlike, store: Store, keepers: Keepers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNTED", 50)
    with store.session() as session:
        for number in range(60):
            people.staff(session, f"Person {number:02}")
    client.sign_in_as(keepers.everywhere)
    page = client.get("/staff/")
    assert page.words(".app-count") == "1 to 25 of more than 50"
    assert len(page.table()) == 25
    page = client.follow("Next page")
    assert page.words(".app-count") == "26 to 50 of more than 50"
    assert "There are more. Narrow the search to see them." in page.main
    for beyond, shown in (("3", "26"), ("999", "26"), ("9" * 30, "1"), ("0", "1")):
        assert client.get("/staff/", page=beyond).words(".app-count").startswith(f"{shown} to ")


def test_each_filter_can_be_taken_away(client: Browserlike, store: Store, known: None, keepers: Keepers) -> None:
    client.sign_in_as(keepers.everywhere)
    client.get("/staff/", order="number")
    page = client.fill({"words": "zo", "state": "not_put_forward", "role": "", "area": ""}, button="Show")
    assert page.all(".moj-filter__tag") == ["Take away the filter zo", "Take away the filter Not put forward"]
    assert [row["Number"] for row in page.table()] == ["A-17", "C-19"]
    assert page.soup.select_one("th[aria-sort=ascending]").get_text(strip=True) == "Number"  # type: ignore[union-attr]
    page = client.follow("Take away the filter zo")
    assert page.all(".moj-filter__tag") == ["Take away the filter Not put forward"]
    assert len(page.table()) > 2
    page = client.follow("Number")
    assert page.soup.select_one("th[aria-sort=descending]")
    page = client.follow("Show all")
    assert page.all(".moj-filter__tag") == []


def test_what_an_address_says_wrongly_counts_as_not_said(client: Browserlike, keepers: Keepers) -> None:
    client.sign_in_as(keepers.everywhere)
    everybody = client.get("/staff/").table()
    for asked in ("area=x", f"area={'9' * 30}", "state=x", "role=x", "order=x", "page=-1"):
        assert client.get(f"/staff/?{asked}").table() == everybody


def test_nobody_matches(client: Browserlike, keepers: Keepers) -> None:
    client.sign_in_as(keepers.everywhere)
    assert "Nobody matches" in client.get("/staff/", words="nobody").main


def test_only_people_of_the_readers_area_are_found(client: Browserlike, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        people.staff(session, "Sam South", in_area="South")
        south = people.area(session, "South").id
    client.sign_in_as(keepers.reader)
    page = client.get("/staff/")
    assert {row["Area"] for row in page.table()} == {"North"}
    assert page.all("#area option") == ["Any area", "North"]
    assert "Add a person" not in page.links
    assert "Nobody matches" in client.get("/staff/", words="Sam").main
    assert {row["Area"] for row in client.get("/staff/", area=south).table()} == {"North"}


def test_staff_members_do_not_read_the_register(client: Browserlike, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        login = people.account(session, Role.STAFF_MEMBER)
    client.sign_in_as(login).get("/staff/", expect=403)


def test_a_page_takes_few_queries_and_is_light(app: Flask, client: Browserlike, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        programme = programmes.programme(session)
        for number in range(30):
            person = people.staff(session, f"Bartholomew Featherstonehaugh {number}", job_title="Probation officer")
            if number % 5 == 0:
                chain.authorised(session, person, programme)
    client.sign_in_as(keepers.everywhere)
    for asked in ("", "?words=bar+feather", "?state=authorised&role=facilitator"):
        with counted(app) as sent:
            page = client.get(f"/staff/{asked}")
        assert len(sent) <= 6, "\n".join(sent)
        assert len(page.text.encode()) <= 35 * 1024
