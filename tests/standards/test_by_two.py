"""On the pages a version is published by a second person whose words are not in it; `flask invariant` tries SQL."""

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.standards import Standard, StandardProposal, StandardPublication
from selection.models.trail import TrailEntry
from selection.prescribed.content import content_hash
from tests.standards.drafts import Prepared, browser, prepared, propose
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def there(store: Store) -> Prepared:
    return prepared(store)


def draft(store: Store, there: Prepared) -> Standard:
    return store.one(select(Standard).where(Standard.id == there.draft.id))


def test_one_proposes_and_another_publishes(app: Flask, store: Store, there: Prepared) -> None:
    proposer = propose(app, there)
    page = proposer.follow("Read what is new, and publish it")
    assert "You proposed this version, and a second person publishes it." in page.main
    assert "Publish this version" not in page.main
    page = browser(app, there.author).get(f"{there.url}/publish")
    assert "You wrote in this draft" in page.main
    reader = browser(app, there.reader)
    page = reader.get(f"{there.url}/publish")
    assert "Ten competencies and anchors in words." in page.main
    assert {row["What became of it"] for row in page.table()} == {"Added", "Changed", "Removed"}
    page = reader.fill()
    assert "is published. Centres can use it now." in page.banner
    assert f"by {there.reader.name}" in page.main
    stored = draft(store, there)
    with store.reading() as session:
        assert stored.content_hash == content_hash(session.get_one(Standard, stored.id))
    publication = store.one(select(StandardPublication))
    assert (publication.proposed_by_id, publication.published_by_id) == (there.proposer.id, there.reader.id)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "standard.published"))
    assert entry.after == {"content_hash": stored.content_hash, "proposed_by_id": there.proposer.id}
    page = reader.get(f"{there.url}/publish", expect=409)
    assert "a published version never changes" in page.main


def test_a_proposal_waits_for_those_who_had_no_hand_in_it(app: Flask, there: Prepared) -> None:
    asked = "Read and publish Selection of programme facilitators, version 2"
    assert asked not in browser(app, there.reader).get("/").main
    propose(app, there)
    for account, waits in ((there.reader, True), (there.author, False), (there.proposer, False)):
        assert (asked in browser(app, account).get("/").main) is waits
    reader = browser(app, there.reader)
    reader.get("/")
    assert reader.follow(asked).path == f"{there.url}/publish"


@pytest.mark.parametrize("who", ["author", "proposer"])
def test_who_had_a_hand_in_it_cannot_publish_whatever_is_sent(
    app: Flask, store: Store, there: Prepared, who: str
) -> None:
    propose(app, there)
    reader = browser(app, there.reader)
    shown = reader.get(f"{there.url}/publish")
    client = browser(app, getattr(there, who))
    token = client.get(f"{there.url}/send-back").form().sent()["csrf_token"]
    sent = shown.form().sent() | {"csrf_token": token}
    client.post(f"{there.url}/publish", sent, expect=409)
    assert draft(store, there).state == "draft"


def test_a_proposed_draft_stays_as_it_is_until_it_is_sent_back(app: Flask, store: Store, there: Prepared) -> None:
    author = browser(app, there.author)
    opened = author.get(f"{there.url}/numbers/scale")
    propose(app, there)
    page = author.fill({"scale_max": 6}, page=opened, expect=409)
    assert "This draft is proposed to be published" in page.main
    page = author.get(there.url)
    assert "Change" not in page.links
    reader = browser(app, there.reader)
    reader.get(f"{there.url}/publish")
    reader.follow("Send it back instead")
    assert reader.fill({"why": " "}).errors == [
        "Nothing says why the proposal ends. Say it in a sentence, so that the others know what to do next."
    ]
    page = reader.fill({"why": "The anchors of 4 and 5 read alike."})
    assert "The anchors of 4 and 5 read alike." in page.main
    author.get(f"{there.url}/numbers/scale")
    author.fill({"scale_max": 6})
    page = author.get(f"{there.url}/propose")
    assert "1 thing keeps this draft from being published." in page.main
    page = author.fill({"why": ""})
    assert len(page.errors) == 2  # the anchor that is missing, and the reason
    reader.get(f"{there.url}/publish")
    assert "Nobody has proposed this draft." in reader.get(f"{there.url}/publish").main


def test_a_proposal_is_made_of_what_was_on_screen(app: Flask, store: Store, there: Prepared) -> None:
    proposer = browser(app, there.proposer)
    opened = proposer.get(f"{there.url}/propose")
    author = browser(app, there.author)
    author.get(f"{there.url}/numbers/scale")
    author.fill({"scale_max": 6})
    proposer.fill({"why": "As it was."}, page=opened, expect=409)
    assert store.count(StandardProposal) == 0
