"""A letter is stored with the deed that promises it, and the same news once."""

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core.db import db
from selection.models.notices import Notice
from selection.notices.queue import News, queue, queue_all
from tests.store import Store

MANY = 10_001
"""Letters: more than a database takes values of in one statement."""


def promise(to: str = "ann@service.example", subject: str = "Your assignment ended", body: str = "It ended.\n") -> bool:
    return queue("assignment:17:ended", to=to, subject=subject, body=body)


@pytest.mark.usefixtures("clock")
def test_the_same_news_is_stored_once_in_one_deed_or_in_two(app: Flask, store: Store) -> None:
    with app.app_context():
        assert promise() is True
        assert promise(body="Other words.\n") is False
        db.session.commit()
    with app.app_context():
        assert promise(to="another@service.example") is False
        db.session.commit()
    notice = store.one(select(Notice))
    assert (notice.to_address, notice.body, notice.tries) == ("ann@service.example", "It ended.\n", 0)
    assert notice.due_at == notice.queued_at
    assert notice.sent_at is None


@pytest.mark.usefixtures("clock")
def test_a_deed_that_is_undone_promises_nothing(app: Flask, store: Store) -> None:
    with app.app_context():
        assert promise() is True
        db.session.rollback()
    assert store.count(Notice) == 0


@pytest.mark.usefixtures("clock")
def test_a_subject_is_one_line_of_at_most_200_characters(app: Flask, store: Store) -> None:
    with app.app_context():
        promise(subject="Ended\r\nBcc: everybody@service.example " + "x" * 300)
        db.session.commit()
    subject = store.one(select(Notice)).subject
    assert subject.startswith("Ended Bcc: everybody@service.example xxx")
    assert len(subject) == 200


@pytest.mark.usefixtures("clock")
def test_many_letters_at_once_and_keys_however_long_are_stored_once_each(app: Flask, store: Store) -> None:
    news = [
        News(key=f"lapse:{number}:{'x' * 250}", to="ann@service.example", subject="Now", body="It is.\n")
        for number in range(MANY)
    ]
    with app.app_context():
        assert (queue_all(news), queue_all(news[:3])) == (MANY, 0)
