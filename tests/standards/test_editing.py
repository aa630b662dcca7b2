"""The editor of a draft: everything in it can be written, changed, moved and removed, and nothing by two at once."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.standards import Competency, Exercise, Standard, StandardAuthor
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from tests.factories import people
from tests.pages import Browserlike
from tests.standards.drafts import Prepared, browser, prepared
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")

SHOWS = "Listens without interrupting.\n  Names   what he seems to feel.\n\nStays calm.\nSets a limit."


@pytest.fixture
def there(store: Store) -> Prepared:
    return prepared(store)


@pytest.fixture
def author(app: Flask, there: Prepared) -> Browserlike:
    return browser(app, there.author)


def test_an_empty_draft_is_written_until_nothing_keeps_it_from_being_published(
    app: Flask, store: Store, client: Browserlike
) -> None:
    with store.session() as session:
        client.sign_in_as(people.account(session, Role.COORDINATOR))
    client.get("/standards/")
    client.follow("Begin a draft")
    page = client.fill({"title": "  Selection   of assessors "})
    assert page.heading == "Selection standard Selection of assessors, version 1"
    page = client.follow("See what, and put it right")
    assert page.main.count("Put it right") == 3 + 5  # three exercises, five anchors
    client.follow("Put it right : No anchor says what 1 means.")
    words = {f"{part}_{point}": f"{part} of {point}" for point in range(1, 6) for part in ("label", "text")}
    client.fill(words)
    for kind, title in (("role_play", "Role play"), ("presentation", "A talk"), ("formal_interview", "Interview")):
        client.follow("Add an exercise")
        client.fill({"kind": kind, "title": title, "brief": "What to do.", "minutes": 20})
        client.follow(f"Add a competency to {title}")
        page = client.fill({"title": "Empathy", "shows": SHOWS, "against": "Sounds bored."})
    assert "Nothing keeps this draft from being published." in page.main
    assert page.all("main section:nth-of-type(1) li") == [
        *("Listens without interrupting.", "Names what he seems to feel.", "Stays calm.", "Sets a limit."),
        "Sounds bored.",
    ]
    draft = store.one(select(Standard))
    assert (draft.state, draft.sem, draft.discuss_from_apart, draft.shipped) == ("draft", Decimal("0.25"), 2, False)
    changes = store.all(select(TrailEntry).where(TrailEntry.subject == "standard").order_by(TrailEntry.id))
    assert [entry.event for entry in changes] == ["standard.begun"] + ["standard.changed"] * 7
    assert changes[-1].after is not None
    assert changes[-1].after["part"] == "competency of the formal interview added"


def test_every_number_is_a_field(store: Store, there: Prepared, author: Browserlike) -> None:
    for part, given, expected in (
        ("scale", {"scale_max": 6}, 6),
        ("pass-rule", {"sem": "0.125"}, Decimal("0.125")),
        ("moderation", {"discuss_straddling": "False"}, False),
        ("moderation", {"feedback_names_assessors": "True"}, True),
        ("periods", {"resit_wait_months": 0}, 0),
        ("periods", {"most_sat_alone": 2}, 2),
        ("periods", {"appeal_days": 21}, 21),
        ("moderation", {"feedback_days": 14}, 14),
        ("indicators", {"indicators_needed": 5}, 5),
    ):
        before = store.one(select(Standard).where(Standard.id == there.draft.id)).version
        page = author.get(f"{there.url}/numbers/{part}")
        assert "local setting" in page.main
        assert author.fill(given).path == there.url
        stored = store.one(select(Standard).where(Standard.id == there.draft.id))
        [column] = given
        assert getattr(stored, column) == expected
        assert stored.version == before + 1


def test_what_is_wrong_is_said_at_the_field_and_kept(store: Store, there: Prepared, author: Browserlike) -> None:
    for part, name, value, sentence in (
        ("scale", "scale_min", "x", "Lowest point of the scale: enter a whole number"),
        ("scale", "scale_standard", "1", "The standard must lie above the lowest point"),
        ("pass-rule", "sem", "0.1234", "with up to three decimals"),
        ("pass-rule", "mean_needed", "NaN", "enter a number from 0 to 10"),
        ("pass-rule", "rated_share_needed", "80", "enter a number from 0 to 1"),
        ("pass-rule", "k", "-1", "enter a number from 0 to 10"),
        ("moderation", "discuss_from_apart", "0", "enter a whole number from 1 to 10"),
        ("periods", "standing_months", "", "enter a whole number from 1 to 120"),
    ):
        author.get(f"{there.url}/numbers/{part}")
        page = author.fill({name: value})
        assert [sentence in error for error in page.errors] == [True], (name, page.errors)
        assert page.form().sent()[name] == [value]
    assert store.one(select(Standard).where(Standard.id == there.draft.id)).version == there.draft.version


def test_a_number_that_fits_but_makes_no_sense_is_kept_and_named_by_the_check(
    there: Prepared, author: Browserlike
) -> None:
    author.get(f"{there.url}/numbers/pass-rule")
    page = author.fill({"mean_needed": 6, "floor": 5})
    assert "2 things still keep this draft" in page.main
    page = author.get(f"{there.url}/check")
    assert "The mean needed, 6, is not on the scale." in page.main
    assert all("/numbers/pass-rule" in url for words, url in page.links.items() if words.startswith("Put it right"))


def test_competencies_and_exercises_move_and_go(store: Store, there: Prepared, author: Browserlike) -> None:
    page = author.get(there.url)
    before = page.all("main h3")
    role_play, second, last = (there.draft.exercises[number] for number in range(3))
    form = f'form[action="{there.url}/exercises/{role_play.id}/competencies/{role_play.competencies[1].id}/move"]'
    page = author.fill(form=form, button="Up")
    assert page.all("main h3") == [before[1], before[0], *before[2:]]
    page = author.fill(form=f'form[action="{there.url}/exercises/{last.id}/move"]', button="Up")
    assert [words for words in page.all("main h2") if words in {"Presentation", "Formal interview"}] == [
        "Formal interview",
        "Presentation",
    ]
    author.get(f"{there.url}/exercises/{role_play.id}/competencies/{role_play.competencies[0].id}/remove")
    page = author.fill()
    assert before[0] not in page.all("main h3")
    page = author.get(f"{there.url}/exercises/{second.id}/remove")
    assert "3 competencies" in page.main
    page = author.fill()
    assert "Presentation is removed." in page.banner
    assert "1 thing still keeps this draft" in page.main
    assert store.count(Competency, Competency.exercise_id == second.id) == 0
    author.follow("Add an exercise")
    page = author.fill({"kind": "presentation", "title": "Talk", "brief": "Talk.", "minutes": "15"})
    assert page.all("main h2")[-1] == "Talk"


def test_a_competency_is_written_anew(store: Store, there: Prepared, author: Browserlike) -> None:
    exercise = there.draft.exercises[0]
    url = f"{there.url}/exercises/{exercise.id}/competencies/{exercise.competencies[0].id}"
    author.get(url)
    page = author.fill({"title": "Warmth", "shows": SHOWS, "against": ""})
    assert page.path == there.url
    stored = store.one(select(Competency).where(Competency.id == exercise.competencies[0].id))
    assert stored.title == "Warmth"
    page = author.get(url)
    lines = ["Listens without interrupting.", "Names what he seems to feel.", "Stays calm.", "Sets a limit."]
    assert page.form().sent()["shows"] == ["\n".join(lines)]
    page = author.fill({"shows": "x" * 501})
    assert page.errors == ["Indicators: behaviours that show it: line 1 has more than 500 characters"]
    version = store.one(select(Standard).where(Standard.id == there.draft.id)).version
    author.get(url)
    author.fill()  # nothing is changed
    assert store.one(select(Standard).where(Standard.id == there.draft.id)).version == version


def test_what_somebody_else_changed_meanwhile_is_shown_beside_and_nothing_is_stored(
    app: Flask, store: Store, there: Prepared, author: Browserlike
) -> None:
    mine = author.get(f"{there.url}/numbers/moderation")
    other = browser(app, there.proposer)
    other.get(f"{there.url}/numbers/moderation")
    other.fill({"discuss_from_apart": 3})
    page = author.fill({"discuss_from_apart": 4}, page=mine, expect=409)
    row = next(row for row in page.table() if row["Field"] == "Discuss from apart")
    assert (row["Stored now"], row["What you sent"]) == ("3", "4 (differs)")
    assert store.one(select(Standard).where(Standard.id == there.draft.id)).discuss_from_apart == 3
    assert store.count(StandardAuthor, StandardAuthor.standard_id == there.draft.id) == 2


def test_a_copy_says_the_same_and_keeps_who_wrote_what_it_is_a_copy_of(
    app: Flask, store: Store, there: Prepared
) -> None:
    client = browser(app, there.reader)
    client.get(f"/standards/{there.draft.id}")
    client.follow("Begin a draft as a copy of this version")
    page = client.fill()
    assert page.heading == "Selection standard Selection of programme facilitators, version 3"
    copy = store.one(select(Standard).where(Standard.number == 3))
    assert copy.based_on_id == there.published.id
    authors = store.all(select(StandardAuthor.account_id).where(StandardAuthor.standard_id == copy.id))
    assert set(authors) == {there.author.id, there.reader.id}
    page = client.get(f"/standards/{copy.id}/compare", other=there.draft.id)
    assert "The two say the same, word for word." in page.main
    client.get(f"/standards/{copy.id}/title")
    page = client.fill({"title": "Selection of supervisors"})
    assert page.heading.endswith("Selection of supervisors, version 1")
    page = client.get(f"/standards/{copy.id}/title")
    assert client.fill({"title": " "}).errors == ["The standard has no title. Enter one."]


def test_a_draft_is_deleted_whole(store: Store, there: Prepared, author: Browserlike) -> None:
    author.get(f"{there.url}/delete")
    page = author.fill()
    assert "is deleted" in page.banner
    assert store.count(Standard, Standard.id == there.draft.id) == 0
    assert store.count(Exercise) == 3  # those of the published version
    author.get(there.url, expect=404)


@pytest.mark.parametrize(
    ("role", "area", "expect", "sentence"),
    [
        pytest.param(Role.COORDINATOR, "North", 409, "Your role reaches only some areas", id="of one area"),
        pytest.param(Role.ASSESSOR, None, 403, "", id="an assessor"),
        pytest.param(Role.ADMINISTRATOR, None, 403, "", id="an administrator"),
    ],
)
def test_a_standard_holds_everywhere_and_so_must_the_right_to_change_it(
    app: Flask, store: Store, there: Prepared, role: Role, area: str | None, expect: int, sentence: str
) -> None:
    with store.session() as session:
        client = browser(app, people.account(session, role, in_area=area))
    page = client.get(there.url)
    assert "Propose it" not in page.main
    assert "Begin a draft" not in page.main
    for where in ("/numbers/scale", "/anchors", "/propose", "/delete", "/exercises/new"):
        assert sentence in client.get(f"{there.url}{where}", expect=expect).main


def test_parts_of_another_version_are_out_of_reach(there: Prepared, author: Browserlike) -> None:
    theirs = there.published.exercises[0]
    author.get(f"{there.url}/exercises/{theirs.id}", expect=404)
    author.get(f"{there.url}/exercises/{theirs.id}/competencies/{theirs.competencies[0].id}", expect=404)
    author.get(f"{there.url}/numbers/anything", expect=404)
    page = author.get(f"/standards/{there.published.id}/anchors", expect=409)
    assert "a published version never changes" in page.main
