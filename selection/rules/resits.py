"""Which exercises a candidate sits next, from which day, and why not before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from selection.rules.calendar import add_months, last_day_valid
from selection.rules.outcomes import Decision, Outcome
from selection.rules.reasons import Reason
from selection.rules.standards import ExerciseKind, SelectionStandard

_ATTEMPTS = (Decision.SELECTED, Decision.NOT_YET)
_NOTHING_TO_SIT = Reason(
    code="resit.nothing_to_sit",
    message="Every exercise has an outcome, and the decision is still to be made.",
    remedy="Resolve what is borderline, and decide.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PastDecision:
    """A decision, the day on which it was made, and the outcomes of the exercises that were sat for it.

    Outcomes that stood from an earlier decision are not repeated here. Every period is counted from `decided_on`.
    """

    decided_on: date
    decision: Decision
    outcomes: Mapping[ExerciseKind, Outcome]


@dataclass(frozen=True, kw_only=True, slots=True)
class Resit:
    """What a candidate would sit on the earliest day on which they may, and every reason why that is not today.

    `exercises` are to be sat; `carried` are not, each with the last day on which its outcome may be used. `earliest` is
    today if there is no reason, and None if no day can be told.
    """

    exercises: tuple[ExerciseKind, ...]
    carried: Mapping[ExerciseKind, date]
    earliest: date | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """The latest outcome of an exercise, and the day of the decision that it was sat for."""

    outcome: Outcome
    since: date


def resit(history: Sequence[PastDecision], *, today: date, standard: SelectionStandard) -> Resit:
    """Return what is to be sat next, the earliest day for it and every reason why not today.

    As many exercises not yet as the standard lets be sat alone: those, while the others stand; more: the whole centre.
    An exercise that was not yet when another was void or incomplete is kept until it could be sat again itself, and is
    sat together with that one from then on. There is a wait after "not yet", and only so many attempts in a window of
    months; void and deferred count as none and ask for no wait [local defaults, all taken from the standard].
    Decisions after *today* are not known yet and leave no mark.
    """
    known = sorted((each for each in history if each.decided_on <= today), key=_in_order)
    refused = tuple(_dated_reasons([each for each in known if each.decision in _ATTEMPTS], today, standard))
    on = max([today, *(reason.earliest for reason in refused if reason.earliest)])
    carried = _carried(known, on, standard)
    exercises = tuple(kind for kind in ExerciseKind if kind not in carried)
    if not exercises:
        return Resit(exercises=(), carried=carried, earliest=None, reasons=(*refused, _NOTHING_TO_SIT))
    return Resit(exercises=exercises, carried=carried, earliest=on, reasons=refused)


def stands_until(outcome: Outcome, since: date, standard: SelectionStandard) -> date:
    """Return the last day on which an outcome may be used that was decided on the day *since*.

    One that was not yet serves no longer than the wait until it may be sat again.
    """
    longest = last_day_valid(since, standard.standing_months)
    if outcome is not Outcome.NOT_YET:
        return longest
    return min(longest, add_months(since, standard.resit_wait_months) - timedelta(days=1))


def _in_order(decision: PastDecision) -> tuple[date, bool]:
    # An exercise that was void may be run again and decided on the same day, so that void and deferred come first.
    return decision.decided_on, decision.decision in _ATTEMPTS


def _dated_reasons(attempts: Sequence[PastDecision], today: date, standard: SelectionStandard) -> Iterator[Reason]:
    if attempts and attempts[-1].decision is Decision.SELECTED:
        until = add_months(attempts[-1].decided_on, standard.pass_valid_months)
        message = "The candidate is selected, and the pass is still valid."
        yield from _until(until, today, "selected", message, "Nothing needs to be sat while it is.")
    if attempts and attempts[-1].decision is Decision.NOT_YET:
        until = add_months(attempts[-1].decided_on, standard.resit_wait_months)
        message = f"A re-sit comes {standard.resit_wait_months} months after the decision at the earliest."
        yield from _until(until, today, "too_soon", message, "Wait until then.")
    allowed, window = standard.attempts_allowed, standard.attempts_window_months
    if len(attempts) >= allowed:
        until = add_months(attempts[-allowed].decided_on, window)
        message = f"The candidate has used {allowed} of {allowed} attempts in {window} months."
        yield from _until(until, today, "attempts_used", message, "Wait until the first of them no longer counts.")


def _until(day: date, today: date, code: str, message: str, remedy: str) -> Iterator[Reason]:
    if today < day:
        yield Reason(code=f"resit.{code}", message=message, remedy=remedy, earliest=day)


def _carried(known: Sequence[PastDecision], on: date, standard: SelectionStandard) -> dict[ExerciseKind, date]:
    held: dict[ExerciseKind, _Held] = {}
    for decision in known:
        held = _held_after(decision, held, standard.most_sat_alone)
    until = {kind: stands_until(each.outcome, each.since, standard) for kind, each in held.items()}
    return {kind: until[kind] for kind in ExerciseKind if kind in until and on <= until[kind]}


def _held_after(
    decision: PastDecision, before: Mapping[ExerciseKind, _Held], most_alone: int
) -> dict[ExerciseKind, _Held]:
    sat = {kind: _Held(outcome, decision.decided_on) for kind, outcome in decision.outcomes.items()}
    held = {**before, **sat}
    not_yet = sum(each.outcome is Outcome.NOT_YET for each in held.values())
    if decision.decision is Decision.SELECTED or (decision.decision is Decision.NOT_YET and not_yet > most_alone):
        return {}
    stays = {Outcome.COMPETENT}
    if decision.decision not in _ATTEMPTS:
        # Until there is a decision, running another exercise properly must not wipe out one that was not yet.
        stays |= {Outcome.NOT_YET, Outcome.BORDERLINE}
    return {kind: each for kind, each in held.items() if each.outcome in stays}
