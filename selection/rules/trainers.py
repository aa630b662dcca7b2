"""Who may train: what a version of a course asks of the trainers who are named for an event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.booking import STOPPED
from selection.rules.calendar import NO_END, add_months
from selection.rules.commitments import Commitment, reasons_against_clash
from selection.rules.eligibility import ActingRole, Person
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span, earliest_fit, first_gap
from selection.rules.words import day_in_words

MONTHS = 12
FIELD = "trainers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a course asks of its trainers; a programme of None, as for fundamental training, means any."""

    stage: Stage
    programme_id: int | None
    authorised: bool
    years: int


def reasons_against_trainer(
    person: Person, asked: Asked, days: Iterable[date], *, duties: Iterable[Commitment] = ()
) -> tuple[Reason, ...]:
    """Return every reason why the person cannot train on these days."""
    held = sorted(days)
    return (
        *_against(person, asked, Span(first=held[0], last=held[-1])),
        *reasons_against_clash(person.name, held, duties, field=FIELD),
    )


def _against(person: Person, asked: Asked, event: Span) -> Iterator[Reason]:
    if not person.employed.covers(event):
        message = f"{person.name} is not in the service on all of those days."
        yield Reason(code="trainer.not_here", message=message, remedy="Name somebody else.", field=FIELD)
    for stop in person.stops:
        if stop.programme_id in (None, asked.programme_id) and stop.days.meets(event):
            message = f"{person.name} {STOPPED[stop.kind]} on those days."
            yield Reason(code=f"trainer.{stop.kind}", message=message, remedy="Name somebody else.", field=FIELD)
    if asked.authorised:
        yield from _not_authorised(person, asked, event)
    if asked.years:
        yield from _too_new(person, asked, event)


def _not_authorised(person: Person, asked: Asked, event: Span) -> Iterator[Reason]:
    rights = [
        right.days
        for right in person.rights
        if right.role == ActingRole.FACILITATOR and asked.programme_id in (None, right.programme_id)
    ]
    gap = first_gap(rights, event)
    if gap is not None:
        yield Reason(
            code="trainer.not_authorised",
            message=f"{person.name} is not authorised {'for the programme ' if asked.programme_id else ''}"
            f"on {day_in_words(gap.first)}, and the course asks that of its trainers.",
            remedy="Name somebody who is, or choose other days.",
            earliest=earliest_fit(rights, event),
            field=FIELD,
        )


def _too_new(person: Person, asked: Asked, event: Span) -> Iterator[Reason]:
    began = [
        step.days.first
        for step in person.steps
        if (step.stage, step.programme_id) == (asked.stage, asked.programme_id) and not step.days.is_empty
    ]
    since = add_months(min(began), asked.years * MONTHS) if began else NO_END
    if since > event.first:
        years = "1 year" if asked.years == 1 else f"{asked.years} years"
        yield Reason(
            code="trainer.too_new",
            message=f"{person.name} has not held a certificate of {STAGE_NAMES[asked.stage]} for {years}"
            f" on {day_in_words(event.first)}, and the course asks that of its trainers.",
            remedy="Name somebody who has.",
            earliest=since if began else None,
            field=FIELD,
        )
