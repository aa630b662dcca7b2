"""The demo's past on the trail: collected in any order, written in the order in which it happened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from selection.commands.demo.rows import Rows
from selection.models.trail import TrailEntry
from selection.rules.roles import Actor
from selection.trail.events import EVENTS

RECORDS = "records"
"""Stands for the command itself, as whoever put the first people on the register."""


class History:
    """Collects entries; each is held to its event's declaration as every other entry is."""

    def __init__(self) -> None:
        self._entries: list[dict[str, Any]] = []

    def note(
        self,
        event: str,
        at: datetime,
        by: str,
        subject_id: int | None,
        *,
        staff_id: int | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> None:
        """Take an entry by the login of that name, or by RECORDS.

        Raises KeyError for an unknown event and ValueError for a key that it does not declare.
        """
        declared = EVENTS[event]
        if unknown := set(after or {}).difference(declared.keys):
            raise ValueError(f"{event} does not declare {sorted(unknown)}")
        self._entries.append(
            {
                "at": at,
                "by": by,
                "event": event,
                "subject": declared.subject,
                "subject_id": subject_id,
                "staff_id": staff_id,
                "before": None,
                "after": _plain(after),
                "reason": reason,
            }
        )

    def hand_over(self, rows: Rows, actors: Mapping[str, Actor]) -> None:
        """Give all entries to the rows, the oldest first."""
        known = {**actors, RECORDS: Actor(account_id=None, staff_id=None, name="flask seed demo")}
        for entry in sorted(self._entries, key=lambda entry: entry["at"]):
            by = known[entry.pop("by")]
            rows.add(TrailEntry, actor_id=by.account_id, actor_name=by.name, **entry)
        self._entries.clear()


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
