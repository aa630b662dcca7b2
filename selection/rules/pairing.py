"""Who may assess whom: an assessor is current on the day and free of conflict with the candidate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.reasons import Reason
from selection.rules.validity import Span, earliest_fit
from selection.rules.words import day_in_words

DEFAULT_VALID_MONTHS = 12
"""How long assessor training is valid, in months, unless somebody says otherwise [local default]."""

_SOMEBODY_ELSE = "Choose another assessor."


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessor:
    """All that the rule needs to know of somebody who may assess.

    `trained` are the days on which they are current as an assessor, `acquaintances` the staff members with whom an
    acquaintance is declared in either direction, `assessed_before` those whom they assessed at an earlier centre;
    `can_sign_in` is true of who has a login with which to rate.
    """

    staff_id: int
    name: str
    employed: Span
    trained: tuple[Span, ...] = ()
    acquaintances: frozenset[int] = frozenset()
    assessed_before: frozenset[int] = frozenset()
    can_sign_in: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """All that the rule needs to know of the candidate."""

    staff_id: int
    name: str
    line_manager_id: int | None = None
    nominated_by_id: int | None = None


def reasons_against_pairing(assessor: Assessor, candidate: Candidate, *, on: date) -> tuple[Reason, ...]:
    """Return every reason why the assessor may not assess the candidate on the day; an empty tuple means they may."""
    return (*_reasons_against_assessing(assessor, on), *_conflicts(assessor, candidate))


def reasons_against_seating(
    assessor: Assessor, candidate: Candidate, *, on: date, seated: frozenset[int], places: int
) -> tuple[Reason, ...]:
    """Return every reason against giving the assessor a place at one exercise of the candidate.

    `seated` are the assessors who have a place there already, and `places` is how many the standard asks for.
    """
    return (*reasons_against_pairing(assessor, candidate, on=on), *_reasons_of_places(assessor, seated, places))


def reasons_against_training(
    name: str, days: Span, *, known: Iterable[Span], oneself: bool = False
) -> tuple[Reason, ...]:
    """Return why assessor training with these days of validity is not recorded.

    It is there already, has no days, or whoever records it says it of `oneself`.
    """
    if oneself:
        message = "This is your own number, and nobody records their own training."
        remedy = "Ask somebody else who runs centres."
        return (Reason(code="training.own", field="number", message=message, remedy=remedy),)
    if days.is_empty:
        message = "The training would end before it starts."
        return (Reason(code="training.no_days", field="valid_from", message=message, remedy="Enter other days."),)
    if any(span.covers(days) for span in known):
        message = f"{name} is current on all of these days already."
        return (Reason(code="training.known", field="valid_from", message=message),)
    return ()


def _reasons_against_assessing(assessor: Assessor, on: date) -> Iterator[Reason]:
    if on not in assessor.employed:
        message = f"{assessor.name} is not in the service on {day_in_words(on)}."
        yield _against("not_here", message, _SOMEBODY_ELSE)
    if not any(on in span for span in assessor.trained):
        yield Reason(
            code="assessor.not_current",
            field="assessor",
            message=f"{assessor.name} is not current as an assessor on {day_in_words(on)}.",
            remedy="Record the assessor training that covers the day, or choose another assessor.",
            earliest=earliest_fit(assessor.trained, Span(first=on, last=on)),
        )


def _conflicts(assessor: Assessor, candidate: Candidate) -> Iterator[Reason]:
    if assessor.staff_id == candidate.staff_id:
        yield _against("own", f"{assessor.name} is the candidate, and nobody assesses themselves.", _SOMEBODY_ELSE)
    if assessor.staff_id == candidate.line_manager_id:
        yield _against("line_manager", f"{assessor.name} is {candidate.name}'s line manager.", _SOMEBODY_ELSE)
    if assessor.staff_id == candidate.nominated_by_id:
        yield _against("nominator", f"{assessor.name} put {candidate.name} forward.", _SOMEBODY_ELSE)
    if candidate.staff_id in assessor.acquaintances:
        message = f"{assessor.name} and {candidate.name} have a declared acquaintance."
        yield _against("acquaintance", message, _SOMEBODY_ELSE)
    if candidate.staff_id in assessor.assessed_before:
        message = f"{assessor.name} assessed {candidate.name} at an earlier centre; a re-sit has new assessors."
        yield _against("assessed_before", message, _SOMEBODY_ELSE)


def _reasons_of_places(assessor: Assessor, seated: frozenset[int], places: int) -> Iterator[Reason]:
    if assessor.staff_id in seated:
        yield _against("seated", f"{assessor.name} has a place at this exercise already.")
    elif len(seated) >= places:
        message = f"All {places} places of this exercise are taken."
        yield _against("no_place", message, "Take somebody off first.")


def _against(code: str, message: str, remedy: str = "") -> Reason:
    return Reason(code=f"assessor.{code}", field="assessor", message=message, remedy=remedy)
