"""Extending certificates extraordinarily: only what is still valid, only to later days, and never one's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.calendar import NO_END, add_months
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words

MOST_MONTHS = 12
"""How far beyond its end a certificate can be extended at once [default]: beyond that it takes a refresher."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extended:
    """A certificate that shall be extended."""

    staff_id: int
    name: str
    number: str
    days: Span
    withdrawn: bool


def reasons_against_extension(
    one: Extended, *, until: date, approver_id: int | None, today: date, most_months: int = MOST_MONTHS
) -> tuple[Reason, ...]:
    """Return every reason why this certificate cannot be extended to that day by this approver (a staff id)."""
    return tuple(_against(one, until, approver_id, today, most_months))


def _against(one: Extended, until: date, approver_id: int | None, today: date, most_months: int) -> Iterator[Reason]:
    what = f"Certificate {one.number} of {one.name}"
    if one.staff_id == approver_id:
        yield Reason(code="extension.own", message="Nobody extends a certificate of their own.", remedy="Ask another.")
    if one.withdrawn:
        yield Reason(code="extension.withdrawn", message=f"{what} was withdrawn.", remedy="Take it off the list.")
        return
    if one.days.last == NO_END:
        yield Reason(code="extension.no_end", message=f"{what} has no end.", remedy="Take it off the list.")
        return
    if one.days.last < today:
        yield Reason(
            code="extension.over",
            message=f"{what} ended on {day_in_words(one.days.last)}; days that are over stay as they were.",
            remedy="It takes a refresher or a recognition.",
        )
    if until <= one.days.last:
        yield Reason(
            code="extension.not_later",
            message=f"{what} is valid until {day_in_words(one.days.last)} already.",
            remedy="Choose a later day.",
            field="until",
        )
    elif until > add_months(one.days.last, most_months):
        yield Reason(
            code="extension.too_far",
            message=f"{what} can be extended by {most_months} months at most.",
            remedy="Choose an earlier day; beyond it a refresher is needed.",
            field="until",
        )


def reasons_against_approver(approver_id: int | None, *, requested_by_id: int, reason: str) -> tuple[Reason, ...]:
    """Return why this person cannot approve an extension that the other asked for."""
    reasons = []
    if approver_id is None:
        reasons.append(
            Reason(code="extension.nobody", message="Your login belongs to no staff member, so it cannot approve.")
        )
    if approver_id == requested_by_id:
        reasons.append(
            Reason(
                code="extension.requester",
                message="Whoever asks for an extension does not approve it.",
                remedy="Ask another training lead.",
                field="requested_by",
            )
        )
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why it is extended.", field="reason"))
    return tuple(reasons)
