"""Who sits what before whom at a centre, and how far each exercise is; nothing of what anybody rated is here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from selection.centres.papers import Papers
from selection.core.errors import NotHere
from selection.models.centres import Centre, Decision
from selection.models.scoring import ExerciseOutcome
from selection.rules import centres as rules
from selection.rules.outcomes import Outcome
from selection.rules.scoring import Panel, ScoringForm
from selection.rules.standards import ExerciseKind, in_points


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """An assessor's place at one exercise of one candidate, and how far their form is.

    `cited` says that the latest outcome of the exercise rests on the form, `tied` that the assessor is in conflict with
    the candidate by now.
    """

    form_id: int
    assessor_id: int
    assessor: str
    email: str
    third: bool
    begun: bool
    sealed_at: datetime | None
    cited: bool = False
    tied: bool = False


@dataclass(kw_only=True, slots=True)
class Sits:
    """One exercise of one candidate."""

    id: int
    kind: ExerciseKind
    void_reason: str
    places: int
    seats: list[Seat] = field(default_factory=list)
    outcome: ExerciseOutcome | None = None
    revealed: bool = False
    withheld: bool = False

    @property
    def appointed(self) -> list[Seat]:
        """The seats that count for the reveal: a third assessor's does not."""
        return [seat for seat in self.seats if not seat.third]

    @property
    def thirds(self) -> list[Seat]:
        """The seats of assessors who were called in to break a deadlock."""
        return [seat for seat in self.seats if seat.third]

    @property
    def open_seats(self) -> int:
        """How many assessors are still to be appointed; none if the exercise is void."""
        return 0 if self.void_reason else max(0, self.places - len(self.appointed))

    @property
    def unsealed(self) -> list[Seat]:
        """The appointed assessors who have not sealed."""
        return [seat for seat in self.appointed if seat.sealed_at is None]

    @property
    def sealed_since(self) -> list[Seat]:
        """The third assessors who sealed after the latest outcome was computed, so that it does not rest on theirs."""
        if self.outcome is None or self.void_reason:
            return []
        return [seat for seat in self.thirds if seat.sealed_at is not None and not seat.cited]

    @property
    def result(self) -> Outcome | None:
        """What came of it, by the latest outcome."""
        return Outcome(self.outcome.result) if self.outcome else None

    @property
    def mean(self) -> str:
        """The mean of the latest outcome as the working has it, empty where there is none."""
        return mean_of(self.outcome)

    def facts(self, *, incident_reported: bool = False, incident_settled: bool = False) -> rules.Sitting:
        """Return the exercise as the rules see it; what was reported is known only to who has read the forms."""
        return rules.Sitting(
            kind=self.kind,
            revealed=self.revealed,
            withheld=self.withheld,
            void=bool(self.void_reason),
            unsealed=tuple(seat.assessor for seat in self.unsealed),
            open_seats=self.open_seats,
            outcome=self.result,
            sealed_since=tuple(seat.assessor for seat in self.sealed_since),
            incident_reported=incident_reported,
            incident_settled=incident_settled,
        )


@dataclass(kw_only=True, slots=True)
class Candidate:
    """Somebody who was put forward, what they sit here, and the decision if there is one.

    `reviewed` says that who asks reviews a borderline of theirs, so that they see nothing else that is decided of them,
    `released` that their feedback is.
    """

    candidacy_id: int
    staff_id: int
    name: str
    number: str
    email: str
    line_manager_id: int | None
    nominated_by_id: int | None
    nominated_by: str | None
    decision: Decision | None
    sittings: list[Sits] = field(default_factory=list)
    reviewed: bool = False
    released: bool = False

    def sits(self, kind: str) -> Sits | None:
        """Return the exercise of that kind, or None if it is not sat here."""
        return next((each for each in self.sittings if each.kind == kind), None)

    @property
    def may_be_taken_back(self) -> bool:
        """True while nobody has begun to rate them, and nothing was declared void."""
        return self.decision is None and not self.begun_by and not self.void

    @property
    def begun_by(self) -> list[str]:
        """The assessors who have begun to rate them."""
        return sorted({seat.assessor for each in self.sittings for seat in each.seats if seat.begun})

    @property
    def void(self) -> list[ExerciseKind]:
        """The exercises that were declared void."""
        return [each.kind for each in self.sittings if each.void_reason]

    def facts(self) -> rules.Candidate:
        """Return the candidate as the rules see them."""
        sittings = tuple(each.facts() for each in self.sittings)
        return rules.Candidate(name=self.name, decided=self.decision is not None, sittings=sittings)


@dataclass(kw_only=True, slots=True)
class Roster:
    """A centre with everybody on it."""

    centre: Centre
    papers: Papers
    candidates: list[Candidate]

    @property
    def facts(self) -> rules.Centre:
        """The centre as the rules see it."""
        return facts_of(self.centre)

    @property
    def open_seats(self) -> int:
        """How many places have no assessor yet."""
        return sum(each.open_seats for one in self.candidates for each in one.sittings)

    @property
    def unreleased(self) -> list[str]:
        """The candidates who are decided, and whose feedback is not released."""
        return [each.name for each in self.candidates if each.decision is not None and not each.released]

    def candidate(self, candidacy_id: int) -> Candidate:
        """Return the candidate; raises NotHere if there is none of this id."""
        for each in self.candidates:
            if each.candidacy_id == candidacy_id:
                return each
        raise NotHere

    def each_sitting(self) -> Iterator[tuple[Candidate, Sits]]:
        """Go through every exercise of every candidate."""
        for candidate in self.candidates:
            for sitting in candidate.sittings:
                yield candidate, sitting


def facts_of(centre: Centre) -> rules.Centre:
    """Return the centre as the rules see it."""
    return rules.Centre(chair_id=centre.chair_id, chair_name=centre.chair.name, closed=centre.closed_at is not None)


def mean_of(outcome: ExerciseOutcome | None) -> str:
    """Return the mean of an outcome rounded down, as its working has it; empty where there is none."""
    return "" if outcome is None or outcome.mean is None else in_points(outcome.mean)


def panel_of(sitting: Sits) -> Panel:
    """Return the panel as the rules see it, with nothing of what anybody rated: it tells whether all have sealed."""
    forms = (
        ScoringForm(assessor_id=seat.assessor_id, exercise=sitting.kind, sealed=seat.sealed_at is not None)
        for seat in sitting.seats
    )
    return Panel(assessors=frozenset(seat.assessor_id for seat in sitting.appointed), forms=tuple(forms))
