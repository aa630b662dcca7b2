"""Two versions side by side, in words; and what the pages of standards ask of the database."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.costs import counted
from tests.standards.drafts import Prepared, browser, prepared
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def there(store: Store) -> Prepared:
    return prepared(store)


def test_what_was_added_removed_and_changed_is_said_in_words(app: Flask, store: Store, there: Prepared) -> None:
    with store.connection() as connection:
        for change in (
            "UPDATE standard SET sem = 300, discuss_straddling = FALSE WHERE id = :draft",
            "UPDATE exercise SET minutes = 45 WHERE standard_id = :draft AND kind = 'role_play'",
        ):
            connection.execute(text(change), {"draft": there.draft.id})
    client = browser(app, there.reader)
    page = client.get(there.url)
    page = client.follow("Compare with another version")
    rows = {row["Where"]: list(row.values())[1:] for row in page.table()}
    assert rows["Rules and numbers, Standard error of measurement (SEM), in points"] == ["Changed", "0.25", "0.3"]
    assert rows["Rules and numbers, Ratings on different sides of the standard are discussed"] == [
        *("Changed", "yes", "no"),
    ]
    assert rows["Role play, Minutes"] == ["Changed", "30", "45"]
    removed = [row for row in page.table() if row["What became of it"] == "Removed"]
    assert removed
    assert all(list(row.values())[3] == "Not there" for row in removed)
    assert "Removed: " in page.main
    page = client.get(f"{there.url}/compare", other=999)
    assert page.status == 200
    client.get("/standards/999/compare", expect=404)


def test_there_may_be_nothing_to_compare_with(app: Flask, store: Store, there: Prepared) -> None:
    client = browser(app, there.author)
    client.get(f"{there.url}/delete")
    client.fill()
    page = client.get(f"/standards/{there.published.id}/compare")
    assert "There is no other version to compare with yet." in page.main


@pytest.mark.parametrize("where", ["", "/compare", "/check", "/publish", "/propose", "/numbers/scale", "/anchors"])
def test_a_page_asks_at_most_six_times(app: Flask, there: Prepared, where: str) -> None:
    client = browser(app, there.reader)
    with counted(app) as sent:
        client.get(f"{there.url}{where}")
    assert len(sent) <= 6, sent


def test_a_change_writes_at_most_eight_times(app: Flask, there: Prepared) -> None:
    exercise, presentation, _ = there.draft.exercises
    competency = f"/exercises/{exercise.id}/competencies/{exercise.competencies[0].id}"
    client = browser(app, there.proposer)
    for where, given in (
        ("/numbers/scale", {"scale_max": 4}),
        ("/numbers/scale", {"scale_max": 5}),
        (f"/exercises/{presentation.id}/competencies/{presentation.competencies[0].id}/remove", {}),
        (competency, {"title": "Warmth", "against": "Sounds bored."}),
        ("/propose", {"why": "New words."}),
    ):
        opened = client.get(f"{there.url}{where}")
        sent_form = opened.form().sent() | {key: [str(value)] for key, value in given.items()}
        with counted(app) as sent:
            assert client.http.post(f"{there.url}{where}", data=sent_form).status_code == 302
        assert len(sent) <= 8, (where, sent)
    reader = browser(app, there.reader)
    opened = reader.get(f"{there.url}/publish")
    with counted(app) as sent:
        assert reader.http.post(f"{there.url}/publish", data=opened.form().sent()).status_code == 302
    assert len(sent) <= 8, sent
