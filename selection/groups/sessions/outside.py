"""Sessions that would lie outside the days that a group shall have: taken back, where the group ends without them."""

from selection.authorisation.places import wall_clock
from selection.groups.sessions import telling
from selection.groups.sessions.diary import diary, sitting
from selection.groups.sessions.shifting import carry_out
from selection.models.groups import Group
from selection.rules.roles import Actor
from selection.rules.schedule import taken_back
from selection.rules.validity import Span

WHY = "The group's days were changed."


def take_back_outside(group: Group, days: Span, *, by: Actor) -> None:
    """Take back the sessions to come outside the days, and tell whoever was to be there. What has begun stays."""
    known = diary(group)
    shifts = [taken_back(sitting(at)) for at in known.coming(wall_clock()) if at.day not in days]
    if not shifts:
        return
    before = telling.who_is_there(known, shifts)
    carry_out(known, shifts, without=True, reason=WHY, by=by)
    telling.of_shifts(known, shifts, before=before, reason=WHY, by=by)
