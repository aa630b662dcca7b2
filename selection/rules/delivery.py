"""What is recorded of a session, and what follows from it: hours of delivery, dosage, and who stayed with a group.

Participants are counted, never named. A session that was not held says why; one that was held says how long it was,
how many were present and who delivered it, and that is only ever somebody with a place at it on the day.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from selection.rules.reasons import Reason
from selection.rules.sessions import SessionState
from selection.rules.words import day_in_words

LONGEST = 600
"""Minutes that a session can have lasted at most: more is a slip of the pen."""

MOST_PRESENT = 99
"""Participants that can have been present at most, for the same reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A session as its record sees it; `able` are those whose assignment to the group covers its day, by id."""

    day: date
    ends_at: datetime
    state: SessionState
    supervised: bool
    able: Mapping[int, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What somebody says of a session that is over."""

    state: SessionState
    delivered_by: frozenset[int] = frozenset()
    minutes: int | None = None
    present: int | None = None
    recording: str = ""
    reason: str = ""


def reasons_against_recording(session: Session, said: Said, *, now: datetime) -> tuple[Reason, ...]:
    """Return every reason why the session may not be recorded so; an empty tuple means it may."""
    if session.state is not SessionState.PLANNED:
        return (
            Reason(
                code="session.recorded",
                message="This session is recorded already.",
                remedy="Numbers can be corrected; whether it was held, and by whom, stays as it was recorded.",
            ),
        )
    return tuple(_against(session, said, now))


def _against(session: Session, said: Said, now: datetime) -> Iterator[Reason]:
    if said.state is SessionState.NOT_HELD:
        if not said.reason.strip():
            yield Reason(code="reason.missing", message="Say why it was not held.", field="reason")
        if session.day > now.date():
            yield _to_come(session)
        return
    if session.ends_at > now:
        yield _to_come(session)
    if not session.supervised:
        yield Reason(
            code="session.unsupervised",
            message=f"Nobody is named as supervisor on {day_in_words(session.day)}, so it cannot have been delivered.",
            remedy="Record it as not held, or ask the programme manager who supervised.",
        )
    if not said.delivered_by:
        yield Reason(code="session.nobody", message="Say who delivered it.", field="delivered_by")
    if said.delivered_by - set(session.able):
        yield Reason(
            code="session.not_assigned",
            message="Only who was assigned to the group, and supervised, on that day can have delivered it.",
            field="delivered_by",
        )
    yield from reasons_against_numbers(said)


def _to_come(session: Session) -> Reason:
    return Reason(
        code="session.to_come",
        message=f"The session of {day_in_words(session.day)} is not over yet.",
        remedy="Record it afterwards.",
        earliest=session.day,
    )


def reasons_against_numbers(said: Said) -> Iterator[Reason]:
    """Yield what is wrong with the numbers of a session that was held."""
    if said.minutes is None or not 1 <= said.minutes <= LONGEST:
        yield Reason(
            code="session.minutes", message=f"Enter how many minutes it lasted, from 1 to {LONGEST}.", field="minutes"
        )
    if said.present is None or not 0 <= said.present <= MOST_PRESENT:
        yield Reason(
            code="session.present",
            message=f"Enter how many participants were present, from 0 to {MOST_PRESENT}.",
            field="present",
        )


def reasons_against_correcting(before: Said, after: Said, *, correction: str) -> tuple[Reason, ...]:
    """Return every reason against putting the numbers of a record right so; an empty tuple means yes."""
    found = []
    if before.state is SessionState.HELD:
        found += list(reasons_against_numbers(after))
    elif not after.reason.strip():
        found.append(Reason(code="reason.missing", message="Say why it was not held.", field="reason"))
    if not correction.strip():
        found.append(Reason(code="correction.missing", message="Say what is put right, and why.", field="correction"))
    if (before.minutes, before.present, before.recording, before.reason.strip()) == (
        after.minutes,
        after.present,
        after.recording,
        after.reason.strip(),
    ):
        found.append(Reason(code="correction.same", message="Nothing is different from what is recorded."))
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A session that was held: how long it lasted, how many were present, and who delivered it."""

    minutes: int
    present: int
    delivered_by: Collection[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What a group's sessions come to so far; hours are exact, shares are between nought and one.

    `dosage` is hours held to hours planned so far (those not held count as planned, unless they were delivered on
    another day); `continuity` is the mean, over sessions held, of the share of the deliverers who had delivered the
    session before; `core` is the share of sessions at which the person was who delivered most of them.
    """

    held: int
    not_held: int
    hours: Fraction
    planned_hours: Fraction
    present: Fraction | None
    continuity: Fraction | None
    core: Fraction | None

    @property
    def dosage(self) -> Fraction | None:
        """Hours held to hours planned so far; None if nothing was planned so far."""
        return self.hours / self.planned_hours if self.planned_hours else None


def figures(held: Iterable[Held], *, not_held: int, planned_minutes: int) -> Figures:
    """Return what the sessions, in the order in which they were held, come to."""
    sessions = list(held)
    return Figures(
        held=len(sessions),
        not_held=not_held,
        hours=hours(sessions),
        planned_hours=Fraction(planned_minutes, 60),
        present=Fraction(sum(one.present for one in sessions), len(sessions)) if sessions else None,
        continuity=continuity(sessions),
        core=core(sessions),
    )


def hours(held: Iterable[Held]) -> Fraction:
    """Return how many hours the sessions lasted together, exactly."""
    return Fraction(sum(one.minutes for one in held), 60)


def continuity(held: Iterable[Held]) -> Fraction | None:
    """Return the mean share of each session's deliverers who delivered the one before; None for fewer than two."""
    sessions = [set(one.delivered_by) for one in held]
    pairs = list(itertools.pairwise(sessions))
    if not pairs:
        return None
    return sum((Fraction(len(now & before), len(now)) for before, now in pairs if now), Fraction(0)) / len(pairs)


def core(held: Iterable[Held]) -> Fraction | None:
    """Return the share of the sessions that whoever delivered most of them delivered; None without sessions."""
    sessions = [set(one.delivered_by) for one in held]
    counts = [sum(staff_id in one for one in sessions) for staff_id in set().union(*sessions)] if sessions else []
    return Fraction(max(counts), len(sessions)) if counts else None
