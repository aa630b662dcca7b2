"""What else a person has promised to do on a day: nobody is in two places at once [local default: a day is whole]."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.reasons import Reason
from selection.rules.words import day_in_words


class Duty(StrEnum):
    """As what somebody is expected."""

    BOOKED = "booked"
    TRAINER = "trainer"
    CANDIDATE = "candidate"
    ASSESSOR = "assessor"
    CHAIR = "chair"
    DELIVERY = "delivery"


_SAYS = {
    Duty.BOOKED: "is booked on",
    Duty.TRAINER: "trains",
    Duty.CANDIDATE: "is a candidate at",
    Duty.ASSESSOR: "assesses at",
    Duty.CHAIR: "chairs",
    Duty.DELIVERY: "delivers a session of",
}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Commitment:
    """A day on which a person is expected somewhere, as what, and where in a few words."""

    day: date
    duty: Duty
    title: str


def reasons_against_clash(
    name: str, days: Iterable[date], commitments: Iterable[Commitment], *, field: str | None = None
) -> tuple[Reason, ...]:
    """Return a reason for each thing that the person is expected at on one of the days; it names the first such day."""
    wanted = set(days)
    clashes: defaultdict[tuple[Duty, str], list[date]] = defaultdict(list)
    for one in sorted(commitments):
        if one.day in wanted:
            clashes[one.duty, one.title].append(one.day)
    return tuple(
        Reason(
            code=f"clash.{duty}",
            message=f"{name} {_SAYS[duty]} “{title}” on {day_in_words(on[0])}"
            f"{f' and {len(on) - 1} more of these days' if len(on) > 1 else ''}.",
            remedy="Choose other days or somebody else, or cancel that first.",
            field=field,
        )
        for (duty, title), on in clashes.items()
    )
