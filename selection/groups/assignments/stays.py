"""Spells of one person that follow each other are one stay on the group, under however many supervisors."""

from dataclasses import dataclass
from datetime import date

from selection.models.groups import Assignment, Group
from selection.models.people import Staff
from selection.rules.validity import Span, day_after


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """A person's days in a row on a group in one kind, as the rows that they stand on, in order."""

    rows: tuple[Assignment, ...]

    @property
    def id(self) -> int:
        """The id of its first spell, by which it is addressed."""
        return self.rows[0].id

    @property
    def facilitator(self) -> Staff:
        """Who it is."""
        return self.rows[0].facilitator

    @property
    def kind(self) -> str:
        """Regular or cover."""
        return self.rows[0].kind

    @property
    def days(self) -> Span:
        """From the first spell's first day to the last one's last."""
        return Span(first=self.rows[0].starts_on, last=self.last_day)

    @property
    def last_day(self) -> date:
        """The last of its days."""
        return self.rows[-1].ends_on

    @property
    def version(self) -> str:
        """A word that changes when any of its spells does."""
        return "-".join(f"{row.id}.{row.version}" for row in self.rows)


def stays(group: Group) -> tuple[Stay, ...]:
    """Return every stay on the group, in the order of their first days and then of names."""
    found: list[list[Assignment]] = []
    for row in sorted(group.assignments, key=lambda one: (one.facilitator_id, one.starts_on)):
        if found and _follows(found[-1][-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return tuple(sorted((Stay(rows=tuple(rows)) for rows in found), key=_order))


def stay_with(group: Group, assignment_id: int) -> Stay | None:
    """Return the stay to which the spell belongs, or None if the group has no such spell."""
    return next((stay for stay in stays(group) if any(row.id == assignment_id for row in stay.rows)), None)


def _follows(row: Assignment, later: Assignment) -> bool:
    same = (row.facilitator_id, row.kind) == (later.facilitator_id, later.kind)
    return same and later.starts_on == day_after(row.ends_on)


def _order(stay: Stay) -> tuple[object, ...]:
    return (stay.days.first, stay.facilitator.sort_name, stay.id)
