"""When a result can be recorded, what it stands for, and when it is certified: nobody does either for themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.assessing import Tie, What, reasons_of_ties
from selection.rules.reasons import Reason
from selection.rules.training import CourseFacts, Part, PartResult, reassess_by
from selection.rules.words import day_in_words

PARTS = tuple(part.value for part in Part)
"""What is assessed in training [seed]."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """The three parts of a result."""

    understanding: PartResult
    competencies: PartResult
    abilities: PartResult

    def of(self, part: str) -> PartResult:
        """Return what the part of this name came to."""
        return {
            "understanding": self.understanding,
            "competencies": self.competencies,
            "abilities": self.abilities,
        }[part]

    @property
    def all_passed(self) -> bool:
        """True if each part is passed."""
        return all(self.of(part) == PartResult.PASSED for part in PARTS)


UNASSESSED = Parts(
    understanding=PartResult.NOT_ASSESSED, competencies=PartResult.NOT_ASSESSED, abilities=PartResult.NOT_ASSESSED
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """A result on record."""

    parts: Parts
    attended_enough: bool
    passed: bool
    recorded_on: date
    reassess_by: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attended:
    """A booked person's roll: present or not by day, for the days taken so far; and all days of the event."""

    held: tuple[date, ...]
    present: Mapping[date, bool]

    @property
    def days_present(self) -> int:
        """How many of the event's days the person was there."""
        return sum(self.present.get(day, False) for day in self.held)

    @property
    def missing(self) -> tuple[date, ...]:
        """The event's days for which the roll was not taken."""
        return tuple(day for day in self.held if day not in self.present)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """A booking, as far as its result is concerned."""

    staff_id: int
    name: str
    cancelled: bool
    attended: Attended
    latest: Recorded | None


def reasons_against_result(
    taking: Taking,
    parts: Parts,
    *,
    reason: str,
    recorder_id: int | None,
    today: date,
    what: What = What.AGAIN,
    tie: Tie = Tie(),  # noqa: B008 - it is frozen
) -> tuple[Reason, ...]:
    """Return every reason why these parts cannot be recorded now.

    `recorder_id` is the staff id of who would, and `tie` what ties them to the person.
    """
    return (
        *_recording(taking, recorder_id, today),
        *reasons_of_ties(taking.name, tie, certifying=False),
        *_changing(taking, parts, reason, what, today),
    )


def reasons_against_recorder(taking: Taking, recorder_id: int | None) -> tuple[Reason, ...]:
    """Return why this staff member says nothing of the result, or why nobody does."""
    return tuple(_recorder(taking, recorder_id))


def _recorder(taking: Taking, recorder_id: int | None) -> Iterator[Reason]:
    if recorder_id is None:
        yield Reason(
            code="result.nobody",
            message="Your login belongs to no staff member, so it cannot record a result.",
            remedy="Ask a trainer of the event.",
        )
    if taking.staff_id == recorder_id:
        yield Reason(code="result.own", message="Nobody records their own result.", remedy="Ask another training lead.")
    if taking.cancelled:
        yield Reason(code="booking.cancelled", message=f"{taking.name}'s booking was cancelled.")


def _recording(taking: Taking, recorder_id: int | None, today: date) -> Iterator[Reason]:
    yield from _recorder(taking, recorder_id)
    last = max(taking.attended.held)
    if today < last:
        yield Reason(
            code="event.not_over",
            message=f"The event runs until {day_in_words(last)}.",
            remedy="Results are recorded from the last day on.",
            earliest=last,
        )
    elif missing := taking.attended.missing:
        yield Reason(
            code="roll.incomplete",
            message=f"The roll was not taken for {taking.name} on {day_in_words(missing[0])}"
            f"{f' and {len(missing) - 1} more' if len(missing) > 1 else ''}.",
            remedy="Complete the roll first.",
        )


