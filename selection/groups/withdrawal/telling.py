"""Who hears that they stand in as a facilitator; who takes a supervision over hears of it as of any handover."""

from collections.abc import Iterable

from selection.core import clock
from selection.groups.withdrawal.gaps import StandIn
from selection.notices.queue import News, body_of


def of_facilitators(stand_ins: Iterable[StandIn]) -> list[News]:
    """Return a letter to each facilitator who stands in, to be queued once they do."""
    when = clock.now().isoformat()
    return [
        News(
            key=f"group:{one.gap.group.id}:stands_in:{one.gap.key}:{when}:{one.who.email}",
            to=one.who.email,
            staff_id=one.who.staff_id,
            subject=f"{one.gap.group.reference}: you stand in from {one.gap.days.first.day} {one.gap.days.first:%B %Y}",
            body=body_of(
                "stands_in",
                name=one.who.name,
                group=one.gap.group,
                days=one.gap.days,
                kind=one.gap.kind,
                whose=one.gap.name,
            ),
        )
        for one in stand_ins
        if not one.gap.is_supervision
    ]
