"""Letters in the outbox."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from selection.models.notices import Notice

LONG_AGO = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

_numbers = count(1)


def notice(session: Session, **given: Any) -> Notice:
    """Return a new letter that has been due since LONG_AGO."""
    number = next(_numbers)
    values = {
        "key": f"news:{number}",
        "to_address": f"reader{number}@service.example",
        "subject": f"News {number}",
        "body": f"This is news {number}.\n",
        "queued_at": LONG_AGO,
        "due_at": LONG_AGO,
    }
    made = Notice(**(values | given))
    session.add(made)
    session.flush()
    return made
