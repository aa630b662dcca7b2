"""What differs between two versions of a standard: what was added, removed, changed and moved, down to each line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.6
"""From this likeness on, of 0 to 1, two texts of the same kind count as one that was changed."""


class Change(StrEnum):
    """What became of something from one version to the other."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A part of a version: what kind it is, its name, what it says under which label, and its own parts in order.

    Items of one kind in one whole have different names, or are told apart by their order.
    """

    kind: str
    name: str
    says: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["Item", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that differs: where, what it is, and how each version has it; empty where a version has it not."""

    where: tuple[str, ...]
    what: str
    change: Change
    before: str
    after: str


def differences(before: Item, after: Item) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the later version, what was removed last in its whole.

    What was renamed or reworded counts as changed as long as it is recognised; moved is what stands elsewhere among
    those that both versions have.
    """
    return tuple(_between(before, after, ()))


def size(item: Item) -> int:
    """Return how many lines an item holds: its own and those of all its parts."""
    return len(item.says) + sum(1 + size(part) for part in item.parts)


def _between(before: Item, after: Item, where: tuple[str, ...]) -> Iterator[Difference]:
    for label in [*after.says, *(label for label in before.says if label not in after.says)]:
        old, new = before.says.get(label, ""), after.says.get(label, "")
        if old != new:
            yield Difference(where=where, what=label, change=_kind_of(old, new), before=old, after=new)
    pairs = _pairs(before.parts, after.parts)
    moved = _moved([pairs[place] for place in sorted(pairs)])
    for place, part in enumerate(after.parts):
        if place not in pairs:
            yield Difference(where=where, what=part.kind, change=Change.ADDED, before="", after=_whole(part))
            continue
        old_part = before.parts[pairs[place]]
        if old_part.name != part.name:
            yield Difference(where=where, what=part.kind, change=Change.CHANGED, before=old_part.name, after=part.name)
        if pairs[place] in moved:
            yield _moved_part(part, pairs[place], place, where)
        yield from _between(old_part, part, (*where, part.name))
    for place, part in enumerate(before.parts):
        if place not in pairs.values():
            yield Difference(where=where, what=part.kind, change=Change.REMOVED, before=_whole(part), after="")


def _moved_part(part: Item, old: int, new: int, where: tuple[str, ...]) -> Difference:
    before, after = (f"{part.name} (number {place + 1})" for place in (old, new))
    return Difference(where=where, what=part.kind, change=Change.MOVED, before=before, after=after)


def _kind_of(old: str, new: str) -> Change:
    if not old:
        return Change.ADDED
    return Change.CHANGED if new else Change.REMOVED


def _pairs(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """Return which part was which: the place in *after* → the place in *before*; the same name first, then alike."""
    free = set(range(len(before)))
    pairs: dict[int, int] = {}
    for place, part in enumerate(after):
        same = [old for old in sorted(free) if (before[old].kind, before[old].name) == (part.kind, part.name)]
        if same:
            pairs[place] = same[0]
            free.discard(same[0])
    for place, part in enumerate(after):
        likeness = {} if place in pairs else {old: _likeness(before[old], part) for old in sorted(free)}
        best = max(likeness, key=lambda old: likeness[old], default=None)
        if best is not None and likeness[best] >= ALIKE:
            pairs[place] = best
            free.discard(best)
    return pairs


def _likeness(one: Item, other: Item) -> float:
    if one.kind != other.kind:
        return 0.0
    return SequenceMatcher(None, _whole(one), _whole(other), autojunk=False).ratio()


def _moved(order: Sequence[int]) -> set[int]:
    """Return the places that left their order: all but the longest run that still goes up."""
    runs: list[list[int]] = []
    for place in order:
        runs.append([*_longest([run for run in runs if run[-1] < place]), place])
    return set(order) - set(_longest(runs))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []


def _whole(item: Item) -> str:
    """Return the item with all its parts in one text, a line each."""
    lines = [item.name, *(f"{label}: {words}" for label, words in item.says.items() if words)]
    return "\n".join([*lines, *(_whole(part) for part in item.parts)])
