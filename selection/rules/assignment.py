"""Whether a person may be assigned to a group for given days: authorised, supervised by somebody else, not twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Person, reasons_against_acting
from selection.rules.reasons import Reason
from selection.rules.supervision import AssignmentKind, GroupState, Supervised, cut_into_spells
from selection.rules.validity import Span, day_before, first_gap
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A spell that somebody already has on the group; it can begin anew until the day on which they would lapse."""

    facilitator_id: int
    days: Span
    kind: AssignmentKind = AssignmentKind.REGULAR
    lapses_on: date = NO_END


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupFacts:
    """All that the rules need to know of a group to say who may be assigned to it."""

    programme_id: int
    state: GroupState
    days: Span
    chain: tuple[Supervised, ...]
    placed: tuple[Placed, ...]


def reasons_against_assignment(person: Person, group: GroupFacts, days: Span, *, today: date) -> tuple[Reason, ...]:
    """Return every reason why the person may not be assigned on each of the days; an empty tuple means yes."""
    return (*reasons_against_days(group, days, today=today), *reasons_against_person(person, group, days))


def reasons_against_days(group: GroupFacts, days: Span, *, today: date) -> tuple[Reason, ...]:
    """Return what is wrong with the days themselves, whoever is assigned; each reason names its form field."""
    return tuple(_days(group, days, today))


def reasons_against_person(person: Person, group: GroupFacts, days: Span) -> tuple[Reason, ...]:
    """Return every reason that lies with the person, for days that are the group's."""
    acting = reasons_against_acting(person, ActingRole.FACILITATOR, group.programme_id, days)
    return (*acting, *_lapses_meanwhile(person, group, days), *_conflicts(person, group, days))


def _days(group: GroupFacts, days: Span, today: date) -> Iterator[Reason]:
    if days.is_empty:
        yield Reason(code="days.order", message="The last day is before the first day.", field="ends_on")
        return
    if group.state != GroupState.OPEN:
        yield Reason(
            code="group.not_open",
            message=f"The group is {group.state}, not open.",
            remedy="A group is open once a supervisor is named for each of its days.",
        )
    if days.first < today:
        yield Reason(
            code="days.past",
            message="An assignment cannot begin in the past.",
            remedy="Days that are over keep whoever delivered on them.",
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
    gap = first_gap([link.days for link in group.chain], days)
    if gap is not None:
        yield Reason(
            code="supervision.gap",
            message=f"Nobody is named as supervisor from {day_in_words(gap.first)} to {day_in_words(gap.last)}.",
            remedy="Name a treatment manager or designated supervisor for those days first.",
        )


def _lapses_meanwhile(person: Person, group: GroupFacts, days: Span) -> Iterator[Reason]:
    """Say if a later spell of the stay, under the next supervisor, would begin after a lapse: each begins in time."""
    rights = person.rights_as(ActingRole.FACILITATOR, group.programme_id)
    for spell in cut_into_spells(days, rights, group.chain):
        first = spell.days.first
        if first != days.first and person.has_lapsed(group.programme_id, first):
            yield Reason(
                code="authorisation.lapses_meanwhile",
                message=f"{person.name} would go on under another supervisor from {day_in_words(first)}, after their"
                " authorisation lapses if they have not delivered by then.",
                remedy="Choose the day before as the last one; more days can be added once they have delivered.",
            )
            return


def _conflicts(person: Person, group: GroupFacts, days: Span) -> Iterator[Reason]:
    if any(link.supervisor_id == person.staff_id and link.days.meets(days) for link in group.chain):
        yield Reason(
            code="supervision.own",
            message=f"{person.name} supervises this group on some of these days, and nobody works under themselves.",
            remedy="Choose somebody else, or hand the supervision over first.",
        )
    if any(spell.facilitator_id == person.staff_id and spell.days.meets(days) for spell in group.placed):
        yield Reason(
            code="assignment.already",
            message=f"{person.name} is already on this group on some of these days.",
            remedy="Choose days on which they are not, or end the earlier spell.",
        )


def reasons_against_last_day(stay: Span, last: date, *, today: date, begun: bool = False) -> tuple[Reason, ...]:
    """Return what is wrong with a new last day of an assignment that takes up the days; empty means nothing.

    `begun` says that something of today has taken place already with the person there.
    """
    if stay.last < day_before(today):
        return (
            Reason(
                code="assignment.over",
                message=f"This assignment ended on {day_in_words(stay.last)}.",
                remedy="Days that are over keep whoever delivered on them.",
            ),
        )
    return tuple(_last_day(stay, last, today, begun=begun))


def _last_day(stay: Span, last: date, today: date, *, begun: bool) -> Iterator[Reason]:
    if last == stay.last:
        yield Reason(code="assignment.unchanged", message="That is its last day already.", field="last_day")
    elif last < stay.first:
        yield Reason(
            code="days.order",
            message=f"The assignment begins on {day_in_words(stay.first)}.",
            remedy="Choose that day or a later one, or cancel it if it has not begun.",
            earliest=stay.first,
            field="last_day",
        )
    elif last < day_before(today):
        yield Reason(
            code="days.past",
            message="Days that are over keep whoever delivered on them.",
            remedy="The last day can be yesterday at the earliest.",
            earliest=day_before(today),
            field="last_day",
        )
    elif last < today and begun:
        yield Reason(
            code="days.begun",
            message="They were at a session of today already, or are on a record of it.",
            remedy="The last day can be today at the earliest.",
            earliest=today,
            field="last_day",
        )


def reasons_against_cancelling(stay: Span, *, today: date) -> tuple[Reason, ...]:
    """Return why an assignment that takes up the days cannot be cancelled as if it had never been; empty means yes."""
    if stay.first > today:
        return ()
    return (
        Reason(
            code="assignment.begun",
            message=f"The assignment began on {day_in_words(stay.first)}.",
            remedy="Give it an earlier last day instead; days that are over stay.",
        ),
    )
