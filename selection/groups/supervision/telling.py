"""Who hears that days of a group pass from one supervisor to another: both of them."""

from collections.abc import Iterable

from selection.core import clock
from selection.core.db import db
from selection.models.groups import Group
from selection.models.people import Staff
from selection.notices.queue import body_of, queue
from selection.rules.validity import Span


def of_supervision(
    group: Group, supervisor_id: int, handing_over: Iterable[Staff], *, days: Span, as_deputy: bool, reason: str
) -> None:
    """Queue a letter to who takes the days over and to each who hands them over."""
    takes = db.session.get_one(Staff, supervisor_id)
    others = {one.id: one for one in handing_over if one.id != supervisor_id}
    when = clock.now().isoformat()
    for person in (takes, *others.values()):
        queue(
            f"group:{group.id}:supervision:{when}:{person.email}",
            to=person.email,
            staff_id=person.id,
            subject=f"{group.reference}: supervision from {days.first.day} {days.first:%B %Y}",
            body=body_of(
                "handover",
                name=person.name,
                group=group,
                days=days,
                takes=takes,
                is_taker=person.id == supervisor_id,
                others=list(others.values()),
                as_deputy=as_deputy,
                reason=reason.strip(),
            ),
        )
