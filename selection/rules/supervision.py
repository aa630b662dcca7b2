"""A group is delivered under a named supervisor at all times [seed]: chains without a gap, spells under one each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from selection.rules.eligibility import ActingRole, Right
from selection.rules.validity import Span, day_after, joined


class GroupState(StrEnum):
    """Planned: nobody can be assigned. Open: supervised on every day. Halted: supervision ended early. Closed: over."""

    PLANNED = "planned"
    OPEN = "open"
    HALTED = "halted"
    CLOSED = "closed"


class AssignmentKind(StrEnum):
    """A regular facilitator delivers the group's sessions; cover stands in."""

    REGULAR = "regular"
    COVER = "cover"


@dataclass(frozen=True, kw_only=True, slots=True)
class Supervised:
    """A stretch of a group's days under one named supervisor."""

    id: int
    supervisor_id: int
    supervisor_name: str
    role: ActingRole
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """A stretch of days under one supervisor and one authorisation: what one assignment can stand on."""

    days: Span
    right: Right
    supervised: Supervised


def cut_into_spells(days: Span, rights: Iterable[Right], chain: Iterable[Supervised]) -> tuple[Spell, ...]:
    """Return the days as spells, each under one authorisation and one supervisor, as few as there can be.

    Days that either leaves open are in no spell: judge first whether there are such days.
    """
    return tuple(_spells(days, list(rights), list(chain)))


def _spells(days: Span, rights: list[Right], chain: list[Supervised]) -> Iterator[Spell]:
    for both in joined(link.days.shared_with(right.days).shared_with(days) for link in chain for right in rights):
        first = both.first
        while True:
            under = max((link for link in chain if first in link.days), key=lambda link: link.days.last)
            right = max((one for one in rights if first in one.days), key=lambda one: one.days.last)
            last = min(both.last, under.days.last, right.days.last)
            yield Spell(days=Span(first=first, last=last), right=right, supervised=under)
            if last == both.last:
                break
            first = day_after(last)