def _changing(taking: Taking, parts: Parts, reason: str, what: What, today: date) -> Iterator[Reason]:
    latest = taking.latest
    if latest is None:
        return
    if not reason.strip():
        yield Reason(
            code="reason.missing",
            message="Say why the result changes, such as a part assessed again or an error put right.",
            field="reason",
        )
    if what == What.CORRECTION or latest.reassess_by is None or today <= latest.reassess_by:
        return
    for part in PARTS:
        if parts.of(part) == PartResult.PASSED != latest.parts.of(part):
            yield Reason(
                code="result.too_late",
                message=f"{part.capitalize()} could be assessed again until {day_in_words(latest.reassess_by)}.",
                remedy="They take the course again.",
                field=part,
            )


def reassess_until(taking: Taking, parts: Parts, course: CourseFacts, *, today: date) -> date | None:
    """Return the last day on which what is not passed can be assessed again; None if every part is passed.

    It is counted from the first result that left something open: failing again gives no more time.
    """
    if parts.all_passed:
        return None
    before = taking.latest.reassess_by if taking.latest else None
    return before or reassess_by(course, recorded_on=today)


class Standing(StrEnum):
    """What a booking came to, from its latest result and its certificate."""

    AWAITED = "awaited"
    NOT_YET = "not_yet"
    PASSED = "passed"
    CERTIFIED = "certified"
    WITHDRAWN = "withdrawn"
    TO_WITHDRAW = "to_withdraw"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """The newest certificate of a booking: whether it rests on the latest result, and whether it was withdrawn."""

    on_latest: bool
    withdrawn: bool


def standing(latest_passed: bool | None, issued: Issued | None) -> Standing:
    """Return what the booking came to; `latest_passed` is None if no result is recorded.

    A certificate outlives a later result that is passed too; one that is not passed leaves it to be withdrawn.
    """
    if latest_passed is None:
        return Standing.AWAITED
    if issued is not None and not issued.withdrawn:
        return Standing.CERTIFIED if latest_passed else Standing.TO_WITHDRAW
    if not latest_passed:
        return Standing.NOT_YET
    return Standing.WITHDRAWN if issued is not None and issued.on_latest else Standing.PASSED


def reasons_against_certifying(
    staff_id: int,
    name: str,
    came_to: Standing,
    *,
    enough_now: bool,
    certifier_id: int | None,
    had_step_before: bool = True,
    tie: Tie = Tie(),  # noqa: B008 - it is frozen
) -> tuple[Reason, ...]:
    """Return every reason why no certificate can be issued; `enough_now` is what the roll as it stands comes to.

    `had_step_before` says that what the course builds on was held on the event's first day: it was when they were
    booked, and may have been withdrawn since.
    Two people stand for a certificate: `tie` says whether the certifier took part in the result, or is close to the
    person. Judge `Standing.CERTIFIED` apart: there is nothing left to do, and that is no refusal.
    """
    own = Reason(code="certificate.own", message="Nobody certifies themselves.", remedy="Ask another training lead.")
    apart = reasons_of_ties(name, tie, certifying=True)
    skipped = Reason(
        code="step.missing",
        message=f"On the event's first day {name} did not hold the certificate that the course builds on.",
        remedy="It ended after they were booked. Nothing is skipped: that step comes first, then this course again.",
    )
    return (
        *([own] if staff_id == certifier_id else []),
        *apart,
        *_certifying(name, came_to, enough_now),
        *([] if had_step_before else [skipped]),
    )


def _certifying(name: str, came_to: Standing, enough_now: bool) -> Iterator[Reason]:
    if came_to == Standing.WITHDRAWN:
        yield Reason(
            code="certificate.withdrawn",
            message=f"The certificate on {name}'s result was withdrawn.",
            remedy="Record a new result first, with the reason.",
        )
    elif came_to != Standing.PASSED:
        yield Reason(
            code="result.not_passed",
            message=f"{name}'s latest result is not a pass.",
            remedy="It takes a pass in all three parts, and the attendance.",
        )
    elif not enough_now:
        yield Reason(
            code="roll.changed",
            message=f"The roll was changed after {name}'s result, and the attendance is no longer enough.",
            remedy="Put the roll right, or record the result again.",
        )
