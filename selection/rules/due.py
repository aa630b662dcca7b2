"""Which authorisations certificates justify: three steps that cover a day, no stop, and to supervise an appointment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from selection.rules.eligibility import SUPERVISING, ActingRole, Appointed, Person, Step
from selection.rules.programmes import Stage
from selection.rules.validity import Span, without


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """An authorisation that the certificates justify and that is not there yet."""

    days: Span
    selection: Step
    fundamental: Step
    programme: Step
    appointment: Appointed | None


def authorisations_due(person: Person, role: ActingRole, programme_id: int) -> tuple[Due, ...]:
    """Return what can be authorised now: for each day that all steps cover, no stop bars and no right holds yet.

    Where several certificates of a step overlap, as after an early renewal, those that last longest are taken, so
    that the authorisations join without a gap.
    """
    barred = [stop.days for stop in person.stops_on(programme_id)]
    barred += [right.days for right in person.rights_as(role, programme_id)]
    due: list[Due] = []
    for whole in sorted(_combinations(person, role, programme_id), key=_longest_first):
        taken = [*barred, *(one.days for one in due)]
        due += [replace(whole, days=days) for days in without(whole.days, taken)]
    return tuple(sorted(due, key=lambda one: one.days.first))


def _combinations(person: Person, role: ActingRole, programme_id: int) -> Iterator[Due]:
    appointed: Iterable[Appointed | None] = (
        person.appointments_as(role, programme_id) if role in SUPERVISING else (None,)
    )
    steps = product(
        person.steps_at(Stage.SELECTION, programme_id),
        person.steps_at(Stage.FUNDAMENTAL, programme_id),
        person.steps_at(Stage.PROGRAMME, programme_id),
    )
    for (selection, fundamental, programme), appointment in product(steps, appointed):
        days = selection.days.shared_with(fundamental.days).shared_with(programme.days).shared_with(person.employed)
        if appointment is not None:
            days = days.shared_with(appointment.days)
        if not days.is_empty:
            yield Due(
                days=days, selection=selection, fundamental=fundamental, programme=programme, appointment=appointment
            )


def _longest_first(due: Due) -> tuple[date, int]:
    return (due.days.first, -due.days.last.toordinal())
