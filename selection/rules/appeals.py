"""An appeal against a decision: once, in time, on process only, and heard by somebody who had no part in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from selection.rules.outcomes import Decision
from selection.rules.reasons import Reason
from selection.rules.standards import ExerciseKind
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Appealed:
    """All that the rule needs to know of the decision that somebody wants to appeal against."""

    decision: Decision
    decided_on: date
    appealed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Involved:
    """Who had a part in the centre or stands near the candidate (ids of staff members), and as what."""

    candidate_id: int
    roles: tuple[tuple[int, str], ...]


def last_day_to_appeal(decided_on: date, days: int) -> date:
    """Return the last day on which an appeal is taken, as many days after the decision as the standard says."""
    return decided_on + timedelta(days=days)


def reasons_against_appealing(
    against: Appealed, *, by_candidate: bool, grounds: str, today: date, days: int
) -> tuple[Reason, ...]:
    """Return every reason against taking the appeal; an empty tuple means that it is taken.

    `by_candidate` says whether it is the candidate who appeals, `days` how long after the decision they may.
    """
    return tuple(_reasons_against_appealing(against, by_candidate, grounds, today, days))


def reasons_against_hearing(involved: Involved, heard_by_id: int | None, *, heard: bool) -> tuple[Reason, ...]:
    """Return every reason why this person may not hear the appeal; an empty tuple means that they may."""
    return tuple(_reasons_against_hearing(involved, heard_by_id, heard))


def reasons_against_finding(
    *, upheld: bool, void: tuple[ExerciseKind, ...], sat: tuple[ExerciseKind, ...], reason: str
) -> tuple[Reason, ...]:
    """Return everything that keeps a hearing from being recorded.

    Upheld, it says which of the exercises that were sat are void; dismissed, none is.
    """
    return tuple(_reasons_against_finding(upheld, void, sat, reason))


def _reasons_against_appealing(
    against: Appealed, by_candidate: bool, grounds: str, today: date, days: int
) -> Iterator[Reason]:
    if not by_candidate:
        yield _against("not_own", None, "Only the candidate appeals against a decision on them.")
    if against.appealed:
        message = "You appealed against this decision already, and there is one appeal."
        yield _against("already", None, message)
    if against.decision is Decision.SELECTED:
        yield _against("selected", None, "You are selected, so that there is nothing to appeal against.")
    last = last_day_to_appeal(against.decided_on, days)
    if today > last:
        message = f"The last day to appeal was {day_in_words(last)}."
        yield _against("too_late", None, message, "You can be put forward again, as your page says.")
    if not grounds.strip():
        remedy = "Say what was not done as the standard asks, and in which exercise."
        yield _against("no_grounds", "grounds", "There are no grounds.", remedy)


def _reasons_against_hearing(involved: Involved, heard_by_id: int | None, heard: bool) -> Iterator[Reason]:
    if heard:
        yield _against("heard", None, "This appeal is heard and decided.", "There is no second hearing.")
    if heard_by_id is None:
        message = "Your login belongs to no staff member, so it cannot hear an appeal."
        yield _against("nobody", None, message, "Ask somebody who is on the staff register.")
    if heard_by_id == involved.candidate_id:
        yield _against("own", None, "Nobody hears their own appeal.", "Ask somebody else to hear it.")
    for staff_id, role in involved.roles:
        if staff_id == heard_by_id:
            message = f"You {role}, and an appeal is heard by somebody who was not involved."
            yield _against("involved", None, message, "Ask somebody else to hear it.")


def _reasons_against_finding(
    upheld: bool, void: tuple[ExerciseKind, ...], sat: tuple[ExerciseKind, ...], reason: str
) -> Iterator[Reason]:
    if upheld and not void:
        message = "The appeal is upheld, and no exercise is void."
        yield _against("nothing_void", "void", message, "Say which exercise was not run properly.")
    if not upheld and void:
        yield _against("void_though_dismissed", "void", "The appeal is dismissed, so that no exercise is void.")
    for kind in void:
        if kind not in sat:
            yield _against("not_sat", "void", f"The {kind.words} was not sat at this centre.")
    if not reason.strip():
        yield _against("no_reason", "reason", "There is no reason.", "Say what you found, and from whom.")


def _against(code: str, field: str | None, message: str, remedy: str = "") -> Reason:
    return Reason(code=f"appeal.{code}", field=field, message=message, remedy=remedy)
