"""For how long there will be enough people to act: month by month, from papers that end and training that is booked.

Nothing is guessed: who is authorised counts as long as the papers last, and not while they have lapsed for want of
delivery; who is booked counts from the day after the training as if they pass it, for what that would authorise them
for; and the demand is that of the groups that are planned or open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

from selection.rules.calendar import NO_END, add_months, last_day_valid
from selection.rules.due import authorisations_due
from selection.rules.eligibility import ActingRole, Person, Step
from selection.rules.programmes import Stage
from selection.rules.renewal import with_days_left
from selection.rules.validity import Span, day_after, day_before, joined

MONTHS = 24
"""How far the forecast looks [practice: as long as a pass of selection serves to book]."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Acting:
    """Somebody who is authorised, and the days of it.

    Who leaves the service then cannot be renewed; who has lapsed for want of delivery begins nothing until a refresher.
    """

    staff_id: int
    name: str
    days: tuple[Span, ...]
    leaves: bool = False
    lapsed: bool = False

    @property
    def last(self) -> date:
        """The last day on which they are authorised."""
        return max(span.last for span in self.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """Somebody who is booked on training, and the days on which they could act besides, if they pass it."""

    staff_id: int
    name: str
    days: tuple[Span, ...]
    event: str

    @property
    def first(self) -> date:
        """The first of the days."""
        return self.days[0].first


@dataclass(frozen=True, kw_only=True, slots=True)
class Booked:
    """A booking on an event: which step it is for, its last day, and for how many months its certificate is valid."""

    stage: Stage
    programme_id: int | None
    ends_on: date
    valid_months: int


def hoped_for(
    person: Person, role: ActingRole, programme_id: int, booked: Iterable[Booked], *, today: date, renewal_months: int
) -> tuple[Span, ...]:
    """Return the days on which the person could act besides, from today on, if they pass all that they are booked on.

    They are what would then be authorised, by the rule that authorises; somebody who has lapsed for want of delivery
    could act again from the training of the programme on.
    """
    steps = [_passed(person, one, renewal_months) for one in booked]
    lapsed = person.has_lapsed_as(role, programme_id, today)
    supposed = replace(person, steps=(*person.steps, *steps), rights=() if lapsed else person.rights)
    trained = [step.days.first for step in steps if step.stage == Stage.PROGRAMME]
    first = min(trained, default=NO_END) if lapsed else today
    within = Span(first=first, last=NO_END)
    return joined(due.days.shared_with(within) for due in authorisations_due(supposed, role, programme_id))


def _passed(person: Person, booked: Booked, renewal_months: int) -> Step:
    first = day_after(booked.ends_on)
    days = Span(first=first, last=last_day_valid(first, booked.valid_months))
    same = (booked.stage, booked.programme_id)
    earlier = [step.days for step in person.steps if (step.stage, step.programme_id) == same]
    days = with_days_left(days, earlier, months=renewal_months)
    return Step(id=0, stage=booked.stage, programme_id=booked.programme_id, days=days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month of the forecast: heads that can act on each of its days, may by then, and are needed.

    `renewals` are the people who could act before, no longer can, and are not booked on what would keep them, the first
    to end first.
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
    papers = {one.staff_id: joined(one.days) for one in acting if not one.lapsed}
    hoped = {one.staff_id: joined((*papers.get(one.staff_id, ()), *one.days)) for one in expected}
    for days in months:
        able = set(_covering(papers, days))
        coming = set(_covering(hoped, days)) - able
        ended = [one for one in acting if one.staff_id not in able | coming and _could_be_renewed(one, days)]
        running = sum(group.meets(days) for group in groups)
        yield Month(
            days=days,
            able=len(able),
            expected=len(coming),
            needed=ceil(running * heads_a_group),
            renewals=tuple(sorted(ended, key=lambda one: (one.last, one.name))),
        )


def _covering(spans: Mapping[int, tuple[Span, ...]], days: Span) -> Iterator[int]:
    """Yield whose spans, which are joined, cover each of the days."""
    return (staff_id for staff_id, own in spans.items() if any(span.covers(days) for span in own))


def _could_be_renewed(one: Acting, days: Span) -> bool:
    return not one.leaves and (one.lapsed or one.last < days.last)


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
