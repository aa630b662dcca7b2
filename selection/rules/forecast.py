"""For how long there will be enough people to act: month by month, from papers that end and training that is booked.

Nothing is guessed: who is authorised counts as long as the papers last, who is booked counts from the day after the
training as if they pass it, and the demand is that of the groups that are planned or open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

from selection.rules.calendar import add_months
from selection.rules.validity import Span, day_before, first_gap

MONTHS = 24
"""How far the forecast looks [practice: as long as a pass of selection serves to book]."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Acting:
    """Somebody who is authorised, and the days of it; who leaves the service then cannot be renewed."""

    staff_id: int
    name: str
    days: tuple[Span, ...]
    leaves: bool = False

    @property
    def last(self) -> date:
        """The last day on which they are authorised."""
        return max(span.last for span in self.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """Somebody who is booked on the training that they lack, and the day from which they could act if they pass."""

    staff_id: int
    name: str
    first: date
    event: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month of the forecast: heads that can act on each of its days, may by then, and are needed.

    `renewals` are the people who could act before and no longer can, the first to end first: to renew them would keep
    them.
    """

    days: Span
    able: int
    expected: int
    needed: int
    renewals: tuple[Acting, ...]

    @property
    def short(self) -> int:
        """How many are missing even if everybody who is booked passes; never below nought."""
        return max(0, self.needed - self.able - self.expected)

    @property
    def at_risk(self) -> int:
        """How many are missing if nobody who is booked passes."""
        return max(0, self.needed - self.able)


def months_from(today: date, count: int = MONTHS) -> tuple[Span, ...]:
    """Return so many months, the first of them from today to its end."""
    first = today.replace(day=1)
    starts = [add_months(first, number) for number in range(count + 1)]
    whole = [Span(first=start, last=day_before(after)) for start, after in pairwise(starts)]
    return (Span(first=today, last=whole[0].last), *whole[1:])


def forecast(
    months: Sequence[Span],
    *,
    acting: Sequence[Acting],
    expected: Sequence[Expected],
    groups: Sequence[Span],
    heads_a_group: Fraction,
) -> tuple[Month, ...]:
    """Return each month's figures; a group takes `heads_a_group` people, and heads are counted whole, rounded up."""
    return tuple(_months(months, acting, expected, groups, heads_a_group))


def _months(
    months: Sequence[Span],
    acting: Sequence[Acting],
    expected: Sequence[Expected],
    groups: Sequence[Span],
    heads_a_group: Fraction,
) -> Iterator[Month]:
    for days in months:
        able = {one.staff_id for one in acting if first_gap(one.days, days) is None}
        coming = {one.staff_id for one in expected if one.first <= days.first} - able
        ended = [one for one in acting if one.staff_id not in able and one.last < days.last and not one.leaves]
        running = sum(group.meets(days) for group in groups)
        yield Month(
            days=days,
            able=len(able),
            expected=len(coming),
            needed=ceil(running * heads_a_group),
            renewals=tuple(sorted(ended, key=lambda one: (one.last, one.name))),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A run of months in which people are missing, and who could be renewed so that it closes."""

    days: Span
    most: int
    renewals: tuple[Acting, ...]


def gaps(months: Iterable[Month]) -> tuple[Gap, ...]:
    """Return the runs of months in which people are missing, in order."""
    found: list[list[Month]] = []
    before: Month | None = None
    for month in months:
        if month.short:
            if before is not None and before.short:
                found[-1].append(month)
            else:
                found.append([month])
        before = month
    return tuple(
        Gap(
            days=Span(first=run[0].days.first, last=run[-1].days.last),
            most=max(month.short for month in run),
            renewals=_each_once(month.renewals for month in run),
        )
        for run in found
    )


def _each_once(runs: Iterable[Iterable[Acting]]) -> tuple[Acting, ...]:
    people = {one.staff_id: one for run in runs for one in run}
    return tuple(sorted(people.values(), key=lambda one: (one.last, one.name)))
