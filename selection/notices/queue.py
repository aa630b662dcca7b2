"""The one way to promise a letter: it is stored if and only if the deed that it tells of is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import render_template
from sqlalchemy.dialects import postgresql, sqlite

from selection.core import clock
from selection.core.columns import NAME_LENGTH
from selection.core.db import db
from selection.models.notices import KEY_LENGTH, Notice

_ONCE = {
    dialect: insert(Notice).on_conflict_do_nothing(index_elements=["key"]).returning(Notice.id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
"""The insert that leaves a row of the same key as it is, in the words of each database; made once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """A letter to be promised: `key` names the news and whom it is for, such as `assignment:17:ended:4`."""

    key: str
    to: str
    staff_id: int | None = None
    subject: str
    body: str
    due_at: datetime | None = None


def queue(
    key: str, *, to: str, staff_id: int | None = None, subject: str, body: str, due_at: datetime | None = None
) -> bool:
    """Put a letter into the outbox, due now unless said otherwise; False if this news is there already.

    `key` names the news and whom it is for, such as `assignment:17:ended:4`; the same key is stored, and sent, once.
    """
    return queue_all([News(key=key, to=to, staff_id=staff_id, subject=subject, body=body, due_at=due_at)]) == 1


def queue_all(letters: Iterable[News]) -> int:
    """Put letters into the outbox as `queue` does, in a statement for so many; returns how many of them are news."""
    now = clock.now()
    values = [
        {
            "key": _kept(one.key),
            "to_address": one.to,
            "staff_id": one.staff_id,
            "subject": " ".join(one.subject.split())[:NAME_LENGTH],
            "body": one.body,
            "queued_at": now,
            "due_at": one.due_at or now,
            "tries": 0,
            "last_error": "",
        }
        for one in letters
    ]
    if not values:
        return 0
    db.session.flush()
    connection = db.session.connection()
    return len(connection.execute(_ONCE[connection.dialect.name], values).all())


def _kept(key: str) -> str:
    """Return the key as it is stored: one that is too long, as with a very long address, by its hash."""
    return key if len(key) <= KEY_LENGTH else sha256(key.encode()).hexdigest()


def body_of(template: str, **given: Any) -> str:
    """Return the words of `templates/emails/<template>.txt`."""
    return render_template(f"emails/{template}.txt", **given)
