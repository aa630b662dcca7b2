"""Sealing the trail, and checking it against its seals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from selection.core import clock
from selection.core.db import db
from selection.models.trail import TrailEntry, TrailSeal
from selection.rules.sealing import NOTHING_BEFORE, Fingerprint, Seal, faults, fingerprint

PATIENCE = "3s"
"""How long PostgreSQL waits for those who write at this moment; new ones wait with it."""

AT_ONCE = 2_000
"""Entries that are read at once."""

_SEALED = select(
    *(TrailEntry.id, TrailEntry.at, TrailEntry.actor_id, TrailEntry.actor_name, TrailEntry.event),
    *(TrailEntry.subject, TrailEntry.subject_id, TrailEntry.staff_id, TrailEntry.before, TrailEntry.after),
    TrailEntry.reason,
).order_by(TrailEntry.id)
"""What of an entry is sealed: all of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a check of the whole trail came to: how much lies under seals, how much not yet, and every fault."""

    seals: int
    entries: int
    unsealed: int
    faults: Sequence[str]


def seal() -> TrailSeal | None:
    """Seal what came since the last seal; None if nothing did, if somebody writes for long, or another seals it now."""
    newest = db.session.scalars(select(TrailSeal).order_by(TrailSeal.id.desc()).limit(1)).one_or_none()
    after_id, digest = (newest.last_id, newest.digest) if newest else (0, NOTHING_BEFORE)
    last_id = _last_settled()
    if last_id is None or last_id <= after_id:
        return None
    found = _found(digest, after_id, last_id)
    made = TrailSeal(
        after_id=after_id, last_id=last_id, entries=found.entries, digest=found.digest, sealed_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return None
    return made


def check(*, expected: str = "") -> Checked:
    """Compare the whole trail with its seals; `expected` is a fingerprint that somebody noted, or how it begins."""
    seals = [
        Seal(
            after_id=row.after_id,
            last_id=row.last_id,
            fingerprint=Fingerprint(digest=row.digest, entries=row.entries),
        )
        for row in newest_first()[::-1]
    ]
    before = [NOTHING_BEFORE, *(one.fingerprint.digest for one in seals)]
    found = [_found(digest, one.after_id, one.last_id) for digest, one in zip(before, seals, strict=False)]
    last_id = seals[-1].last_id if seals else 0
    count = select(func.count()).select_from(TrailEntry).where(TrailEntry.id > last_id)
    return Checked(
        seals=len(seals),
        entries=sum(one.fingerprint.entries for one in seals),
        unsealed=db.session.scalars(count).one(),
        faults=faults(seals, found, expected=expected),
    )


def newest_first(limit: int | None = None) -> Sequence[TrailSeal]:
    """Return the seals, the newest first; all of them, or so many."""
    return db.session.scalars(select(TrailSeal).order_by(TrailSeal.id.desc()).limit(limit)).all()


def _found(digest: str, after_id: int, last_id: int) -> Fingerprint:
    within = _SEALED.where(TrailEntry.id > after_id, TrailEntry.id <= last_id)
    rows: Any = db.session.execute(within, execution_options={"yield_per": AT_ONCE})
    return fingerprint(digest, rows)


def _last_settled() -> int | None:
    """Return the id up to which nothing can still be added (0 for an empty trail), or None if that is not to be had.

    An entry gets its id before it is committed, so a smaller one may follow a larger. On SQLite there is one writer,
    and it is us. On PostgreSQL whoever adds to the trail is waited for, and let on again at once: what a lock was taken
    for in a savepoint is given back with it.
    """
    last = select(func.coalesce(func.max(TrailEntry.id), 0))
    if db.engine.dialect.name == "sqlite":
        return db.session.scalars(last).one()
    point = db.session.begin_nested()
    try:
        db.session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        db.session.execute(text("LOCK TABLE trail_entry IN SHARE MODE"))
        return db.session.scalars(last).one()
    except OperationalError:
        return None
    finally:
        point.rollback()
