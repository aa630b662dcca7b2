"""Where on the path the demo's people are: every point of it has somebody, and how many is set by a share."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle


class Story(StrEnum):
    """What a person's record tells."""

    NEVER = "never put forward"
    COMING = "put forward to a coming centre"
    OPEN = "sits the exercises today"
    HALF = "rated by some, not by all"
    REVEALED = "rated, and waits for the wash-up"
    NOT_YET = "not yet selected"
    DEFERRED = "decision deferred"
    SELECTED = "selected, and waits for a place"
    BOOKED = "booked on fundamental training"
    FUNDAMENTAL = "passed fundamental training"
    PART_FAILED = "short of one part of programme training"
    AUTHORISED = "authorised"
    LONG_SERVING = "authorised for years, with renewals"
    RECOGNISED = "authorised on what was learnt elsewhere"
    LAPSING = "a certificate is about to lapse"
    LAPSED = "certificates have lapsed"
    WITHDRAWN = "a certificate was withdrawn"
    SUSPENDED = "suspended"
    DESELECTED = "deselected"
    LEFT = "left the service"


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """How often a story is told, and how many months ago those in it sat their centre, in turn."""

    percent: float
    least: int
    months: tuple[int, ...] = ()


PATH = {
    Story.COMING: Telling(percent=6, least=4),
    Story.OPEN: Telling(percent=4, least=3),
    Story.HALF: Telling(percent=3.5, least=2),
    Story.REVEALED: Telling(percent=3.5, least=2),
    Story.NOT_YET: Telling(percent=10, least=2, months=(1, 3, 6, 11, 15, 23)),
    Story.DEFERRED: Telling(percent=2, least=1, months=(1, 3, 6)),
    Story.SELECTED: Telling(percent=5, least=1, months=(1, 3)),
    Story.BOOKED: Telling(percent=5, least=1, months=(3, 1)),
    Story.FUNDAMENTAL: Telling(percent=6, least=2, months=(6, 8)),
    Story.PART_FAILED: Telling(percent=2, least=1, months=(8,)),
    Story.AUTHORISED: Telling(percent=27, least=5, months=(19, 27, 11, 23, 31, 15, 8, 34)),
    Story.LONG_SERVING: Telling(percent=8, least=4, months=(45,)),
    Story.RECOGNISED: Telling(percent=3, least=1),
    Story.LAPSING: Telling(percent=3, least=1, months=(37,)),
    Story.LAPSED: Telling(percent=5, least=1, months=(41, 45)),
    Story.WITHDRAWN: Telling(percent=1.5, least=1, months=(23, 27)),
    Story.SUSPENDED: Telling(percent=1.5, least=1, months=(19, 31)),
    Story.DESELECTED: Telling(percent=1, least=1, months=(15, 27)),
    Story.LEFT: Telling(percent=3, least=1, months=(27, 34, 41)),
}
"""A centre is followed by fundamental training three months later and by programme training three months after that;
with certificates of 36 months, one of 37 months ago is about to lapse and one of 41 months ago has lapsed."""

TO_FUNDAMENTAL = 3
TO_PROGRAMME = 6

PASSED_SELECTION = frozenset(PATH) - {
    *(Story.COMING, Story.OPEN, Story.HALF, Story.REVEALED, Story.NOT_YET, Story.DEFERRED, Story.RECOGNISED)
}
PASSED_FUNDAMENTAL = PASSED_SELECTION - {Story.SELECTED, Story.BOOKED}
PASSED_PROGRAMME = PASSED_FUNDAMENTAL - {Story.FUNDAMENTAL, Story.PART_FAILED}

FEWEST_STAFF = 60


def on_the_path(staff: int) -> int:
    """Return how many of so many staff were ever put forward: most in a small service, few in a large one."""
    return round(staff * 0.6) if staff <= 1_000 else 600 + round((staff - 1_000) * 0.15)


def told(people: int) -> list[tuple[Story, int | None]]:
    """Return a story for each of so many people, and how many months ago their centre was (None: none is decided)."""
    counts = {story: max(telling.least, round(people * telling.percent / 100)) for story, telling in PATH.items()}
    counts[Story.AUTHORISED] += people - sum(counts.values())
    result: list[tuple[Story, int | None]] = []
    for story, telling in PATH.items():
        months = cycle(telling.months or (None,))
        result += [(story, next(months)) for _ in range(counts[story])]
    return result
