"""From moderated ratings to the outcome of an exercise, and from the outcomes to the decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from selection.rules.moderation import Moderated, Moderation
from selection.rules.reasons import Reason
from selection.rules.standards import Exercise, ExerciseKind, SelectionStandard, in_points


class Outcome(StrEnum):
    """What came of one exercise."""

    COMPETENT = "competent"
    BORDERLINE = "borderline"
    NOT_YET = "not_yet"
    INCOMPLETE = "incomplete"
    VOID = "void"

    @property
    def words(self) -> str:
        """The outcome as it stands in a sentence: "not yet competent"."""
        return "not yet competent" if self is Outcome.NOT_YET else self.value


class Decision(StrEnum):
    """What is decided about a candidate."""

    SELECTED = "selected"
    NOT_YET = "not_yet"
    DEFERRED = "deferred"
    VOID = "void"


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseResult:
    """The outcome of one exercise with its arithmetic, line by line; the mean is in points, None where there is none.

    `resolved` says that a borderline outcome was resolved, so that the arithmetic alone did not give this outcome.
    """

    kind: ExerciseKind
    outcome: Outcome
    mean: Fraction | None
    working: tuple[str, ...]
    resolved: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """How a borderline outcome is to be resolved, by which two people (ids of staff members) and why."""

    outcome: Outcome
    chair_id: int
    second_id: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolvers:
    """Who may resolve a borderline outcome: all that the rule needs to know of the people (ids of staff members).

    `assessors` are those who are current and free of conflict with the candidate; `sat_by` are those who assessed this
    exercise of this candidate, a third assessor included.
    """

    chair_id: int
    candidate_id: int
    assessors: frozenset[int]
    sat_by: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A decision, and every reason why it is not "selected"; each reason's field is the kind of exercise."""

    decision: Decision
    reasons: tuple[Reason, ...]


def exercise_result(
    exercise: Exercise,
    moderation: Moderation | None,
    standard: SelectionStandard,
    *,
    critical_incident_confirmed: bool,
    void_because: str = "",
) -> ExerciseResult:
    """Return the outcome of an exercise and how it was reached.

    Void if it was not run properly; incomplete before the reveal (no moderation), while anything is to be discussed, or
    with too few competencies rated; competent if every part of the pass rule is met; borderline if not, but the mean is
    within k standard errors of the mean needed; else not yet [local defaults, all taken from the standard].
    """
    if void_because.strip():
        return _without_mean(exercise, Outcome.VOID, (f"The exercise was not run properly: {void_because.strip()}",))
    if moderation is None:
        return _without_mean(exercise, Outcome.INCOMPLETE, ("Not every assessor has sealed a form.",))
    rated = [each.points for each in _asked_for(exercise, moderation) if each.points is not None]
    share_met, share = _share(len(rated), len(exercise.competencies), standard)
    working = (*_values(exercise, moderation), share, *_open_questions(moderation))
    if not rated or not share_met or moderation.still_open or moderation.judgement_open:
        return _without_mean(exercise, Outcome.INCOMPLETE, working)
    mean = sum(rated, Fraction(0)) / len(rated)
    tests = _pass_rule(rated, mean, standard, critical_incident_confirmed)
    outcome, conclusion = _concluded(all(met for met, _ in tests), mean, standard)
    lines = (*working, *(line for _, line in tests), conclusion)
    return ExerciseResult(kind=exercise.kind, outcome=outcome, mean=mean, working=lines)


def reasons_against_resolving(
    result: ExerciseResult, resolution: Resolution, resolvers: Resolvers
) -> tuple[Reason, ...]:
    """Return every reason against the resolution; an empty tuple means that it holds.

    A borderline outcome is resolved as competent or not yet, with a reason, by the chair and an assessor who did not
    sit the exercise [local default]; neither is the candidate.
    """
    return tuple(_reasons_against_resolving(result, resolution, resolvers))


def resolve_borderline(result: ExerciseResult, resolution: Resolution, resolvers: Resolvers) -> ExerciseResult:
    """Return the result as resolved, its arithmetic kept; raises ValueError if there is a reason against it."""
    if reasons := reasons_against_resolving(result, resolution, resolvers):
        raise ValueError(" ".join(reason.message for reason in reasons))
    line = (
        f"The chair and an assessor who did not sit the exercise resolved it as {resolution.outcome.words}: "
        f"{resolution.reason.strip()}"
    )
    return replace(result, outcome=resolution.outcome, working=(*result.working, line), resolved=True)


def decide(outcomes: Mapping[ExerciseKind, Outcome]) -> Verdict:
    """Return the decision: selected only if all three exercises are competent [seed].

    No exercise makes up for another, there is no quota and no override. Void comes before deferred and deferred before
    not yet, because only exercises that were run properly and are complete can be decided on [local default].
    """
    held = {kind: outcomes.get(kind) for kind in ExerciseKind}
    short = {kind: outcome for kind, outcome in held.items() if outcome is not Outcome.COMPETENT}
    reasons = tuple(_short_of_competent(kind, outcome) for kind, outcome in short.items())
    return Verdict(decision=_decision(set(held.values())), reasons=reasons)


def _decision(held: set[Outcome | None]) -> Decision:
    if held == {Outcome.COMPETENT}:
        return Decision.SELECTED
    if Outcome.VOID in held:
        return Decision.VOID
    return Decision.NOT_YET if held <= {Outcome.COMPETENT, Outcome.NOT_YET} else Decision.DEFERRED


