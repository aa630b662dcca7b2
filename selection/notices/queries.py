"""Reads of the outbox."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select

from selection.core.db import db
from selection.models.notices import Notice
from selection.notices.deliver import MOST_TRIES
from selection.web.pages import PER_PAGE, Pages


class State(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    FAILED = "failed"
    SENT = "sent"


_UNSENT = Notice.sent_at.is_(None)
_IN: dict[State, ColumnElement[bool]] = {
    State.WAITING: and_(_UNSENT, Notice.last_error == ""),
    State.FAILED: and_(_UNSENT, Notice.last_error != ""),
    State.SENT: Notice.sent_at.is_not(None),
}


def counts() -> dict[State, int]:
    """Return how many letters are in each state."""
    row = db.session.execute(
        select(*(func.count().filter(condition) for condition in _IN.values())).select_from(Notice)
    )
    return dict(zip(_IN, row.one(), strict=True))


def outbox(state: State, *, total: int, page: int) -> tuple[Sequence[Notice], Pages]:
    """Return a page of the letters in that state, the newest first; `total` is how many there are."""
    pages = Pages.at(page, total)
    query = select(Notice).where(_IN[state]).order_by(Notice.id.desc())
    return db.session.scalars(query.offset(pages.before).limit(PER_PAGE)).all(), pages


def given_up(notice: Notice) -> bool:
    """True if the letter has been tried so often that only a person sets it going again."""
    return notice.sent_at is None and notice.tries >= MOST_TRIES
