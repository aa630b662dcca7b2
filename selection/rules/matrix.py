"""The skills matrix: of each person, where each step and each right stands on a day, in one word and one day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from selection.rules.eligibility import ActingRole, Person, StopKind
from selection.rules.first_delivery import expected_by
from selection.rules.programmes import Stage
from selection.rules.validity import Span, joined


class State(StrEnum):
    """How a step or a right stands on a day."""

    NONE = "none"
    VALID = "valid"
    SOON = "soon"
    LATE = "late"
    AHEAD = "ahead"
    ENDED = "ended"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    DESELECTED = "deselected"


RECOGNISED = "recognised"
STATE_NAMES = {
    State.NONE: "Not yet",
    State.VALID: "Valid",
    State.SOON: "Ends",
    State.LATE: "Not delivered by",
    State.AHEAD: "From",
    State.ENDED: "Ended",
    State.LAPSED: "Lapsed",
    State.SUSPENDED: "Suspended",
    State.DESELECTED: "Deselected",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A state, and the day that goes with it: of an end, of a beginning; None where there is none to tell.

    `recognised` says of a step that holds that it was not assessed here.
    """

    state: State
    day: date | None = None
    recognised: bool = False


def in_words(cell: Cell, day: str) -> str:
    """Return what a cell says; `day` is its day in the words of whoever shows it."""
    words = f"{STATE_NAMES[cell.state]} {day}" if day else STATE_NAMES[cell.state]
    return f"{words}, {RECOGNISED}" if cell.recognised else words


NOTHING, VALID = Cell(state=State.NONE), Cell(state=State.VALID)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What a column is about: a step (of a programme, if it is specific), or the right to deliver or to supervise.

    The right to deliver has the months within which a first delivery is expected.
    """

    stage: Stage | None
    programme_id: int | None
    supervises: bool = False
    first_delivery_months: int = 0


def columns(programmes: Mapping[int, int]) -> tuple[Column, ...]:
    """Return the columns: the two steps that serve every programme, then three for each programme.

    `programmes` says, by id, within how many months of training a first delivery is expected.
    """
    shared = [Column(stage=stage, programme_id=None) for stage in (Stage.SELECTION, Stage.FUNDAMENTAL)]
    return (*shared, *(column for each in programmes.items() for column in _of_programme(*each)))


def _of_programme(programme_id: int, months: int) -> Iterator[Column]:
    yield Column(stage=Stage.PROGRAMME, programme_id=programme_id)
    yield Column(stage=None, programme_id=programme_id, first_delivery_months=months)
    yield Column(stage=None, programme_id=programme_id, supervises=True)


def cells(person: Person, wanted: Iterable[Column], *, today: date, soon: int) -> tuple[Cell, ...]:
    """Return the person's cells; what ends within `soon` days is said to end, unless something goes on from there."""
    return tuple([_cell(person, column, today, soon) for column in wanted])


def _cell(person: Person, column: Column, today: date, soon: int) -> Cell:
    if column.stage is not None:
        steps = [
            step
            for step in person.steps
            if step.stage == column.stage and step.programme_id in (None, column.programme_id)
        ]
        if not steps:
            return NOTHING
        stands = standing([step.days for step in steps], today=today, soon=soon)
        holding = [step.recognised for step in steps if today in step.days]
        return replace(stands, recognised=True) if holding and all(holding) else stands
    supervises, programme_id = column.supervises, column.programme_id
    rights = [
        right
        for right in person.rights
        if right.programme_id == programme_id and (right.role != ActingRole.FACILITATOR) == supervises
    ]
    if programme_id is None or not rights:
        return NOTHING
    stops = (stop for stop in person.stops if stop.programme_id in (None, programme_id) and today in stop.days)
    if person.stops and (stopped := {stop.kind for stop in stops}):
        return Cell(state=State.DESELECTED if StopKind.DESELECTION in stopped else State.SUSPENDED)
    stands = standing([right.days for right in rights], today=today, soon=soon)
    holds = stands is VALID or stands.state == State.SOON
    if supervises or not holds:
        return stands
    if not person.has_lapsed(programme_id, today):
        return _late(person, column, today) or stands if stands is VALID else stands
    mine = [one.days for one in person.practices if one.programme_id == programme_id and not one.days.is_empty]
    over = [span.last for span in mine if span.last < today]
    return Cell(state=State.LAPSED, day=max(over, default=None))


def _late(person: Person, column: Column, today: date) -> Cell | None:
    """Return that a first delivery was expected by now, of somebody who may deliver; None if none was."""
    by = expected_by(person, column.programme_id or 0, months=column.first_delivery_months)
    return Cell(state=State.LATE, day=by) if by is not None and by < today else None


def standing(spans: Sequence[Span], *, today: date, soon: int) -> Cell:
    """Return how the spans together stand on the day; those that touch count as one."""
    whole = spans if len(spans) == 1 and not spans[0].is_empty else joined(spans)
    for span in whole:
        if span.last < today:
            continue
        if span.first > today:
            return Cell(state=State.AHEAD, day=span.first)
        return Cell(state=State.SOON, day=span.last) if span.last - today <= timedelta(days=soon) else VALID
    return Cell(state=State.ENDED, day=whole[-1].last) if whole else NOTHING
