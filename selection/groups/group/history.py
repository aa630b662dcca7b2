"""A group's history: what happened to it, to its supervision and to its team, as its page says it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from selection.core.db import db
from selection.models.people import Staff
from selection.models.trail import TrailEntry
from selection.rules.words import day_in_words
from selection.trail.events import EVENTS

LABELS = {
    "role": "As",
    "kind": "As",
    "reference": "Reference",
    "venue": "Venue",
    "size": "Members",
    "edition": "Edition",
    "state": "State",
    "starts_on": "First day",
    "ends_on": "Last day",
    "supervised_to": "Supervised until",
    "title": "Session",
    "day": "Day",
    "in_room": "In the room",
    "sessions": "Sessions",
}
DAYS = {"starts_on", "ends_on", "supervised_to", "day"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """A value of an entry: what it was, if that is known and different, and what it became."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """An entry of the trail in words."""

    title: str
    by: str
    at: datetime
    reason: str
    details: tuple[Detail, ...]


def history(group_id: int, *, limit: int = 50) -> tuple[Deed, ...]:
    """Return the newest deeds about the group, newest first."""
    query = select(TrailEntry, Staff.name).outerjoin(Staff, Staff.id == TrailEntry.staff_id)
    about = query.where(TrailEntry.subject == "group", TrailEntry.subject_id == group_id)
    rows = db.session.execute(about.order_by(TrailEntry.id.desc()).limit(limit))
    return tuple(_deed(row[0], row[1]) for row in rows)


def _deed(entry: TrailEntry, name: str | None) -> Deed:
    says = EVENTS[entry.event].says if entry.event in EVENTS else entry.event
    title = says[:1].upper() + says[1:]
    return Deed(
        title=f"{title}: {name}" if name else title,
        by=entry.actor_name,
        at=entry.at,
        reason=entry.reason,
        details=tuple(_details(entry.before or {}, entry.after or {}, of_session=entry.event.startswith("session."))),
    )


def _details(before: Mapping[str, Any], after: Mapping[str, Any], *, of_session: bool) -> Iterator[Detail]:
    """Yield what an entry says; the kind of a session stands in its title."""
    for key, label in LABELS.items():
        if of_session and key == "kind":
            continue
        if key in before or key in after:
            was, now = _said(key, before.get(key)), _said(key, after.get(key, before.get(key)))
            yield Detail(label=label, was=was if key in before and was != now else "", now=now)


def _said(key: str, value: Any) -> str:
    if value is None:
        return "nothing"
    if key in DAYS:
        return day_in_words(date.fromisoformat(value))
    if isinstance(value, list):
        return ", ".join(value) or "nobody"
    return str(value).replace("_", " ")
