"""Letters go over a real connection, once each, and what is not taken is tried again."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from selection.app import create_app
from selection.core.db import db
from selection.models.notices import Notice
from selection.notices import deliver
from selection.notices.deliver import MOST_TRIES, Delivered, wait_after
from tests.conftest import Clock
from tests.factories import notices
from tests.notices.conftest import Inbox
from tests.store import Store

NOON = datetime(2027, 3, 15, 12, tzinfo=UTC)


def run(app: Flask) -> Delivered:
    with app.app_context():
        return deliver.deliver_due()


def only(store: Store) -> Notice:
    return store.one(select(Notice))


@pytest.fixture(autouse=True)
def at_noon(clock: Clock) -> None:
    clock.set(NOON)


def test_what_is_due_arrives_and_is_not_sent_again(app: Flask, store: Store, inbox: Inbox) -> None:
    with store.session() as session:
        notices.notice(session, to_address="zoë.müller@service.example", subject="Grüße, 你好", body="Ende gut ✓\n")
        notices.notice(session, to_address="later@service.example", due_at=NOON + timedelta(seconds=1))
    assert run(app) == Delivered(sent=1)
    assert run(app) == Delivered()
    letter: EmailMessage = inbox.letters[0]
    assert len(inbox.letters) == 1
    assert letter["Subject"] == "Grüße, 你好"
    assert letter.get_content().replace("\r\n", "\n") == "Ende gut ✓\n"
    assert letter["From"] == "Selection <selection@service.example>"
    assert letter["Message-ID"] == "<notice-1@service.example>"
    sent, later = store.all(select(Notice).order_by(Notice.id))
    assert (sent.sent_at, sent.tries, sent.last_error) == (NOON, 1, "")
    assert (later.sent_at, later.tries) == (None, 0)


def test_a_letter_that_is_not_taken_is_tried_again_later_and_keeps_the_reason(
    app: Flask, store: Store, inbox: Inbox, clock: Clock
) -> None:
    with store.session() as session:
        notices.notice(session)
    inbox.answer = "451 The mailbox is busy"
    assert run(app) == Delivered(failed=1)
    notice = only(store)
    assert (notice.tries, notice.last_error) == (1, "451 The mailbox is busy")
    assert notice.due_at == NOON + timedelta(minutes=1)
    assert run(app) == Delivered(), "it is not due yet"
    clock.set(notice.due_at)
    assert run(app) == Delivered(failed=1)
    assert only(store).due_at == notice.due_at + timedelta(minutes=5)
    inbox.answer = None
    clock.set(only(store).due_at)
    assert run(app) == Delivered(sent=1)
    assert (only(store).tries, only(store).last_error) == (3, "")
    assert len(inbox.letters) == 1


def test_one_address_that_is_refused_does_not_hold_the_others_up(app: Flask, store: Store, inbox: Inbox) -> None:
    inbox.refused = {"gone@service.example"}
    with store.session() as session:
        for name in ("gone", "ann", "bob"):
            notices.notice(session, to_address=f"{name}@service.example")
    assert run(app) == Delivered(sent=2, failed=1)
    assert inbox.to() == ["ann@service.example", "bob@service.example"]
    failed = store.one(select(Notice).where(Notice.sent_at.is_(None)))
    assert failed.last_error == "550 No such mailbox here"


def test_a_letter_that_cannot_be_written_is_said_so(app: Flask, store: Store, inbox: Inbox) -> None:
    with store.session() as session:
        notices.notice(session, to_address="two\nlines@service.example")
        notices.notice(session, to_address="ann@service.example")
    assert run(app) == Delivered(sent=1, failed=1)
    assert "cannot be written" in store.one(select(Notice).where(Notice.sent_at.is_(None))).last_error
    assert inbox.to() == ["ann@service.example"]


def test_a_server_that_does_not_answer_costs_no_letter_a_try(
    app: Flask, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with store.session() as session:
        notices.notice(session)
    assert run(app) == Delivered()
    assert (only(store).tries, only(store).last_error) == (0, "")
    assert "the mail server does not answer" in caplog.text


def test_without_a_mail_server_letters_wait_and_their_number_is_said(
    settings: Settings, store: Store, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(settings, smtp_url=None))
    with store.session() as session:
        notices.notice(session)
        notices.notice(session, sent_at=NOON)
    assert run(app) == Delivered()
    assert inbox.letters == []
    with caplog.at_level(logging.WARNING), app.app_context():
        deliver.announce()
    with app.app_context():
        db.engine.dispose()
    assert "1 letters wait in the outbox" in caplog.text


def test_a_letter_is_given_up_after_days_of_trying(app: Flask, store: Store, inbox: Inbox, clock: Clock) -> None:
    inbox.answer = "554 No"
    with store.session() as session:
        notices.notice(session)
    last_tried = NOON
    for _try in range(MOST_TRIES):
        assert run(app) == Delivered(failed=1)
        last_tried = only(store).due_at - wait_after(only(store).tries)
        clock.set(only(store).due_at)
    assert timedelta(days=4) < last_tried - NOON < timedelta(days=5)
    assert run(app) == Delivered()
    assert only(store).tries == MOST_TRIES


def test_two_runs_at_once_send_each_letter_once(app: Flask, store: Store, inbox: Inbox) -> None:
    with store.session() as session:
        for _letter in range(12):
            notices.notice(session)
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(run, [app, app]))
    assert sum(each.sent for each in done) == 12
    assert len(set(inbox.to())) == len(inbox.letters) == 12


def test_a_letter_whose_run_died_is_sent_when_its_claim_has_run_out(
    app: Flask, store: Store, inbox: Inbox, clock: Clock
) -> None:
    with store.session() as session:
        notices.notice(session)
    with app.app_context():
        assert deliver._claimed() is not None
    assert run(app) == Delivered()
    clock.set(NOON + deliver.CLAIM)
    assert run(app) == Delivered(sent=1)
    assert len(inbox.letters) == 1


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 720), (6, 720), (MOST_TRIES, 720)]
)
def test_each_wait_is_longer_up_to_half_a_day(tries: int, minutes: int) -> None:
    assert wait_after(tries) == timedelta(minutes=minutes)
