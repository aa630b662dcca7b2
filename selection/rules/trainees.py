"""Trainees: who is still in training may sit in at sessions, and never fills a place."""

from collections.abc import Iterator
from datetime import date

from selection.rules.eligibility import ActingRole, Person
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words


def reasons_against_sitting_in(person: Person, programme_id: int, day: date) -> tuple[Reason, ...]:
    """Return every reason why the person may not sit in at a session of the programme on the day; empty means yes.

    To sit in takes a pass of selection [default]: participants are met by nobody who was not found suitable.
    """
    return tuple(_reasons(person, programme_id, day))


def _reasons(person: Person, programme_id: int, day: date) -> Iterator[Reason]:
    if day not in person.employed:
        yield Reason(code="person.not_here", message=f"{person.name} is not in the service on {day_in_words(day)}.")
    if any(day in stop.days for stop in person.stops_on(programme_id)):
        yield Reason(
            code="person.stopped",
            message=f"{person.name} is suspended or deselected on {day_in_words(day)}.",
            remedy="That must be lifted first.",
        )
    if not any(day in step.days for step in person.steps_at(Stage.SELECTION, programme_id)):
        yield Reason(
            code="selection.missing",
            message=f"{person.name} has not passed selection at an assessment centre.",
            remedy="A trainee sits in once they are selected.",
        )
    if _is_authorised(person, programme_id, day):
        yield Reason(
            code="trainee.authorised",
            message=f"{person.name} is authorised and no longer a trainee.",
            remedy="Assign them to the group instead.",
        )


def _is_authorised(person: Person, programme_id: int, day: date) -> bool:
    rights = person.rights_as(ActingRole.FACILITATOR, programme_id)
    return any(right.days.covers(Span(first=day, last=day)) for right in rights)
