"""A group is delivered under a named supervisor at all times [seed]: chains without a gap, spells under one each."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from selection.rules.eligibility import ActingRole, Right
from selection.rules.reasons import Reason
from selection.rules.validity import Span, day_after, first_gap, joined
from selection.rules.words import day_in_words


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


def reasons_against_chain(days: Span, chain: Iterable[Supervised]) -> tuple[Reason, ...]:
    """Return what keeps the chain from covering each of the group's days exactly once."""
    return tuple(_chain(days, sorted(chain, key=lambda link: link.days)))


def _chain(days: Span, chain: list[Supervised]) -> Iterator[Reason]:
    gap = first_gap([link.days for link in chain], days)
    if gap is not None:
        yield Reason(
            code="supervision.gap",
            message=f"Nobody is named as supervisor from {day_in_words(gap.first)} to {day_in_words(gap.last)}.",
            remedy="Name a treatment manager or designated supervisor for those days.",
        )
    for earlier, later in itertools.pairwise(chain):
        if later.days.first != day_after(earlier.days.last) and earlier.days.meets(later.days):
            yield Reason(
                code="supervision.overlap",
                message=f"{earlier.supervisor_name} and {later.supervisor_name} are both named for"
                f" {day_in_words(later.days.first)}.",
                remedy="Let one follow the other.",
            )


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
