"""Publishing a standard: once, whole, and for ever."""

import pytest
from flask import Flask
from sqlalchemy import select

from selection.commands.reference.standard import new_standard
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.standards import Standard
from selection.models.trail import TrailEntry
from selection.prescribed.content import content_hash
from selection.rules.roles import Actor
from selection.standards.publishing.actions import publish_shipped
from tests.store import Store

SOMEBODY = Actor(account_id=None, staff_id=None, name="Somebody")


def test_it_is_published_under_the_hash_of_its_content(app: Flask, store: Store) -> None:
    with app.app_context():
        standard = new_standard()
        db.session.add(standard)
        publish_shipped(standard, by=SOMEBODY)
        db.session.commit()
    held = store.one(select(Standard))
    assert held.state == "published"
    assert store.one(select(TrailEntry)).after == {"content_hash": held.content_hash}


def test_the_shipped_version_has_the_hash_that_it_always_had() -> None:
    """Decisions cite it; a field that a later format added must not change it."""
    assert content_hash(new_standard()) == "e1c50163ac40a863eab95e81e405c4c2c8858f2abc13e051cc58116496e40331"


def test_the_hash_tells_any_two_contents_apart(app: Flask) -> None:
    hashes = set()
    for change in (None, "indicator", "anchor", "number"):
        with app.app_context():
            standard = new_standard()
            match change:
                case "indicator":
                    standard.exercises[2].competencies[3].indicators[0].contrary = True
                case "anchor":
                    standard.anchors[4].label += "."
                case "number":
                    standard.pass_valid_months = 25
            db.session.add(standard)
            publish_shipped(standard, by=SOMEBODY)
            hashes.add(standard.content_hash)
    assert len(hashes) == 4


def test_a_draft_with_gaps_is_refused_with_all_of_them(app: Flask, store: Store) -> None:
    with app.app_context():
        standard = new_standard()
        del standard.exercises[0].competencies[0].indicators[3:]
        standard.anchors.pop()
        db.session.add(standard)
        with pytest.raises(Refused) as refused:
            publish_shipped(standard, by=SOMEBODY)
        db.session.commit()
    assert len(refused.value.reasons) == 2
    assert store.one(select(Standard)).state == "draft"


def test_a_published_one_is_not_published_again(app: Flask) -> None:
    with app.app_context():
        standard = new_standard()
        db.session.add(standard)
        publish_shipped(standard, by=SOMEBODY)
        with pytest.raises(Refused, match="a published version never changes"):
            publish_shipped(standard, by=SOMEBODY)
