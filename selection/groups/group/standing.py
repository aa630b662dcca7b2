"""How a group stands: what is missing, and who is in charge and on the team on each of its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selection.groups import loading
from selection.groups.assignments.stays import Stay, stays
from selection.models.groups import Assignment, Group, Supervision
from selection.rules.handover import open_days
from selection.rules.supervision import GroupState
from selection.rules.team import Shortfall, shortfalls, stretches
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Days in a row on which the same people are on the group."""

    days: Span
    supervision: Supervision | None
    team: tuple[Assignment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """All that a group's page says of its days; what is missing is said of days that are still to come."""

    unsupervised: Span | None
    short: tuple[Shortfall, ...]
    is_over: bool
    lines: tuple[Line, ...]
    stays: tuple[Stay, ...]

    def line_on(self, day: date) -> Line | None:
        """Return who is on the group on the day."""
        return next((line for line in self.lines if day in line.days), None)


def standing(group: Group, today: date) -> Standing:
    """Return how the group stands today."""
    facts, days = loading.facts(group), loading.days_of(group)
    to_come = Span(first=max(today, days.first), last=days.last)
    is_open = group.state == GroupState.OPEN
    return Standing(
        unsupervised=None if group.state == GroupState.CLOSED else open_days(facts),
        short=shortfalls(to_come, facts.placed, group.edition.team_size) if is_open else (),
        is_over=days.last < today,
        lines=tuple(_line(group, stretch) for stretch in stretches(days, _spans(group))),
        stays=stays(group),
    )


def _spans(group: Group) -> list[Span]:
    rows: Sequence[Supervision | Assignment] = [*group.supervisions, *group.assignments]
    return [loading.days_of(row) for row in rows]


def _line(group: Group, days: Span) -> Line:
    supervision = next((row for row in group.supervisions if days.first in loading.days_of(row)), None)
    team = sorted(
        (row for row in group.assignments if days.first in loading.days_of(row)),
        key=lambda row: (row.kind != "regular", row.facilitator.sort_name),
    )
    return Line(days=days, supervision=supervision, team=tuple(team))
