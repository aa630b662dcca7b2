"""A result part by part: what an assessment adds, how often a part can be assessed, and who may say so.

Understanding, competencies and abilities are each assessed [seed]; whoever trains records, somebody else certifies.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.reasons import Reason
from selection.rules.training import Part, PartResult
from selection.rules.validity import Span
from selection.rules.words import day_in_words


class What(StrEnum):
    """Why a result changes: a part was assessed again, or what was recorded is wrong."""

    AGAIN = "again"
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """What ties somebody to the person whose result it is; `took_part`: they assessed or recorded some of it."""

    line_manager: bool = False
    managed: bool = False
    acquainted: bool = False
    took_part: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What one part came to as somebody would record it; `again` says that it was not passed a further time."""

    part: Part
    result: PartResult
    mark: int | None = None
    again: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Now:
    """Where a part stands: its result, how often it was assessed, and the mark and the row of the last time."""

    result: PartResult = PartResult.NOT_ASSESSED
    attempts: int = 0
    mark: int | None = None
    row_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class New:
    """An assessment to add: the attempt that it is, and the row that it corrects, if it is a correction."""

    given: Given
    attempt: int
    corrects: int | None = None


def by_mark(mark: int | None, pass_mark: int) -> PartResult:
    """Return what a part comes to that is judged by a mark; without one it was not assessed."""
    if mark is None:
        return PartResult.NOT_ASSESSED
    return PartResult.PASSED if mark >= pass_mark else PartResult.NOT_YET


def additions(given: Iterable[Given], now: Mapping[Part, Now], *, what: What) -> tuple[New, ...]:
    """Return the assessments that would be added; what is as it was adds none."""
    return tuple(_additions(given, now, what))


def _additions(given: Iterable[Given], now: Mapping[Part, Now], what: What) -> Iterator[New]:
    for one in given:
        stands = now.get(one.part, Now())
        same = (one.result, one.mark) == (stands.result, stands.mark) and not one.again
        if one.result == PartResult.NOT_ASSESSED or same:
            continue
        if stands.attempts and what == What.CORRECTION:
            yield New(given=one, attempt=stands.attempts, corrects=stands.row_id)
        else:
            yield New(given=one, attempt=stands.attempts + 1)


def reasons_against_parts(
    added: Iterable[New], given: Iterable[Given], now: Mapping[Part, Now], *, what: What, allowed: int
) -> tuple[Reason, ...]:
    """Return why these assessments cannot be added; `allowed` is how often a part can be assessed."""
    return (*_taken_back(given, now), *(reason for one in added for reason in _attempt(one, now, what, allowed)))


def _taken_back(given: Iterable[Given], now: Mapping[Part, Now]) -> Iterator[Reason]:
    for one in given:
        if one.result == PartResult.NOT_ASSESSED and now.get(one.part, Now()).row_id is not None:
            yield Reason(
                code="part.taken_back",
                message=f"{one.part.capitalize()} was assessed, and that stays on record.",
                remedy="Correct what it came to instead.",
                field=one.part,
            )


def _attempt(one: New, now: Mapping[Part, Now], what: What, allowed: int) -> Iterator[Reason]:
    part, stands = one.given.part, now.get(one.given.part, Now())
    if what == What.CORRECTION or not stands.attempts:
        return
    if stands.result == PartResult.PASSED:
        yield Reason(
            code="part.passed_already",
            message=f"{part.capitalize()} is passed already, so it is not assessed again.",
            remedy="An error is put right as a correction.",
            field=part,
        )
    elif one.attempt > allowed:
        times = "once" if allowed == 1 else f"{allowed} times"
        yield Reason(
            code="part.no_attempt_left",
            message=f"{part.capitalize()} can be assessed {times}, and was.",
            remedy="They take the course again.",
            field=part,
        )


def has_failed(results: Mapping[Part, Now], *, allowed: int) -> bool:
    """True if a part is not passed and cannot be assessed any more."""
    return any(one.result == PartResult.NOT_YET and one.attempts >= allowed for one in results.values())


def reasons_against_day(on: date, event: Span, *, today: date) -> tuple[Reason, ...]:
    """Return why a part cannot have been assessed on the day."""
    if event.first <= on <= today:
        return ()
    return (
        Reason(
            code="assessed.day",
            message=f"A part is assessed from the event's first day, {day_in_words(event.first)}, until today.",
            field="assessed_on",
        ),
    )


def reasons_of_ties(name: str, tie: Tie, *, certifying: bool) -> tuple[Reason, ...]:
    """Return why somebody with these ties to the person does not record, or certify, their result."""
    return tuple(_ties(name, tie, "certify" if certifying else "record"))


def _ties(name: str, tie: Tie, deed: str) -> Iterator[Reason]:
    other = "Ask another training lead."
    if tie.line_manager:
        yield Reason(
            code="tie.line_manager", message=f"You are {name}'s line manager, so you do not {deed} this.", remedy=other
        )
    if tie.managed:
        yield Reason(
            code="tie.managed", message=f"{name} is your line manager, so you do not {deed} this.", remedy=other
        )
    if tie.acquainted:
        message = f"You and {name} have a declared acquaintance, so you do not {deed} this."
        yield Reason(code="tie.acquaintance", message=message, remedy=other)
    if tie.took_part and deed == "certify":
        yield Reason(
            code="tie.took_part",
            message=f"You recorded or assessed part of {name}'s result, and it takes a second person to certify it.",
            remedy=other,
        )


def reasons_against_ending(
    name: str, *, how: str, present: int, passed: bool, over: bool, certified: bool, reason: str
) -> tuple[Reason, ...]:
    """Return why a booking cannot be ended as failed, withdrawn or absent; `present` are the days they were there."""
    return tuple(_ending(name, how, present, passed, over, certified, reason))


def _ending(
    name: str, how: str, present: int, passed: bool, over: bool, certified: bool, reason: str
) -> Iterator[Reason]:
    if passed or certified:
        yield Reason(
            code="end.passed",
            message=f"{name} has passed.",
            remedy="If that is an error, correct the result first.",
        )
    if how == "absent" and present:
        days = "a day" if present == 1 else f"{present} days"
        yield Reason(
            code="end.was_there",
            message=f"By the roll {name} was there on {days}.",
            remedy="Put the roll right, or choose withdrawn.",
            field="how",
        )
    if how in {"absent", "failed"} and not over:
        yield Reason(
            code="end.not_over",
            message="The event is not over.",
            remedy="Until then only a withdrawal is certain.",
            field="how",
        )
    if not reason.strip():
        yield Reason(code="reason.missing", message="Say why.", field="why")


def reasons_against_reassessment(
    name: str, *, on: date, until: date | None, ended: bool, today: date
) -> tuple[Reason, ...]:
    """Return why what is open is not assessed again on the day; `until` is the last day, None if nothing is open."""
    if until is None or ended:
        return (Reason(code="reassess.nothing_open", message=f"Nothing of {name}'s result is open.", field="on_day"),)
    if today <= on <= until:
        return ()
    message = f"What is open can be assessed again from today until {day_in_words(until)}."
    return (Reason(code="reassess.day", message=message, field="on_day"),)
