"""The pages of the selection standards."""

import pytest
from flask import Flask

from selection.models.standards import Standard
from selection.rules.roles import Role
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store


def somebody(store: Store, client: Browserlike, role: Role = Role.ASSESSOR) -> Browserlike:
    with store.session() as session:
        return client.sign_in_as(people.account(session, role))


def test_a_standard_is_shown_whole(app: Flask, store: Store, client: Browserlike, clock: object) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    page = somebody(store, client).get("/standards/")
    assert page.table()[0]["State"] == "Published"
    assert page.table()[0]["Published"] == "15 March 2027, 12:00"
    page = client.follow("Selection of programme facilitators , version 1")
    assert len(page.all("h3")) == 10
    assert [row["Point"] for row in page.table()] == ["1", "2", "3", "4", "5"]
    assert "Brings the conversation back to its purpose when it is led astray." in page.main
    assert len(page.words("code")) == 64


def test_the_pass_rule_is_said_in_words_with_its_numbers(app: Flask, store: Store, client: Browserlike) -> None:
    app.test_cli_runner().invoke(args=["seed", "reference"])
    somebody(store, client).get("/standards/")
    page = client.follow("Selection of programme facilitators , version 1")
    for sentence in (
        "2 assessors for each exercise, each alone.",
        "The mean of the competencies is at least 3, at most 1 competency is below 3, none is below 2,",
        "and no critical incident is confirmed. (local setting)",
        "the mean is at least 2.75: 3 less 1 times the standard error of measurement, 0.25.",
        "Fewer than 80 % of the competencies are rated",
        "After 6 months, with new assessors.",
        "that lie 2 points or more apart, or on different sides of 3.",
        "So are judgements of the whole exercise that lie on different sides.",
        "The candidate reads what was observed, not by whom.",
        "that one is sat again and the others stand for 12 months",
        "2 attempts in 24 months.",
        "24 months to book training.",
    ):
        assert sentence in page.main


def test_a_draft_says_that_it_is_one(store: Store, client: Browserlike) -> None:
    with store.session() as session:
        draft = Standard(title="Not ready", number=1, state="draft", **NUMBERS)
        session.add(draft)
    page = somebody(store, client).get(f"/standards/{draft.id}")
    assert "State Draft" in page.main
    assert "This standard has no exercise yet." in page.main


NUMBERS = {
    "scale_min": 1,
    "scale_max": 5,
    "scale_standard": 3,
    "assessors_per_exercise": 2,
    "mean_needed": 3,
    "most_below_standard": 2,
    "floor": 2,
    "k": 1,
    "sem": 1,
    "rated_share_needed": 1,
    "resit_wait_months": 1,
    "standing_months": 2,
    "attempts_allowed": 1,
    "attempts_window_months": 1,
    "pass_valid_months": 1,
}


def test_without_a_standard_the_page_says_how_one_comes(store: Store, client: Browserlike) -> None:
    assert "flask seed reference" in somebody(store, client).get("/standards/").main


def test_an_unknown_standard_is_not_there(store: Store, client: Browserlike) -> None:
    somebody(store, client).get("/standards/77", expect=404)


@pytest.mark.parametrize("role", [Role.STAFF_MEMBER, Role.TRAINING_LEAD])
def test_who_has_no_part_in_selection_does_not_read_them(store: Store, client: Browserlike, role: Role) -> None:
    somebody(store, client, role).get("/standards/", expect=403)
    client.get("/standards/1", expect=403)
