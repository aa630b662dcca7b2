"""The one way to write on the trail, in the transaction of the deed itself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from selection.core import clock
from selection.core.db import db
from selection.models.trail import TrailEntry
from selection.rules.roles import Actor
from selection.trail.events import EVENTS

Entry = Mapping[str, Any]
"""A row of the trail, ready to be stored."""

_STORED = insert(TrailEntry).inline()


def record(
    event: str,
    *,
    by: Actor,
    subject_id: int | None,
    staff_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Add an entry to the trail; it is stored if and only if the deed is.

    `staff_id` is the person whose record the deed is about. Raises KeyError for an event that is not declared and
    ValueError for a key that its declaration does not know.
    """
    record_many(
        [entry(event, by=by, subject_id=subject_id, staff_id=staff_id, before=before, after=after, reason=reason)]
    )


def record_many(entries: Sequence[Entry]) -> None:
    """Add entries that `entry` made to the trail, in one statement however many they are; none of them is nothing."""
    if entries:
        db.session.connection().execute(_STORED, entries)


def entry(
    event: str,
    *,
    by: Actor,
    subject_id: int | None,
    staff_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Return an entry for `record_many`; asks and raises what `record` does."""
    declared = EVENTS[event]
    unknown = {*(before or {}), *(after or {})}.difference(declared.keys)
    if unknown:
        raise ValueError(f"{event} does not declare {sorted(unknown)}")
    return {
        "at": clock.now(),
        "actor_id": by.account_id,
        "actor_name": by.name,
        "event": event,
        "subject": declared.subject,
        "subject_id": subject_id,
        "staff_id": staff_id,
        "before": _plain(before),
        "after": _plain(after),
        "reason": reason,
    }


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both mappings with only the keys whose values differ."""
    keys = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in keys}, {key: after[key] for key in keys}


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {key: _word(value) for key, value in values.items()}


def _word(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case list() | tuple():
            return [_word(item) for item in value]
        case _:
            return value
