"""Entries of the trail in the words in which people read them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from selection.trail.events import EVENTS
from selection.web.filters import day, moment, words

Names = Mapping[str, Mapping[int, str]]
"""What ids stand for: by the key under which the trail has them, then by id."""

LABELS = {"k": "k", "sem": "SEM", "sha256": "SHA-256", "floor": "Least of any competency"}
"""What the words of a key do not say; every other key reads as it is written."""

NOTHING = "nothing"

STORED = re.compile("[a-z]+(_[a-z]+)+")
"""A word of ours as it is stored, such as not_yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An entry of the trail as a page shows it."""

    at: datetime
    event: str
    actor_id: int | None
    actor_name: str
    staff_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str

    def lines(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield what the entry says: a label, what it was (None if that is not said) and what it became.

        It goes in the order in which the event declares it; what is nothing and was nothing is not said.

        What is said of before alone, as of a thing that was taken away, is what it was to the end.
        """
        before, after = self.before or {}, self.after or {}
        for key in sorted({*before, *after}, key=_place(self.event)):
            was = before[key] if key in before and key in after else None
            became = after.get(key, before.get(key))
            if was is not None or became != NOTHING:
                yield LABELS.get(key, words(key)), was, became


def shown(entry: Any, names: Names) -> Shown:
    """Return an entry whole, with what its ids stand for; of what is there no more the number."""
    before, after = (
        None if values is None else in_words(values, names, unknown=True) for values in (entry.before, entry.after)
    )
    return Shown(
        at=entry.at,
        event=entry.event,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        staff_id=entry.staff_id,
        before=before,
        after=after,
        reason=entry.reason,
    )


def in_words(values: Mapping[str, Any], names: Names, *, unknown: bool = False) -> dict[str, Any]:
    """Return the values as people read them, by key without what marks an id.

    An id that stands for nothing known is left out, or with `unknown` told as the number that it is.
    """
    return dict(_in_words(values, names, unknown))


def _in_words(values: Mapping[str, Any], names: Names, unknown: bool) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if not key.endswith("_id"):
            yield key, word(value)
        elif value is None or value in names.get(key, {}):
            yield key.removesuffix("_id"), word(None if value is None else names[key][value])
        elif unknown:
            yield key.removesuffix("_id"), f"number {value}"


def word(value: Any) -> str:
    """Return one value in words: yes or no, a day or a moment of the calendar, a list with its parts told apart."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case str():
            return value.replace("_", " ") if STORED.fullmatch(value) else _day_or_moment(value)
        case list():
            parts = [word(each) for each in value]
            return ("; " if any("," in part or part.endswith(".") for part in parts) else ", ").join(parts) or NOTHING
        case dict():
            return ", ".join(f"{words(key).lower()} {word(each)}" for key, each in value.items()) or NOTHING
        case _:
            return str(value)


@cache
def _places(event: str) -> dict[str, int]:
    declared = EVENTS[event].keys if event in EVENTS else ()
    return {key.removesuffix("_id"): place for place, key in enumerate(declared)}


def _place(event: str) -> Callable[[str], tuple[int, str]]:
    """Return where a key stands in an event's declaration: databases keep the order of keys each in their own way."""
    places = _places(event)
    return lambda key: (places.get(key, len(places)), key)


def _day_or_moment(text: str) -> str:
    """Return a day or a moment as it is stored in words, and any other text as it is."""
    try:
        if len(text) == len("2026-12-31"):
            return day(date.fromisoformat(text))
        at = datetime.fromisoformat(text) if text[4:5] == "-" and text[10:11] == "T" else None
    except ValueError:
        return text
    return moment(at) if at is not None and at.tzinfo else text
