"""Who may supervise a group on which days, be they the first, the next, or who takes over.

A chain begins on the group's first day and has no hole: days are named in order, and days that are over stay as they
were. So naming the first supervisor, naming the next one and handing over are one thing: days pass to somebody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.assignment import GroupFacts
from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole, Person, Right, reasons_against_acting
from selection.rules.reasons import Reason
from selection.rules.supervision import GroupState
from selection.rules.validity import Span, day_after, day_before, first_gap, without
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A stretch of supervision to be named: the days, and the authorisation that it can stand on."""

    days: Span
    right: Right


def open_days(group: GroupFacts) -> Span | None:
    """Return the first stretch of the group's days for which nobody is named, or None if each has a supervisor."""
    return first_gap([link.days for link in group.chain], group.days)


def hands_over(group: GroupFacts, days: Span) -> bool:
    """True if somebody is named for some of the days already."""
    return any(link.days.meets(days) for link in group.chain)


def reasons_against_taking_over(
    person: Person, role: ActingRole, group: GroupFacts, days: Span, *, today: date, begun: bool = False
) -> tuple[Reason, ...]:
    """Return every reason why the person may not supervise the group on each of the days; empty means yes."""
    return (
        *reasons_against_supervised_days(group, days, today=today, begun=begun),
        *reasons_against_supervising(person, role, group, days),
        *_lapses(group, days),
    )


def _lapses(group: GroupFacts, days: Span) -> Iterator[Reason]:
    """Say if a facilitator's spell, which begins anew under another supervisor, would begin after a lapse."""
    for anew in (days.first, day_after(days.last)):
        late = [
            one.lapses_on for one in group.placed if one.days.first < anew <= one.days.last and one.lapses_on < anew
        ]
        if late:
            yield Reason(
                code="supervision.after_a_lapse",
                message=f"A facilitator would go on under another supervisor from {day_in_words(anew)}, after their"
                f" authorisation lapses on {day_in_words(min(late))} for want of delivery.",
                remedy="Record what they delivered, or end their assignment before then.",
                earliest=None,
            )


def reasons_against_supervised_days(
    group: GroupFacts, days: Span, *, today: date, begun: bool = False
) -> tuple[Reason, ...]:
    """Return what is wrong with the days themselves, whoever supervises; each reason names its form field.

    `begun` says that something of today has taken place already, under whoever is named for today.
    """
    return (*_days(group, days, today), *_begun(group, days, today, begun=begun))


def reasons_against_supervising(person: Person, role: ActingRole, group: GroupFacts, days: Span) -> tuple[Reason, ...]:
    """Return every reason that lies with the person, for days that are the group's."""
    acting = reasons_against_acting(person, role, group.programme_id, days)
    return (*acting, *_conflicts(person, role, group, days))


def reasons_against_deputising(group: GroupFacts, days: Span) -> tuple[Reason, ...]:
    """Return why nobody can deputise on the days: a deputy stands in for one person who is named for each of them."""
    if first_gap([link.days for link in group.chain], days) is not None:
        return (
            Reason(
                code="deputy.for_nobody",
                message="Nobody is named for each of these days, so there is nobody to deputise for.",
                remedy="Name them as the supervisor instead.",
            ),
        )
    names = sorted({link.supervisor_name for link in group.chain if link.days.meets(days)})
    if len(names) < 2:
        return ()
    return (
        Reason(
            code="deputy.for_several",
            message=f"{' and '.join(names)} are named on these days, and a deputy stands in for one person.",
            remedy="Choose the days of one of them, then those of the other.",
        ),
    )


def _days(group: GroupFacts, days: Span, today: date) -> Iterator[Reason]:
    if days.is_empty:
        yield Reason(code="days.order", message="The last day is before the first day.", field="ends_on")
        return
    if group.state == GroupState.CLOSED:
        yield Reason(code="group.closed", message="The group is closed.", remedy="A closed group stays as it was.")
    if days.first < today:
        yield Reason(
            code="days.past",
            message=f"{day_in_words(days.first)} is over, and nobody can be named for days that are over.",
            remedy=_remedy_for_the_past(group, days),
            earliest=today,
            field="starts_on",
        )
    if not group.days.covers(days):
        yield Reason(
            code="days.outside_group",
            message=f"The group runs from {day_in_words(group.days.first)} to {day_in_words(group.days.last)}.",
            remedy="Choose days within that.",
            earliest=max(today, group.days.first),
            field="starts_on" if days.first < group.days.first else "ends_on",
        )
        return
    gap = open_days(group)
    if gap is not None and gap.first < days.first:
        yield Reason(
            code="supervision.gap",
            message=f"Nobody would be named from {day_in_words(gap.first)} to {day_in_words(day_before(days.first))}.",
            remedy="Supervisors are named in order, without a gap: name somebody for those days first.",
            earliest=gap.first,
            field="starts_on",
        )


def _begun(group: GroupFacts, days: Span, today: date, *, begun: bool) -> Iterator[Reason]:
    """Say if today is to pass to somebody although what took place on it already did so under another."""
    under = next((link for link in group.chain if today in link.days), None)
    if begun and under is not None and today in days:
        yield Reason(
            code="days.begun",
            message=f"A session, a record or wellbeing support of today is under {under.supervisor_name} already.",
            remedy="Hand over from tomorrow; for today it stays with them.",
            earliest=day_after(today),
            field="starts_on",
        )


def _remedy_for_the_past(group: GroupFacts, days: Span) -> str:
    gap = open_days(group)
    if gap is None or days.first < gap.first:
        return "Choose today or a later day."
    if group.state == GroupState.PLANNED and not group.chain:
        return "Move the group's first day."
    return "A group cannot go on after days without a supervisor: close it and plan a new one."


def _conflicts(person: Person, role: ActingRole, group: GroupFacts, days: Span) -> Iterator[Reason]:
    if any(spell.facilitator_id == person.staff_id and spell.days.meets(days) for spell in group.placed):
        yield Reason(
            code="supervision.own",
            message=f"{person.name} is a facilitator of this group on some of these days, and nobody works under"
            " themselves.",
            remedy="Choose somebody else, or end their assignment first.",
        )
    theirs = [link.days for link in group.chain if (link.supervisor_id, link.role) == (person.staff_id, role)]
    if not days.is_empty and first_gap(theirs, days) is None:
        yield Reason(
            code="supervision.already",
            message=f"{person.name} is named as {ACTING_ROLE_NAMES[role]} on each of these days already.",
        )


def cut_by_rights(days: Span, rights: Iterable[Right]) -> tuple[Link, ...]:
    """Return the days as links, each under one authorisation, as few as there can be; open days are in none."""
    links: list[Link] = []
    left = [days]
    for right in sorted(rights, key=lambda one: one.days):
        links += [Link(days=span.shared_with(right.days), right=right) for span in left if span.meets(right.days)]
        left = [rest for span in left for rest in without(span, [right.days])]
    return tuple(sorted(links, key=lambda link: link.days))