def _short_of_competent(kind: ExerciseKind, outcome: Outcome | None) -> Reason:
    message, remedy = {
        None: (f"There is no outcome for the {kind.words}.", f"Sit the {kind.words}."),
        Outcome.NOT_YET: (f"The {kind.words} is not yet competent.", f"Sit the {kind.words} again."),
        Outcome.BORDERLINE: (
            f"The {kind.words} is borderline.",
            "The chair and an assessor who did not sit the exercise resolve it.",
        ),
        Outcome.INCOMPLETE: (f"The evidence of the {kind.words} is incomplete.", "Complete the evidence."),
        Outcome.VOID: (f"The {kind.words} was not run properly.", f"Run the {kind.words} again."),
    }[outcome]
    return Reason(code=f"decision.{outcome or 'missing'}", field=kind.value, message=message, remedy=remedy)


def _without_mean(exercise: Exercise, outcome: Outcome, working: Sequence[str]) -> ExerciseResult:
    lines = (*working, f"The outcome is {outcome.words}.")
    return ExerciseResult(kind=exercise.kind, outcome=outcome, mean=None, working=lines)


def _asked_for(exercise: Exercise, moderation: Moderation) -> list[Moderated]:
    by_id = {each.competency: each for each in moderation.competencies}
    return [by_id[each.id] for each in exercise.competencies if each.id in by_id]


def _values(exercise: Exercise, moderation: Moderation) -> Iterator[str]:
    for each in _asked_for(exercise, moderation):
        value = "no value" if each.points is None else in_points(each.points)
        yield f"{each.name}: {value}. {each.because}"


def _share(rated: int, of: int, standard: SelectionStandard) -> tuple[bool, str]:
    needed = Fraction(standard.rated_share_needed)
    line = f"{rated} of {of} competencies are rated; at least {in_points(needed * 100)} % are needed."
    return of > 0 and Fraction(rated, of) >= needed, line


def _open_questions(moderation: Moderation) -> Iterator[str]:
    for each in moderation.still_open:
        yield f"{each.name} is still to be discussed."
    if moderation.judgement_open:
        yield "The judgements of the whole exercise are on different sides and still to be discussed."


def _pass_rule(
    rated: Sequence[Fraction], mean: Fraction, standard: SelectionStandard, incident: bool
) -> tuple[tuple[bool, str], ...]:
    below = sum(points < standard.scale_standard for points in rated)
    under = sum(points < standard.floor for points in rated)
    scores = " + ".join(in_points(points) for points in rated)
    return (
        (
            mean >= Fraction(standard.mean_needed),
            f"The mean is ({scores}) / {len(rated)} = {in_points(mean)}; {in_points(standard.mean_needed)} is needed.",
        ),
        (
            below <= standard.most_below_standard,
            f"Below {standard.scale_standard}: {below}; at most {standard.most_below_standard} may be.",
        ),
        (under == 0, f"Below {standard.floor}: {under}; none may be."),
        (not incident, "A critical incident is confirmed." if incident else "No critical incident is confirmed."),
    )


def _concluded(competent: bool, mean: Fraction, standard: SelectionStandard) -> tuple[Outcome, str]:
    if competent:
        return Outcome.COMPETENT, "Every part of the pass rule is met: the outcome is competent."
    edge = standard.borderline_from
    needed, errors, sem = in_points(standard.mean_needed), in_points(standard.k), in_points(standard.sem)
    band = f"{in_points(edge)}, which is {needed} less {errors} times the standard error of {sem}"
    if mean >= edge:
        return Outcome.BORDERLINE, f"The mean is at least {band}: the outcome is borderline."
    return Outcome.NOT_YET, f"The mean is below {band}: the outcome is not yet competent."


def _reasons_against_resolving(
    result: ExerciseResult, resolution: Resolution, resolvers: Resolvers
) -> Iterator[Reason]:
    if result.outcome is not Outcome.BORDERLINE:
        message = f"The outcome is {result.outcome.words}; only a borderline outcome is resolved."
        yield _against("not_borderline", "outcome", message)
    if resolution.outcome not in (Outcome.COMPETENT, Outcome.NOT_YET):
        message = f"A borderline outcome cannot be resolved as {resolution.outcome.words}."
        yield _against("no_outcome", "outcome", message, "Choose competent or not yet.")
    if resolution.chair_id != resolvers.chair_id:
        yield _against("not_chair", "chair_id", "The first person is not the chair of the centre.", "Ask the chair.")
    yield from _reasons_against_second(resolution, resolvers)
    if resolvers.candidate_id in (resolution.chair_id, resolution.second_id):
        field = "chair_id" if resolution.chair_id == resolvers.candidate_id else "second_id"
        yield _against("own_result", field, "Nobody resolves their own result.", "Choose somebody else.")
    if not resolution.reason.strip():
        yield _against("no_reason", "reason", "There is no reason for the resolution.", "Say why.")


def _reasons_against_second(resolution: Resolution, resolvers: Resolvers) -> Iterator[Reason]:
    remedy = "Choose a current assessor who did not sit the exercise."
    if resolution.second_id == resolution.chair_id:
        yield _against("same_person", "second_id", "The chair and the second person are one and the same.", remedy)
    if resolution.second_id not in resolvers.assessors:
        message = "The second person is not an assessor who is current and free of conflict with the candidate."
        yield _against("not_assessor", "second_id", message, remedy)
    if resolution.second_id in resolvers.sat_by:
        yield _against("sat_exercise", "second_id", "The second person assessed this exercise.", remedy)


def _against(code: str, field: str, message: str, remedy: str = "") -> Reason:
    return Reason(code=f"resolution.{code}", field=field, message=message, remedy=remedy)
