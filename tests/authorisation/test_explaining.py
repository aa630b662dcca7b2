"""May they, and why: the page and the JSON door give one answer, with the evidence or with every reason."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.models.trail import TrailEntry
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import chain, people, programmes, standings
from tests.pages import Browserlike
from tests.store import Store


class World:
    """Tom, who may supervise and facilitate; Ann, who is suspended; Una, who passed nothing."""

    def __init__(self, store: Store) -> None:
        with store.session() as session:
            self.programme: Programme = programmes.programme(session, "C-SOGP")
            lead = people.account(session, Role.TRAINING_LEAD, in_area="North")
            self.tom: Staff = people.staff(session, "Tom Treat")
            self.ann: Staff = people.staff(session, "Ann Lee")
            self.una: Staff = people.staff(session, "Una Far", in_area="South")
            for role in (ActingRole.TREATMENT_MANAGER, ActingRole.FACILITATOR):
                chain.authorised(session, self.tom, self.programme, role, by=lead)
            chain.authorised(session, self.ann, self.programme, by=lead)
            standings.stop(session, self.ann, by=lead, last=date(2027, 5, 31))
            self.lead: Account = lead
            self.una_herself: Account = people.account(session, Role.STAFF_MEMBER, of=self.una)
        self.store = store


@pytest.fixture
def world(store: Store, clock: Clock) -> World:
    return World(store)


@pytest.fixture
def lead(client: Browserlike, world: World) -> Browserlike:
    return client.sign_in_as(world.lead)


def asked(of: Staff, role: str = "facilitator", first: str = "2027-04-01", last: str = "2027-04-30") -> dict[str, Any]:
    return {"person": of.number, "programme": "C-SOGP", "role": role, "first": first, "last": last}


def ask(by: Browserlike, question: dict[str, str]) -> Any:
    return by.http.get("/api/explain", query_string=question)


def test_a_yes_comes_with_what_it_rests_on(lead: Browserlike, world: World) -> None:
    page = lead.get("/authorisations/explain", **asked(world.tom, "treatment_manager"))
    assert "Yes They may, on each of these days." in page.main
    rows = page.table()
    assert [row["Step"] for row in rows] == [
        *("Selection at an assessment centre", "Fundamental training", "Programme training", "Appointment"),
    ]
    assert "Recognised" in rows[0]["Certificate"]
    assert "recognised on evidence of earlier or outside learning" in rows[0]["Rests on"].lower()
    assert rows[3]["By"] == world.lead.name
    said = ask(lead, asked(world.tom, "treatment_manager")).json
    assert said["may"] is True
    assert said["reasons"] == []
    assert said["earliest"] == "2027-04-01"
    (proof,) = said["authorisations"]
    assert [one["stage"] for one in proof["certificates"]] == ["selection", "fundamental", "programme"]
    assert all(one["recognised"] for one in proof["certificates"])
    assert proof["appointment"]["by"] == world.lead.name
    assert said["lapses_on"] is None
    as_facilitator = ask(lead, asked(world.tom)).json
    assert as_facilitator["lapses_on"] == "2028-01-01"
    looks = (TrailEntry.event == "staff.viewed", TrailEntry.staff_id == world.tom.id)
    assert world.store.count(TrailEntry, *looks) == 3


def test_a_no_comes_with_every_reason_and_the_earliest_day(lead: Browserlike, world: World) -> None:
    page = lead.get("/authorisations/explain", **asked(world.ann))
    assert "Ann Lee is suspended" in page.main
    assert "The suspension must be lifted first." in page.main
    assert "could be a yes is 1 June 2027" in page.main
    said = ask(lead, asked(world.ann)).json
    assert [one["code"] for one in said["reasons"]] == ["person.suspended"]
    assert (said["may"], said["earliest"], said["authorisations"]) == (False, "2027-06-01", [])
    said = ask(lead, asked(world.tom, first="2028-01-02", last="2028-01-02")).json
    assert [one["code"] for one in said["reasons"]] == ["authorisation.lapsed"]
    assert said["earliest"] is None


def test_the_question_starts_with_oneself_and_its_boxes_ask_the_same_as_an_address(
    client: Browserlike, world: World
) -> None:
    client.sign_in_as(world.una_herself)
    page = client.get("/authorisations/explain")
    assert ("person", world.una.number) in page.form().pairs
    page = client.fill({"first": date(2027, 4, 1), "last": date(2027, 4, 2)})
    assert page.all(".app-reasons__item")[0].startswith("Una Far has not passed selection")
    assert "there is no day from which" in page.main
    again = client.follow("Address of this answer")
    assert again.all(".app-reasons__item") == page.all(".app-reasons__item")


WRONG = {
    "person": ("Nobody", "Nobody has the number or the name “Nobody”."),
    "programme": ("X", "Choose a programme that there is."),
    "role": ("boss", "Choose one of facilitator, treatment_manager, designated_supervisor."),
    "first": ("2027-13-01", "Enter the first day, as in 2027-03-31."),
    "last": ("2027-03-01", "The last day is before the first day."),
}


def test_what_cannot_be_read_is_a_problem_at_its_field(lead: Browserlike, world: World) -> None:
    for field, (word, sentence) in WRONG.items():
        answer = ask(lead, asked(world.tom) | {field: word})
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert [(one["field"], one["message"]) for one in answer.json["errors"]] == [(field, sentence)]
        page = lead.get("/authorisations/explain", **(asked(world.tom) | {field: word}))
        assert page.errors, field
    none_given = ask(lead, {}).json
    assert {one["field"] for one in none_given["errors"]} == {"person", "programme", "role", "first", "last"}


def test_nobody_learns_of_people_out_of_reach(client: Browserlike, lead: Browserlike, world: World, app: Flask) -> None:
    out_of_reach = ask(lead, asked(world.una))
    there_is_none = ask(lead, asked(world.una) | {"person": "X-1"})
    assert (out_of_reach.status_code, there_is_none.status_code) == (400, 400)
    assert out_of_reach.json["errors"][0]["code"] == there_is_none.json["errors"][0]["code"]
    stranger = app.test_client().get("/api/explain", query_string=asked(world.tom))
    assert (stranger.status_code, stranger.mimetype) == (401, "application/problem+json")
    assert lead.http.post("/api/explain").status_code in {400, 405}


def test_it_costs_few_queries(lead: Browserlike, world: World, app: Flask) -> None:
    with counted(app) as seen:
        lead.get("/authorisations/explain", **asked(world.tom, "treatment_manager"))
    assert len(seen) <= 6, seen
