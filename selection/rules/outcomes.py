"""From moderated ratings to the outcome of an exercise, and from the outcomes to the decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
