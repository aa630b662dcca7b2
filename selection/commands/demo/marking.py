"""Events of the demo that are over and not done: one to sign off at once, and one that is marked half."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from selection.commands.demo.results import Held, call_the_roll, record
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import TO_PROGRAMME, Story
from selection.commands.demo.training import Training
from selection.rules.training import PartResult, Result

HAVE_ASKED = 2
"""How many of those who have passed fundamental training ask for a recognition instead; see `asking`."""

PASSED, NOT_YET, NOT_ASSESSED = PartResult.PASSED, PartResult.NOT_YET, PartResult.NOT_ASSESSED
FRIDAY_TO_MONDAY = 3
ALL_PASSED, ONE_SHORT, BEGUN = (PASSED,) * 3, (PASSED, PASSED, NOT_YET), (PASSED, NOT_ASSESSED, NOT_ASSESSED)


def mark(training: Training, setting: Setting, people: People) -> None:
    """Hold two events of programme training for those who are ready for it and booked on none that is to come."""
    ready = [one for one in people.in_pool(0, Story.FUNDAMENTAL)[HAVE_ASKED:] if one.months != TO_PROGRAMME]
    half = len(ready) // 2
    _held(training, setting, ready[:half], ended=8, came_to=(ONE_SHORT, ALL_PASSED, ALL_PASSED))
    _held(training, setting, ready[half:], ended=1, came_to=(BEGUN, None, ALL_PASSED))


def _held(
    training: Training,
    setting: Setting,
    members: Sequence[Member],
    *,
    ended: int,
    came_to: Sequence[tuple[PartResult, ...] | None],
) -> None:
    """Hold an event that ended about so many days ago; its people came to these in turn, None is not marked yet."""
    if not members:
        return
    first = setting.today - timedelta(days=ended + 2 * setting.specific.newest.days - FRIDAY_TO_MONDAY)
    event = training.event(0, setting.specific, members, first)
    for number, member in enumerate(reversed(members)):
        booking_id = training.book(event, member)
        _come_to(setting, event, member, booking_id, came_to[-1 - number % len(came_to)])


def _come_to(
    setting: Setting, event: Held, member: Member, booking_id: int, parts: Iterable[PartResult] | None
) -> None:
    held = len(event.days)
    if parts is None:
        call_the_roll(setting, event, booking_id, held)
        return
    understanding, competencies, abilities = parts
    result = Result(
        understanding=understanding,
        competencies=competencies,
        abilities=abilities,
        days_present=held,
        days_held=held,
    )
    record(setting, event, member, booking_id, result)
