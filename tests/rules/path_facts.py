"""People at points of the path in small: short ways to say which certificates, rights and stops somebody has."""

from datetime import date
from itertools import count

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Appointed, Person, Right, Step, StopKind, Stopped
from selection.rules.programmes import Stage
from selection.rules.validity import Span

CSOGP, OTHER = 1, 2
JOINED = date(2020, 1, 6)

_ids = count(1)


def days(first: date, last: date = NO_END) -> Span:
    """From a day to a day, or without an end."""
    return Span(first=first, last=last)


YEAR = days(date(2027, 1, 1), date(2027, 12, 31))


def step(stage: Stage, spell: Span = YEAR, *, programme_id: int | None = None, id: int | None = None) -> Step:  # noqa: A002
    """A certificate; that of programme training is of C-SOGP unless said otherwise."""
    if stage == Stage.PROGRAMME and programme_id is None:
        programme_id = CSOGP
    return Step(id=id or next(_ids), stage=stage, programme_id=programme_id, days=spell)


def three(spell: Span = YEAR, *, programme_id: int = CSOGP) -> tuple[Step, ...]:
    """All three steps, valid on the same days."""
    return (
        step(Stage.SELECTION, spell),
        step(Stage.FUNDAMENTAL, spell),
        step(Stage.PROGRAMME, spell, programme_id=programme_id),
    )


def right(spell: Span = YEAR, role: ActingRole = ActingRole.FACILITATOR, programme_id: int = CSOGP) -> Right:
    """An authorisation."""
    return Right(id=next(_ids), programme_id=programme_id, role=role, days=spell)


def appointed(
    spell: Span = YEAR, role: ActingRole = ActingRole.TREATMENT_MANAGER, programme_id: int = CSOGP
) -> Appointed:
    """An appointment to supervise."""
    return Appointed(id=next(_ids), programme_id=programme_id, role=role, days=spell)


def suspended(spell: Span, programme_id: int | None = None) -> Stopped:
    """A suspension, of every programme unless one is named."""
    return Stopped(kind=StopKind.SUSPENSION, programme_id=programme_id, days=spell)


def deselected(first: date, programme_id: int | None = None) -> Stopped:
    """A deselection from a day on."""
    return Stopped(kind=StopKind.DESELECTION, programme_id=programme_id, days=days(first))


def person(
    *,
    steps: tuple[Step, ...] = (),
    rights: tuple[Right, ...] = (),
    stops: tuple[Stopped, ...] = (),
    appointments: tuple[Appointed, ...] = (),
    employed: Span = Span(first=JOINED, last=NO_END),  # noqa: B008 - frozen
) -> Person:
    """Ann Lee, with what is said of her."""
    return Person(
        staff_id=1,
        name="Ann Lee",
        employed=employed,
        steps=steps,
        rights=rights,
        stops=stops,
        appointments=appointments,
    )
