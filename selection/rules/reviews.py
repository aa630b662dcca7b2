"""A borderline outcome is reviewed by two people, each on their own, and resolved once both say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from selection.rules.outcomes import ExerciseResult, Outcome
from selection.rules.reasons import Reason

_SOMEBODY_ELSE = "Choose a current assessor who did not sit the exercise."


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolvers:
    """Who may review a borderline outcome: all that the rule needs to know of the people (ids of staff members).

    `assessors` are those who are current and free of conflict with the candidate; `sat_by` are those who assessed this
    exercise of this candidate, a third assessor included; `can_sign_in` are those with a login to do it with.
    """

    chair_id: int
    candidate_id: int
    assessors: frozenset[int]
    sat_by: frozenset[int]
    can_sign_in: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What one of the two holds the exercise to be, competent or not yet, and why."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """The chair and the second person (ids of staff members), and the latest view of each, None before there is one."""

    chair_id: int
    second_id: int
    of_chair: View | None = None
    of_second: View | None = None

    @property
    def is_complete(self) -> bool:
        """Whether both have given a view; until then neither sees the other's."""
        return self.of_chair is not None and self.of_second is not None

    @property
    def agreed(self) -> Outcome | None:
        """What both say that the exercise is; None while one is missing or they differ."""
        if self.of_chair is None or self.of_second is None or self.of_chair.outcome is not self.of_second.outcome:
            return None
        return self.of_chair.outcome

    def with_view(self, staff_id: int, view: View) -> "Review":
        """Return the review with this view as that person's latest."""
        return replace(self, of_chair=view) if staff_id == self.chair_id else replace(self, of_second=view)

    def view_of(self, staff_id: int | None) -> View | None:
        """Return the latest view of that person."""
        return {self.chair_id: self.of_chair, self.second_id: self.of_second}.get(staff_id or 0)


def reasons_against_asking(
    result: ExerciseResult, *, chair_id: int, second_id: int, people: Resolvers
) -> tuple[Reason, ...]:
    """Return every reason against a review of the outcome by these two; an empty tuple means that it may begin.

    A borderline outcome is reviewed by the chair and an assessor who did not sit the exercise [local default]; neither
    is the candidate.
    """
    return tuple(_reasons_against_asking(result, chair_id, second_id, people))


def reasons_against_saying(review: Review, *, by_id: int | None, outcome: Outcome, reason: str) -> tuple[Reason, ...]:
    """Return every reason against taking this view from this person; an empty tuple means that it counts."""
    return tuple(_reasons_against_saying(review, by_id, outcome, reason))


def resolved(result: ExerciseResult, review: Review) -> ExerciseResult:
    """Return the result as both say, its arithmetic kept and both reasons added; raises ValueError if they do not."""
    if review.agreed is None or review.of_chair is None or review.of_second is None:
        raise ValueError("The two who review the borderline do not say the same.")
    lines = (
        f"The chair and an assessor who did not sit the exercise resolved it as {review.agreed.words}.",
        f"The chair: {review.of_chair.reason.strip()}",
        f"The assessor: {review.of_second.reason.strip()}",
    )
    return replace(result, outcome=review.agreed, working=(*result.working, *lines), resolved=True)


def _reasons_against_asking(
    result: ExerciseResult, chair_id: int, second_id: int, people: Resolvers
) -> Iterator[Reason]:
    if result.outcome is not Outcome.BORDERLINE:
        message = f"The outcome is {result.outcome.words}; only a borderline outcome is reviewed."
        yield _against("not_borderline", None, message)
    if chair_id != people.chair_id:
        yield _against("not_chair", None, "The first person is not the chair of the centre.", "Ask the chair.")
    yield from _reasons_against_second(chair_id, second_id, people)
    if people.candidate_id in (chair_id, second_id):
        yield _against("own_result", "second", "Nobody resolves their own result.", "Choose somebody else.")


def _reasons_against_second(chair_id: int, second_id: int, people: Resolvers) -> Iterator[Reason]:
    if second_id == chair_id:
        message = "The chair and the second person are one and the same."
        yield _against("same_person", "second", message, _SOMEBODY_ELSE)
    if second_id not in people.assessors:
        message = "The second person is not an assessor who is current and free of conflict with the candidate."
        yield _against("not_assessor", "second", message, _SOMEBODY_ELSE)
    elif second_id not in people.can_sign_in:
        message = "The second person has no login with which to read the evidence."
        yield _against("no_login", "second", message, "Ask an administrator for the role of assessor.")
    if second_id in people.sat_by:
        yield _against("sat_exercise", "second", "The second person assessed this exercise.", _SOMEBODY_ELSE)


def _reasons_against_saying(review: Review, by_id: int | None, outcome: Outcome, reason: str) -> Iterator[Reason]:
    if by_id not in (review.chair_id, review.second_id):
        message = "Only the two who review the borderline say what it is."
        yield _against("not_reviewer", "outcome", message, "Ask the chair to name you.")
    if review.agreed is not None:
        message = f"Both say that the exercise is {review.agreed.words}, so that the borderline is resolved."
        yield _against("agreed", "outcome", message)
    if outcome not in (Outcome.COMPETENT, Outcome.NOT_YET):
        message = f"A borderline outcome cannot be resolved as {outcome.words}."
        yield _against("no_outcome", "outcome", message, "Choose competent or not yet.")
    if not reason.strip():
        yield _against("no_reason", "reason", "There is no reason.", "Say what in the evidence decides it.")


def _against(code: str, field: str | None, message: str, remedy: str = "") -> Reason:
    return Reason(code=f"review.{code}", field=field, message=message, remedy=remedy)
