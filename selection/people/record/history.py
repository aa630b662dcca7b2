"""The history of a record, as far as its readers may see it, and in words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from selection.trail.words import Names, Shown, in_words

CLOSED = frozenset({"rating_form", "sitting"})
"""How a candidate was rated is for their centre alone, and before the reveal not even for that."""

STATE_ONLY = {"decision": frozenset({"result"})}
"""Of these subjects, a record shows only these values."""


def shown(entries: Iterable[Row[Any]], names: Names) -> tuple[Shown, ...]:
    """Return the entries as a record shows them: that somebody was rated but not how, of a decision its result."""
    return tuple(_shown(entry, names) for entry in entries)


def for_the_person(entries: Iterable[Shown], account_id: int | None) -> tuple[Shown, ...]:
    """Return the entries without the reasons that other people wrote."""
    return tuple(entry if entry.actor_id == account_id else replace(entry, reason="") for entry in entries)


def _shown(entry: Row[Any], names: Names) -> Shown:
    return Shown(
        at=entry.at,
        event=entry.event,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        staff_id=None,
        before=_open(entry.subject, entry.before, names),
        after=_open(entry.subject, entry.after, names),
        reason="" if entry.subject in CLOSED else entry.reason,
    )


def _open(subject: str, values: dict[str, Any] | None, names: Names) -> dict[str, Any] | None:
    if values is None or subject in CLOSED:
        return None
    keys = STATE_ONLY.get(subject, values.keys())
    return in_words({key: value for key, value in values.items() if key in keys}, names)
