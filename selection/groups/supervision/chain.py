"""The chain of a group's supervision as it shall be: who takes which days, and what the others keep."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selection.groups.loading import days_of
from selection.models.groups import Group, Supervision
from selection.rules.eligibility import ActingRole, Right
from selection.rules.handover import Link
from selection.rules.validity import Span, day_after, without


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A link as it shall be; `row` is the one that becomes it, None if there is none yet."""

    days: Span
    supervisor_id: int
    role: ActingRole
    right: Right
    row: Supervision | None = None
    deputises_for_id: int | None = None

    def joins(self, later: "Wanted") -> bool:
        """True if the two can be one row: the same person on the same grounds, day by day, and not two rows yet."""
        mine, theirs = ((one.supervisor_id, one.role, one.right.id, one.deputises_for_id) for one in (self, later))
        one_row = self.row is None or later.row is None
        return mine == theirs and one_row and later.days.first == day_after(self.days.last)


def with_days_taken(
    group: Group, taken: Span, links: Iterable[Link], *, supervisor_id: int, deputises_for_id: int | None = None
) -> list[Wanted]:
    """Return the group's chain as it shall be once the person supervises it, or deputises, on the days taken."""
    left = [
        replace(_as_it_is(row), days=days, row=row if number == 0 else None)
        for row in group.supervisions
        for number, days in enumerate(without(days_of(row), [taken]))
    ]
    new = new_links(links, supervisor_id=supervisor_id)
    return _joined([*left, *(replace(link, deputises_for_id=deputises_for_id) for link in new)])


def within_days(group: Group, days: Span, more: Iterable[Wanted] = ()) -> list[Wanted]:
    """Return the group's chain cut down to the days, with more links put to it."""
    kept = [replace(_as_it_is(row), days=days_of(row).shared_with(days)) for row in group.supervisions]
    return _joined([*(link for link in kept if not link.days.is_empty), *more])


def new_links(links: Iterable[Link], *, supervisor_id: int) -> list[Wanted]:
    """Return links that are not there yet."""
    return [
        Wanted(days=link.days, supervisor_id=supervisor_id, role=link.right.role, right=link.right) for link in links
    ]


def _as_it_is(row: Supervision) -> Wanted:
    role = ActingRole(row.role)
    window = Span(first=row.authorisation_from, last=row.authorisation_to)
    right = Right(id=row.authorisation_id, programme_id=row.programme_id, role=role, days=window)
    return Wanted(
        days=days_of(row),
        supervisor_id=row.supervisor_id,
        role=role,
        right=right,
        row=row,
        deputises_for_id=row.deputises_for_id,
    )


def _joined(links: Iterable[Wanted]) -> list[Wanted]:
    result: list[Wanted] = []
    for link in sorted(links, key=lambda one: one.days):
        if result and result[-1].joins(link):
            whole = Span(first=result[-1].days.first, last=link.days.last)
            result[-1] = replace(result[-1], days=whole, row=result[-1].row or link.row)
        else:
            result.append(link)
    return result
