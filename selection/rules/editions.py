"""Editions of a programme: what one says, what keeps one from being published, and what differs between two.

The size of a group is the programme's own [seed]; every other number is a local setting [default].
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selection.rules.programmes import PERIODS, Part, Risk, hours_in, sessions_in
from selection.rules.reasons import Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleTerms:
    """A module as an edition has it; who attends it by the risk levels of their routes. Known by its title."""

    title: str
    sessions: int
    minutes: int
    is_separate: bool = False
    routes: frozenset[Risk] = frozenset(Risk)


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """All that an edition says; the modules are in their order, periods are in the units of their names."""

    group_min: int
    group_max: int
    team_size: int
    in_room: int
    experienced_needed: int
    experience_months: int
    groups_at_once: int
    supervisor_groups: int
    weeks_between_supervision: int
    review_months: int
    due_soon_days: int
    modules: tuple[ModuleTerms, ...]


NAMES: Mapping[str, str] = {
    "group_min": "Participants in a group, at least",
    "group_max": "Participants in a group, at most",
    "team_size": "Facilitators of a group",
    "in_room": "In the room at each session",
    "experienced_needed": "Of them with experience, at least",
    "experience_months": "Experienced after so many months",
    "groups_at_once": "Groups of a facilitator at a time, at most",
    "supervisor_groups": "Groups of a supervisor at a time, without a reason",
    "weeks_between_supervision": "Weeks between supervisions",
    "review_months": "Months of a period in which each is reviewed once",
    "due_soon_days": "Days before its day that something is shown as due soon",
}
"""What each number of an edition is called where it is shown."""

LOCAL = frozenset(NAMES) - {"group_min", "group_max"}
"""The numbers that are local settings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What differs between two editions: the name of it, and what either says; empty where it has nothing."""

    name: str
    was: str
    now: str


def changes(before: Terms, after: Terms) -> tuple[Change, ...]:
    """Return what differs between two editions, numbers first, then modules; an empty tuple means nothing."""
    return (*_numbers(before, after), *_modules(before, after))


def _numbers(before: Terms, after: Terms) -> Iterator[Change]:
    for key, name in NAMES.items():
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            yield Change(name=name, was=str(was), now=str(now))


def _modules(before: Terms, after: Terms) -> Iterator[Change]:
    was = {one.title: said_of(one, place) for place, one in enumerate(before.modules, start=1)}
    now = {one.title: said_of(one, place) for place, one in enumerate(after.modules, start=1)}
    for title in dict.fromkeys((*now, *was)):
        if was.get(title) != now.get(title):
            yield Change(name=title, was=was.get(title, ""), now=now.get(title, ""))


def said_of(module: ModuleTerms, place: int) -> str:
    """Return in words what an edition says of a module at a place of its order."""
    separate = ", a separate closed group" if module.is_separate else ""
    on = [risk.value for risk in Risk if risk in module.routes]
    routes = f"for {', '.join(on)} risk" if on else "on no route"
    return f"{place}. {module.sessions} sessions of {module.minutes} minutes{separate}, {routes}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """What some modules come to: a number of sessions, and exact hours."""

    sessions: int
    hours: Fraction


def total(modules: Iterable[ModuleTerms]) -> Total:
    """Return what the modules come to."""
    parts = [Part(sessions=one.sessions, minutes=one.minutes) for one in modules]
    return Total(sessions=sessions_in(parts), hours=hours_in(parts))


def reasons_against_edition(terms: Terms, before: Terms | None, why: str) -> tuple[Reason, ...]:
    """Return every reason against publishing the terms as the edition after `before`; an empty tuple means none."""
    return tuple(_reasons(terms, before, why))


def _reasons(terms: Terms, before: Terms | None, why: str) -> Iterator[Reason]:
    if terms.group_min > terms.group_max:
        yield _wrong("group_max", "A group cannot have at most fewer participants than at least.")
    if terms.in_room > terms.team_size:
        yield _wrong("in_room", f"More in the room than the {terms.team_size} on the team.")
    if terms.experienced_needed > terms.in_room:
        yield _wrong("experienced_needed", f"More with experience than the {terms.in_room} in the room.")
    if terms.review_months not in PERIODS:
        yield _wrong("review_months", f"A year has no whole periods of {terms.review_months} months.")
    if not terms.modules:
        yield _wrong("modules", "An edition has at least one module.")
    folded = [one.title.casefold() for one in terms.modules]
    if len(set(folded)) < len(folded):
        yield _wrong("modules", "Two modules have the same title.")
    if before is not None and terms == before:
        yield Reason(code="edition.unchanged", message="Nothing differs from the edition before it.")
    if before is not None and not why.strip():
        yield _wrong("reason", "Say why the programme changes: it is shown in its history.")


def _wrong(field: str, message: str) -> Reason:
    return Reason(code=f"edition.{field}", message=message, field=field)
