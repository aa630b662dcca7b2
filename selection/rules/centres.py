"""What may be done at a centre, by whom and when: the chair's own acts, signing, closing, taking people back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from selection.rules.outcomes import Outcome
from selection.rules.reasons import Reason
from selection.rules.standards import ExerciseKind

_WAIT_OR_VOID = "Wait for the form, or declare the exercise void."


@dataclass(frozen=True, kw_only=True, slots=True)
class Centre:
    """What the rules need to know of a centre: who chairs it, and whether it is closed."""

    chair_id: int
    chair_name: str
    closed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """How far one exercise of one candidate is.

    `unsealed` names the appointed assessors who have not sealed, `open_seats` is how many are still to be appointed;
    `incident_reported` is known only after the reveal. `sealed_since` names who sealed as third assessor after the
    outcome was computed. `withheld` says that it is closed to who asks, because they
    review a borderline of the same candidate.
    """

    kind: ExerciseKind
    revealed: bool = False
    withheld: bool = False
    void: bool = False
    unsealed: tuple[str, ...] = ()
    open_seats: int = 0
    outcome: Outcome | None = None
    sealed_since: tuple[str, ...] = ()
    incident_reported: bool = False
    incident_settled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A candidate of a centre, what they sit there, and whether it is decided."""

    name: str
    decided: bool
    sittings: tuple[Sitting, ...]


def reasons_against_changing(centre: Centre, *, decided: bool = False) -> tuple[Reason, ...]:
    """Return every reason why nothing of the centre, or of a candidate who is `decided`, changes any more."""
    return tuple(_reasons_against_changing(centre, decided))


def reasons_against_changing_details(
    centre: Centre, *, only_chair: bool, unreleased: Sequence[str]
) -> tuple[Reason, ...]:
    """Return why what is said of the centre is not changed any more: it is closed.

    Another chair is named even then, and nothing else, for whom feedback is `unreleased`: the chair alone releases it,
    and may have left.
    """
    if not centre.closed or (only_chair and unreleased):
        return ()
    remedy = "Until all feedback is released, it can still get another chair." if unreleased else ""
    return (_reason("centre.closed", "The centre is closed.", remedy or "What was closed stays as it is."),)


def reasons_against_chairing(centre: Centre, by_staff_id: int | None) -> tuple[Reason, ...]:
    """Return the reason why that person may not act as the chair; an empty tuple means that they are the chair."""
    if by_staff_id == centre.chair_id:
        return ()
    message = f"Only the chair of this centre, {centre.chair_name}, may do this."
    return (_reason("centre.not_chair", message, f"Ask {centre.chair_name}."),)


def reasons_against_moving(*, to: date, today: date, sealed: bool) -> tuple[Reason, ...]:
    """Return why the centre is not moved to that day: forms of it are `sealed`, and nobody seals before it is held."""
    if not sealed or to <= today:
        return ()
    message = "Forms of this centre are sealed, so that it was held already."
    return (_reason("centre.held", message, "Enter the day on which it was held."),)


def reasons_against_touching(sitting: Sitting) -> tuple[Reason, ...]:
    """Return why somebody who reviews a borderline may not act on this other exercise of the same candidate."""
    if not sitting.withheld:
        return ()
    message = f"The {sitting.kind.words} is closed to you while you review a borderline of the same candidate."
    return (_reason("sitting.withheld", message, "Resolve the borderline first."),)


def reasons_against_discussing(sitting: Sitting) -> tuple[Reason, ...]:
    """Return why there is nothing to discuss of the exercise: it is not revealed, or void."""
    if sitting.void:
        return (_reason("sitting.void", f"The {sitting.kind.words} is void.", "There is nothing to settle."),)
    return () if sitting.revealed else (_not_revealed(sitting),)


def reasons_against_incident(sitting: Sitting, *, reason: str) -> tuple[Reason, ...]:
    """Return everything that keeps a reported critical incident from being settled."""
    return tuple(_reasons_against_incident(sitting, reason))


def reasons_against_computing(sitting: Sitting) -> tuple[Reason, ...]:
    """Return every reason why the outcome of the exercise cannot be computed yet."""
    return tuple(_reasons_against_computing(sitting))


def reasons_against_voiding(sitting: Sitting, *, why: str) -> tuple[Reason, ...]:
    """Return everything that keeps the exercise from being declared void."""
    return tuple(_reasons_against_voiding(sitting, why))


def reasons_against_third(sitting: Sitting, *, open_competencies: int, thirds: Sequence[str]) -> tuple[Reason, ...]:
    """Return every reason against calling in a third assessor; `thirds` names those who were called in already."""
    return tuple(_reasons_against_third(sitting, open_competencies, thirds))


def reasons_against_signing(candidate: Candidate) -> tuple[Reason, ...]:
    """Return everything that keeps the chair from signing a decision.

    Every exercise that is sat has an outcome that was computed on every form that is sealed, and a borderline one is
    resolved first.
    """
    return tuple(_reasons_against_signing(candidate))


def reasons_against_closing(centre: Centre, candidates: Sequence[Candidate]) -> tuple[Reason, ...]:
    """Return everything that keeps the centre from being closed: open forms and missing decisions."""
    return tuple(_reasons_against_closing(centre, candidates))


def reasons_against_taking_back(
    name: str, *, begun_by: Sequence[str], void: Sequence[ExerciseKind]
) -> tuple[Reason, ...]:
    """Return why the candidate can no longer be taken back: a form on them is begun, or an exercise declared void."""
    return tuple(_reasons_against_taking_back(name, begun_by, void))


