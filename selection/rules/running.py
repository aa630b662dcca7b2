"""Whether a group can run: session by session, supervised, enough in the room, authorised, experienced; and until when.

What a room needs is said once, in `rules/staffing`; this adds what else it takes for a session to be delivered at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.reasons import Reason
from selection.rules.staffing import OnTeam, Staffing, lacks
from selection.rules.supervision import GroupState
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """A session to come: under whom (None for nobody), and who has a place at it; `unauthorised` are names."""

    id: int
    day: date
    title: str
    supervisor: str | None
    team: tuple[OnTeam, ...]
    unauthorised: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Whether one session can be delivered, with every reason against it, and each of the four questions by itself."""

    session: Coming
    reasons: tuple[Reason, ...]

    @property
    def can_run(self) -> bool:
        """True if nothing is against it."""
        return not self.reasons

    def is_well(self, *codes: str) -> bool:
        """True if none of the reasons is one of these."""
        return not any(reason.code in codes for reason in self.reasons)

    @property
    def supervised(self) -> bool:
        """True if somebody is named as supervisor on the day."""
        return self.is_well("session.unsupervised")

    @property
    def enough(self) -> bool:
        """True if there are enough in the room."""
        return self.is_well("room.short")

    @property
    def authorised(self) -> bool:
        """True if everybody in the room may facilitate on the day."""
        return self.is_well("room.unauthorised")

    @property
    def experienced(self) -> bool:
        """True if enough of those in the room have experience; nobody has in an empty room."""
        return self.is_well("room.inexperienced") and any(one.in_room for one in self.session.team)


def answer(session: Coming, state: GroupState, staffing: Staffing) -> Answer:
    """Return whether the session can be delivered as things stand."""
    return Answer(session=session, reasons=tuple(_against(session, state, staffing)))


def _against(session: Coming, state: GroupState, staffing: Staffing) -> Iterator[Reason]:
    if session.supervisor is None:
        yield Reason(
            code="session.unsupervised",
            message=f"Nobody is named as supervisor on {day_in_words(session.day)}.",
            remedy="A group is never delivered without one: name a treatment manager or designated supervisor.",
        )
    elif state is GroupState.PLANNED:  # one that is halted still runs on the days that somebody supervises
        yield Reason(code="group.not_open", message=f"The group is {state}, not open.", remedy="Open it first.")
    yield from lacks(session.team, staffing)
    if session.unauthorised:
        yield Reason(
            code="room.unauthorised",
            message=f"Not authorised on that day: {', '.join(session.unauthorised)}.",
            remedy="Let somebody else deliver it.",
        )


def first_trouble(answers: Iterable[Answer]) -> Answer | None:
    """Return the first session that cannot be delivered as things stand, or None if each can."""
    return next((one for one in answers if not one.can_run), None)


def runs_until(answers: Iterable[Answer]) -> date | None:
    """Return the day of the last session before the first that cannot be delivered; None if not even the first can."""
    last = None
    for one in answers:
        if not one.can_run:
            return last
        last = one.session.day
    return last
