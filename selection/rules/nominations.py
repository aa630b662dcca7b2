"""Who may be put forward to an assessment centre, and which exercises they would sit there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.eligibility import Stopped
from selection.rules.reasons import Reason
from selection.rules.resits import PastDecision, resit
from selection.rules.standards import ExerciseKind, SelectionStandard
from selection.rules.validity import Span, day_after
from selection.rules.words import day_in_words

_FIELD = "candidate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Nominee:
    """All that the rule needs to know of somebody who is to be put forward.

    `here` says that they are on this centre already; `waiting_at` names another centre that has not decided on them;
    `history` are the decisions of earlier centres, `recognised` the days on which a selection elsewhere is recognised.
    """

    staff_id: int
    name: str
    employed: Span
    stops: tuple[Stopped, ...] = ()
    here: bool = False
    waiting_at: str | None = None
    history: tuple[PastDecision, ...] = ()
    recognised: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Nomination:
    """The exercises that the nominee would sit, those that stand from before with the last day of each, and why not."""

    exercises: tuple[ExerciseKind, ...]
    standing: dict[ExerciseKind, date]
    reasons: tuple[Reason, ...]


def nomination(
    nominee: Nominee,
    *,
    on: date,
    chair_id: int,
    nominated_by_id: int | None,
    put_forward_by_id: int | None,
    standard: SelectionStandard,
) -> Nomination:
    """Return what the nominee would sit at a centre held on the day, and every reason against putting them forward.

    A stop of any programme keeps a person from a centre while it lasts [local default].
    """
    sits = resit(nominee.history, today=on, standard=standard)
    reasons = (
        *_reasons_of_place(nominee),
        *_reasons_of_person(nominee, on),
        *_reasons_of_others(nominee, chair_id, nominated_by_id, put_forward_by_id),
        *(_at_candidate(reason) for reason in sits.reasons),
    )
    return Nomination(exercises=sits.exercises, standing=dict(sits.carried), reasons=reasons)


def _reasons_of_place(nominee: Nominee) -> Iterator[Reason]:
    if nominee.here:
        yield _against("here", f"{nominee.name} is on this centre already.")
    if nominee.waiting_at is not None:
        message = f"{nominee.name} waits for a decision of {nominee.waiting_at}."
        yield _against("waiting", message, "That centre decides first.")


def _reasons_of_person(nominee: Nominee, on: date) -> Iterator[Reason]:
    if on < nominee.employed.first:
        message = f"{nominee.name} joins the service on {day_in_words(nominee.employed.first)}."
        yield _against("not_yet_here", message, "Choose a later centre.", nominee.employed.first)
    if on > nominee.employed.last:
        yield _against("left", f"{nominee.name} leaves the service on {day_in_words(nominee.employed.last)}.")
    for stop in nominee.stops:
        if on in stop.days:
            message = f"{nominee.name} is under a {stop.kind} on {day_in_words(on)}."
            after = day_after(stop.days.last)
            earliest = after if after > stop.days.last else None
            yield _against(f"{stop.kind}", message, "It must end or be lifted first.", earliest)
    for days in nominee.recognised:
        if on in days:
            after = day_after(days.last)
            earliest = after if after > days.last else None
            message = f"The selection of {nominee.name} elsewhere is recognised on {day_in_words(on)}."
            yield _against("recognised", message, "Nothing needs to be sat while it is.", earliest)


def _reasons_of_others(
    nominee: Nominee, chair_id: int, nominated_by_id: int | None, put_forward_by_id: int | None
) -> Iterator[Reason]:
    if nominee.staff_id == chair_id:
        yield _against("chair", f"{nominee.name} chairs this centre.", "Name another chair first.")
    if nominee.staff_id == put_forward_by_id:
        message = "This is you, and nobody puts themselves forward."
        yield _against("oneself", message, "Ask somebody else who runs centres.")
    if nominee.staff_id == nominated_by_id:
        message = "Nobody nominates themselves."
        yield Reason(
            code="candidate.own_nomination", field="nominated_by", message=message, remedy="Leave the field empty."
        )


def _against(code: str, message: str, remedy: str = "", earliest: date | None = None) -> Reason:
    return Reason(code=f"candidate.{code}", field=_FIELD, message=message, remedy=remedy, earliest=earliest)


def _at_candidate(reason: Reason) -> Reason:
    return Reason(
        code=reason.code, field=_FIELD, message=reason.message, remedy=reason.remedy, earliest=reason.earliest
    )
