"""Verbs on links: make one, which takes the place of an earlier one, and revoke it."""

import hashlib
import secrets

from sqlalchemy import select

from selection.calendars.queries import may_see
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.calendars import CalendarLink
from selection.models.people import Account
from selection.rules.roles import Actor
from selection.trail.record import record


def hashed(secret: str) -> str:
    """Return what is stored of a secret, and looked up: it cannot be turned back into the link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make(group_id: int | None, *, by: Actor) -> str:
    """Make a link to one's own calendar, or to a group's, and return its secret, which is nowhere kept.

    An earlier link to the same calendar stops working. Raises NotHere for a group that one may not see.
    """
    if (group_id is None and by.staff_id is None) or (group_id is not None and not may_see(group_id, by)):
        raise NotHere
    db.session.scalars(select(Account.id).where(Account.id == by.account_id).with_for_update()).one()
    same = CalendarLink.group_id.is_(None) if group_id is None else CalendarLink.group_id == group_id
    for old in _live(by, same):
        _end(old, by)
    db.session.flush()
    secret = secrets.token_urlsafe(32)
    link = CalendarLink(account_id=by.account_id, group_id=group_id, secret_hash=hashed(secret), made_at=clock.now())
    db.session.add(link)
    db.session.flush()
    record("calendar_link.made", by=by, subject_id=link.id, after={"group_id": group_id})
    return secret


def revoke(link_id: int, *, by: Actor) -> None:
    """Let a link of one's own stop working at once; raises NotHere for another's."""
    links = _live(by, CalendarLink.id == link_id)
    if not links:
        raise NotHere
    for link in links:
        _end(link, by)


def _live(by: Actor, which: object) -> list[CalendarLink]:
    query = select(CalendarLink).where(
        CalendarLink.account_id == by.account_id,
        CalendarLink.revoked_at.is_(None),
        which,  # type: ignore[arg-type]
    )
    return list(db.session.scalars(query.with_for_update()))


def _end(link: CalendarLink, by: Actor) -> None:
    link.revoked_at = clock.now()
    record("calendar_link.revoked", by=by, subject_id=link.id, before={"group_id": link.group_id})