def reasons_against_unseating(name: str, *, begun: bool, sealed: bool) -> tuple[Reason, ...]:
    """Return why the assessor can no longer be taken off the exercise."""
    if sealed:
        return (_reason("assessor.sealed", f"{name} sealed the form, and a sealed form is kept."),)
    if begun:
        message = f"{name} began the form, and what was rated is kept."
        return (_reason("assessor.begun", message, "If it cannot be sealed, the chair declares the exercise void."),)
    return ()


def _reasons_against_changing(centre: Centre, decided: bool) -> Iterator[Reason]:
    if centre.closed:
        yield _reason("centre.closed", "The centre is closed.", "What was closed stays as it is.")
    if decided:
        yield _reason("candidate.decided", "The decision is signed.", "What it rests on stays as it is.")


def _reasons_against_taking_back(name: str, begun_by: Sequence[str], void: Sequence[ExerciseKind]) -> Iterator[Reason]:
    remedy = "Declare the exercises void, and sign the decision."
    if begun_by:
        message = f"{_listed(begun_by)} began to rate {name}, and what was rated is kept."
        yield _reason("candidate.begun", message, remedy)
    for kind in void:
        message = f"The {kind.words} of {name} is declared void, and what was declared is kept."
        yield _reason("candidate.void", message, remedy)


def _reasons_against_incident(sitting: Sitting, reason: str) -> Iterator[Reason]:
    if not sitting.revealed:
        yield _not_revealed(sitting)
    elif not sitting.incident_reported:
        yield _reason("incident.none", "No assessor reported a critical incident.")
    if not reason.strip():
        yield Reason(code="incident.no_reason", field="reason", message="There is no reason.", remedy="Say why.")


def _reasons_against_computing(sitting: Sitting) -> Iterator[Reason]:
    if sitting.void:
        return
    if not sitting.revealed:
        yield _not_revealed(sitting)
    elif sitting.incident_reported and not sitting.incident_settled:
        message = f"A critical incident was reported in the {sitting.kind.words}, and it is not settled."
        yield _reason("outcome.incident_open", message, "Confirm it, or say why it is not confirmed.")


def _reasons_against_voiding(sitting: Sitting, why: str) -> Iterator[Reason]:
    if sitting.void:
        yield _reason("void.already", f"The {sitting.kind.words} is void already.")
    if not why.strip():
        message = "There is no reason for declaring the exercise void."
        remedy = "Say what was not run properly."
        yield Reason(code="void.no_reason", field="reason", message=message, remedy=remedy)


def _reasons_against_third(sitting: Sitting, open_competencies: int, thirds: Sequence[str]) -> Iterator[Reason]:
    if sitting.void:
        yield _reason("third.void", f"The {sitting.kind.words} is void.")
    if not sitting.revealed:
        yield _not_revealed(sitting)
    elif not open_competencies:
        message = "No competency of this exercise is still to be discussed."
        yield _reason("third.not_needed", message, "A third assessor is called in only to break a deadlock.")
    if thirds:
        yield _reason("third.already", f"{_listed(thirds)} is called in already.", "Use that assessor's ratings.")


def _reasons_against_signing(candidate: Candidate) -> Iterator[Reason]:
    for sitting in candidate.sittings:
        words = sitting.kind.words
        if sitting.void:
            continue
        if sitting.unsealed:
            message = f"{_listed(sitting.unsealed)} did not seal the {words}."
            yield _reason("decision.unsealed", message, _WAIT_OR_VOID)
        if sitting.open_seats:
            message = f"The {words} lacks {_assessors(sitting.open_seats)}."
            yield _reason("decision.open_seat", message, "Give it its assessors, or declare the exercise void.")
        if sitting.revealed and sitting.outcome is None and not sitting.withheld:
            yield _reason("decision.no_outcome", f"The {words} has no outcome yet.", "Compute it at the wash-up.")
        if sitting.sealed_since:
            message = f"{_listed(sitting.sealed_since)} sealed after the outcome of the {words} was computed."
            yield _reason("decision.sealed_since", message, "Compute it again at the wash-up.")
        if sitting.outcome is Outcome.BORDERLINE:
            message = f"The {words} is borderline."
            remedy = "The chair and an assessor who did not sit the exercise resolve it first."
            yield _reason("decision.borderline", message, remedy)


def _reasons_against_closing(centre: Centre, candidates: Sequence[Candidate]) -> Iterator[Reason]:
    if centre.closed:
        yield _reason("centre.closed", "The centre is closed already.")
    for candidate in candidates:
        for sitting in candidate.sittings:
            if sitting.unsealed and not sitting.void:
                message = f"{_listed(sitting.unsealed)} did not seal the {sitting.kind.words} of {candidate.name}."
                yield _reason("centre.unsealed", message, _WAIT_OR_VOID)
        if not candidate.decided:
            message = f"There is no decision on {candidate.name}."
            yield _reason("centre.undecided", message, "The chair signs it.")


def _not_revealed(sitting: Sitting) -> Reason:
    if sitting.unsealed:
        message = f"{_listed(sitting.unsealed)} did not seal the {sitting.kind.words} yet."
    else:
        message = f"The {sitting.kind.words} lacks {_assessors(sitting.open_seats)}."
    return _reason("sitting.not_revealed", message, "The ratings are revealed when the last of them is sealed.")


def _assessors(number: int) -> str:
    return "an assessor" if number == 1 else f"{number} assessors"


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _reason(code: str, message: str, remedy: str = "") -> Reason:
    return Reason(code=code, message=message, remedy=remedy)
