"""What the database refuses is said in the same reasons as what the rules refuse."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.reasons import Reason

MEANWHILE = Reason(
    code="changed.meanwhile",
    message="Somebody changed something at the same moment, and what is stored now does not allow this.",
    remedy="Look at it again, then try once more.",
)


@contextmanager
def refused_with(why_not: Callable[[], Iterable[Reason]]) -> Iterator[None]:
    """Send what is done within to the database; where a key or CHECK stops it, undo everything and raise Refused.

    `why_not` is asked only then: it judges, in a new transaction, what others have stored meanwhile.
    """
    try:
        yield
        db.session.flush()
    except IntegrityError as stopped:
        db.session.rollback()
        raise Refused(*(tuple(why_not()) or (MEANWHILE,))) from stopped
