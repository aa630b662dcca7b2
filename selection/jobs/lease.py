"""The lease on the timetable: one row says who runs the jobs, and until when unless they say so again."""

import os
import secrets
import socket
from datetime import timedelta

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite

from selection.core import clock
from selection.core.db import db
from selection.models.jobs import Lease
from selection.web.health import TIMETABLE

HELD_FOR = timedelta(seconds=60)
"""How long a lease holds; who takes over after a crash waits at most this long."""


def new_holder() -> str:
    """Return a name for this process that no other has, and that says where it runs."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def take(holder: str) -> bool:
    """Take the lease, or renew it, for HELD_FOR; False while another holds it. Commits.

    One statement decides, so that of two processes that try at the same moment one gets it.
    """
    now = clock.now()
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    given = insert(Lease).values(name=TIMETABLE, holder=holder, held_until=now + HELD_FOR)
    taken = given.on_conflict_do_update(
        index_elements=[Lease.name],
        set_={"holder": given.excluded.holder, "held_until": given.excluded.held_until},
        where=or_(Lease.holder == holder, Lease.held_until <= now),
    )
    got = db.session.scalars(taken.returning(Lease.name)).one_or_none() is not None
    db.session.commit()
    return got


def release(holder: str) -> None:
    """Give the lease back, if it is still ours, so that the next process need not wait. Commits."""
    ours = update(Lease).where(Lease.name == TIMETABLE, Lease.holder == holder)
    db.session.execute(ours.values(held_until=clock.now()))
    db.session.commit()
