"""Delivery of what is due in the outbox.

A letter is claimed, committed, handed over, and its fate committed: no lock is held while a server is talked to, and
two runs cannot take the same letter. Who dies between the hand-over and the last commit leaves the letter to be sent
again when its claim runs out, under the same Message-ID.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import Select, func, select, update

from selection.core import clock, mail
from selection.core.db import db
from selection.models.notices import Notice

log = logging.getLogger(__name__)

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long to wait after each failed try; after the last, as long again each time."""

MOST_TRIES = 14
"""Tries before a letter is given up: four to five days, as RFC 5321 (4.5.4.1) has it."""

CLAIM = timedelta(minutes=10)
"""How long a letter belongs to the run that took it; longer than any talk with a server."""

AT_ONCE = 100
"""The most letters of one run, so that a run ends soon and the process can stop."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A letter that this run has taken; plain values, so that no transaction is open while it is sent."""

    id: int
    tries: int
    letter: mail.Letter


@dataclass(slots=True)
class Delivered:
    """What came of a run."""

    sent: int = 0
    failed: int = 0

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.sent} sent, {self.failed} not"


def deliver_due() -> Delivered:
    """Send what is due, at most AT_ONCE letters; without a mail server, nothing. Commits letter by letter."""
    done = Delivered()
    url = current_app.config["SMTP_URL"]
    if not url or not _any_due():
        return done
    try:
        with mail.connected(mail.server(url), sender=current_app.config["MAIL_FROM"]) as send:
            while done.sent + done.failed < AT_ONCE and (claimed := _claimed()):
                _hand_over(claimed, send, done)
    except mail.Unreachable as error:
        log.warning("the mail server does not answer: %s", error)
    return done


def announce() -> None:
    """Say once, when the timetable starts, how many letters wait because there is no mail server."""
    if not current_app.config["SMTP_URL"]:
        waiting = db.session.scalars(select(func.count()).where(Notice.sent_at.is_(None))).one()
        log.warning("SMTP_URL is not set, so no mail is sent; %d letters wait in the outbox", waiting)


def wait_after(tries: int) -> timedelta:
    """Return how long a letter waits after that many tries, at least one."""
    return WAITS[min(tries, len(WAITS)) - 1]


def _due() -> Select[Notice]:
    return select(Notice).where(Notice.sent_at.is_(None), Notice.due_at <= clock.now(), Notice.tries < MOST_TRIES)


def _any_due() -> bool:
    found = db.session.scalars(_due().limit(1)).first() is not None
    db.session.rollback()
    return found


def _claimed() -> Claimed | None:
    """Take the letter that has been due longest, so that no other run does; its claim is committed."""
    query = _due().order_by(Notice.due_at, Notice.id).limit(1).with_for_update(skip_locked=True)
    notice = db.session.scalars(query).one_or_none()
    claimed = None
    if notice is not None:
        notice.tries += 1
        notice.due_at = clock.now() + CLAIM
        notice.last_error = ""
        claimed = Claimed(id=notice.id, tries=notice.tries, letter=_letter(notice))
    db.session.commit()
    return claimed


def _letter(notice: Notice) -> mail.Letter:
    return mail.Letter(name=f"notice-{notice.id}", to=notice.to_address, subject=notice.subject, body=notice.body)


def _hand_over(claimed: Claimed, send: mail.Send, done: Delivered) -> None:
    """Send the letter and commit what became of it; raises Unreachable if the server has gone."""
    try:
        send(claimed.letter)
    except (mail.NotTaken, mail.Unreachable) as error:
        _settle(claimed, last_error=str(error), due_at=clock.now() + wait_after(claimed.tries))
        done.failed += 1
        if isinstance(error, mail.Unreachable):
            raise
        log.warning("letter %d was not taken: %s", claimed.id, error)
    else:
        _settle(claimed, sent_at=clock.now())
        done.sent += 1


def _settle(claimed: Claimed, **values: object) -> None:
    db.session.execute(update(Notice).where(Notice.id == claimed.id, Notice.sent_at.is_(None)).values(**values))
    db.session.commit()
