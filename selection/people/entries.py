"""An entry of the register as columns of its row, and as the trail shows it."""

from typing import Any

from selection.rules.names import sort_key, words_of
from selection.rules.register import Entry

ON_TRAIL = ("number", "name", "email", "job_title", "area_id", "line_manager", "joined_on", "left_on")


def columns_of(entry: Entry) -> dict[str, Any]:
    """Return what the row of the person holds, but for the line manager, who must be there first."""
    return {
        "number": entry.number,
        "name": entry.name,
        "sort_name": sort_key(entry.name),
        "email": entry.email,
        "job_title": entry.job_title,
        "area_id": entry.area_id,
        "joined_on": entry.joined_on,
        "left_on": entry.left_on,
    }


def on_trail(entry: Entry) -> dict[str, Any]:
    """Return the entry as the trail shows it."""
    return {key: getattr(entry, key) or None for key in ON_TRAIL}


def words_for(entry: Entry) -> frozenset[str]:
    """Return the words by which the person is found."""
    return words_of(entry.name, entry.number, entry.email)
