"""The history of a record, as far as its readers may see it, and in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from selection.web.filters import day

CLOSED = frozenset({"rating_form", "sitting"})
"""How a candidate was rated is for their centre alone, and before the reveal not even for that."""

STATE_ONLY = {"decision": frozenset({"result"})}
"""Of these subjects, a record shows only these values."""

Names = Mapping[str, Mapping[int, str]]
"""What ids stand for: by the key under which the trail has them, then by id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An entry of the trail as a record shows it."""

    at: datetime
    event: str
    actor_id: int | None
    actor_name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str


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
        before=_open(entry.subject, entry.before, names),
        after=_open(entry.subject, entry.after, names),
        reason="" if entry.subject in CLOSED else entry.reason,
    )


def _open(subject: str, values: dict[str, Any] | None, names: Names) -> dict[str, Any] | None:
    if values is None or subject in CLOSED:
        return None
    keys = STATE_ONLY.get(subject, values.keys())
    return dict(_in_words({key: value for key, value in values.items() if key in keys}, names))


def _in_words(values: Mapping[str, Any], names: Names) -> Iterator[tuple[str, Any]]:
    """Yield the values as people read them; an id that stands for nothing known is left out."""
    for key, value in values.items():
        if not key.endswith("_id"):
            yield key, _word(value)
        elif value is None or value in names.get(key, {}):
            yield key.removesuffix("_id"), None if value is None else names[key][value]


def _word(value: Any) -> Any:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return _day(value)
        case list():
            return ", ".join(str(_word(each)) for each in value)
        case _:
            return value


def _day(text: str) -> str:
    """Return a day of the calendar in words, and any other text as it is."""
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2026-12-31") else text
    except ValueError:
        return text
