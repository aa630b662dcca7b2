"""May somebody act, and why: the one answer for a person, a programme, a role and a range of days.

A range is asked as one spell. Each of its days must be authorised, and a facilitator's first day must lie within their
practice: whoever then delivers does not lapse. So “from today to December” can be yes where “December” alone is no.
"""

from dataclasses import dataclass
from datetime import date

from selection.rules.calendar import NO_END, add_months
from selection.rules.earliest import beginnings, earliest_start, free_days
from selection.rules.eligibility import ActingRole, Person, Practised, Right, reasons_against_acting
from selection.rules.reasons import Reason
from selection.rules.validity import Span, day_after

LONGEST_YEARS = 20
"""Nobody plans further: a range that is longer is a slip of the pen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """As what, on which programme, on which days, both ends included."""

    role: ActingRole
    programme_id: int
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Yes, with the authorisations (in order) and the practice that it rests on; or every reason against it.

    `earliest` is the first day, not before the one asked, from which as many days in a row would be a yes on what is
    there now; None if none would. For a yes it is the first day asked.
    """

    question: Question
    reasons: tuple[Reason, ...]
    earliest: date | None
    rights: tuple[Right, ...]
    practice: Practised | None

    @property
    def is_yes(self) -> bool:
        """True if nothing is against it."""
        return not self.reasons


def reasons_against_asking(days: Span) -> tuple[Reason, ...]:
    """Return what is wrong with the range itself; each reason names its form field."""
    if days.is_empty:
        message = "The last day is before the first day."
        return (Reason(code="days.order", message=message, remedy="Choose a later last day.", field="last"),)
    if days.last > add_months(days.first, 12 * LONGEST_YEARS):
        message = f"The days are more than {LONGEST_YEARS} years."
        return (Reason(code="days.too_long", message=message, remedy="Choose an earlier last day.", field="last"),)
    return ()


def answer(person: Person, question: Question) -> Answer:
    """Return whether the person may act as asked; `reasons_against_asking` has found nothing wrong with the range."""
    role, programme_id, days = question.role, question.programme_id, question.days
    reasons = reasons_against_acting(person, role, programme_id, days)
    free = free_days(person, role, programme_id, within=Span(first=days.first, last=NO_END))
    return Answer(
        question=question,
        reasons=reasons,
        earliest=earliest_start(free, days, beginnings(person, role, programme_id)),
        rights=tuple(_covering(person.rights_as(role, programme_id), days)) if not reasons else (),
        practice=person.practice_on(programme_id, days.first) if role == ActingRole.FACILITATOR else None,
    )


def _covering(rights: tuple[Right, ...], days: Span) -> list[Right]:
    """Return as few rights as cover the days, in order; there are no days that none covers."""
    chosen: list[Right] = []
    while not chosen or chosen[-1].days.last < days.last:
        day = day_after(chosen[-1].days.last) if chosen else days.first
        chosen.append(max((one for one in rights if day in one.days), key=lambda one: one.days.last))
    return chosen
