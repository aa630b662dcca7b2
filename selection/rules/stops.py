"""Suspension, deselection and the appeal against it: who takes part, and when each can be decided.

A deselection is decided by a panel [default three people] and can be appealed against once [default within 28 days],
before somebody who had no part in it. Both numbers are local settings.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selection.rules.eligibility import StopKind
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words

PANEL = 3
APPEAL_DAYS = 28


class StopPart(StrEnum):
    """What somebody's part in a stop is; everybody has one part at most."""

    PANEL = "panel"
    APPEAL = "appeal"


class AppealOutcome(StrEnum):
    """What an appeal came to: upheld ends the deselection, dismissed leaves it."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


def reasons_against_panel(
    kind: StopKind, panel: Collection[int], *, person_id: int, decider_id: int | None, needed: int
) -> tuple[Reason, ...]:
    """Return what is wrong with who decides a stop (staff ids, the decider among them); empty means nothing."""
    return tuple(_panel(kind, panel, person_id, decider_id, needed))


def _panel(
    kind: StopKind, panel: Collection[int], person_id: int, decider_id: int | None, needed: int
) -> Iterator[Reason]:
    if person_id == decider_id:
        yield Reason(code="stop.own", message="Nobody stops themselves here.", remedy="Ask another.")
    elif person_id in panel:
        yield Reason(code="panel.person", message="The person cannot be on the panel.", field="panel")
    if kind == StopKind.DESELECTION and len(set(panel)) < needed:
        yield Reason(
            code="panel.small",
            message=f"A deselection is decided by a panel of at least {needed}, and {len(set(panel))} are named.",
            remedy="Name the others, or suspend until the panel has met.",
            field="panel",
        )


def reasons_against_stop_days(days: Span) -> tuple[Reason, ...]:
    """Return what is wrong with the days of a suspension or deselection; the form's field is `until`."""
    if not days.is_empty:
        return ()
    message = f"It would end before it begins, on {day_in_words(days.first)}."
    return (Reason(code="days.order", message=message, remedy="Choose a later last day.", field="until"),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A stop, as far as an appeal against it is concerned."""

    kind: StopKind
    person_id: int
    decided_on: date
    ended: bool
    appealed: bool


def reasons_against_appeal(stop: Decided, grounds: str, *, today: date, days: int) -> tuple[Reason, ...]:
    """Return every reason why no appeal can be lodged now; empty means it can."""
    return tuple(_appeal(stop, grounds, today, days))


def last_day_to_appeal(decided_on: date, days: int) -> date:
    """Return the last day on which an appeal can be lodged."""
    return decided_on + timedelta(days=days)


def _appeal(stop: Decided, grounds: str, today: date, days: int) -> Iterator[Reason]:
    if stop.kind != StopKind.DESELECTION:
        yield Reason(
            code="appeal.suspension",
            message="A suspension is for now, and not appealed against.",
            remedy="Ask that it be lifted.",
        )
    if stop.appealed:
        yield Reason(code="appeal.there", message="An appeal is lodged already; there is one at most.")
    if stop.ended:
        yield Reason(code="appeal.over", message="This deselection has ended.")
    last = last_day_to_appeal(stop.decided_on, days)
    if today > last:
        yield Reason(
            code="appeal.late",
            message=f"An appeal could be lodged until {day_in_words(last)}.",
            remedy="Whoever deselected can still lift it, with a reason.",
        )
    if not grounds.strip():
        yield Reason(code="grounds.missing", message="Say on what grounds.", field="grounds")


def reasons_against_hearing(
    stop: Decided, panel: Collection[int], *, hearer_id: int | None, decided: bool, reason: str
) -> tuple[Reason, ...]:
    """Return every reason why this person (a staff id) cannot decide the appeal; empty means they can."""
    return tuple(_hearing(stop, panel, hearer_id, decided, reason))


def _hearing(
    stop: Decided, panel: Collection[int], hearer_id: int | None, decided: bool, reason: str
) -> Iterator[Reason]:
    if decided:
        yield Reason(code="appeal.decided", message="This appeal is decided already.")
    if hearer_id is None:
        yield Reason(
            code="appeal.nobody",
            message="Your login belongs to no staff member, so it cannot hear an appeal.",
            remedy="Ask somebody who is on the staff register.",
        )
    elif hearer_id == stop.person_id:
        yield Reason(code="appeal.own", message="Nobody hears their own appeal.", remedy="Ask another.")
    elif hearer_id in panel:
        yield Reason(
            code="appeal.involved",
            message="You were on the panel that decided.",
            remedy="Somebody who had no part in it hears the appeal.",
        )
    if not reason.strip():
        yield Reason(code="reason.missing", message="Say why.", field="reason")
