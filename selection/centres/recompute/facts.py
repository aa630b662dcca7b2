"""What decisions were made on, read again without trusting anything that was computed from it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from selection.centres.reviews.queries import reviews_of
from selection.centres.washup import talks as talking
from selection.centres.washup import written as writing
from selection.centres.washup.written import AllWritten
from selection.core.db import db
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.grounds import OutcomeGround, StandingOutcome
from selection.models.people import Staff
from selection.models.scoring import ExerciseOutcome, Moderation
from selection.models.standards import Standard
from selection.prescribed.content import content_hash
from selection.prescribed.facts import WHOLE, facts_of
from selection.rules.reviews import Review
from selection.rules.standards import ExerciseKind, SelectionStandard


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """A decision, whose it is, and the centre."""

    decision: Decision
    number: str
    centre: Centre


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One version of the standard as the rules see it, and the hash of what is stored of it now."""

    facts: SelectionStandard
    content_hash: str


@dataclass(kw_only=True, slots=True)
class Facts:
    """Everything that some decisions rest on, by the ids of sittings and outcomes."""

    outcomes: dict[int, ExerciseOutcome]
    sittings: dict[int, tuple[Sitting, int]]
    written: AllWritten
    moderations: dict[int, list[Moderation]]
    grounds: dict[int, list[OutcomeGround]]
    reviews: dict[int, list[Review]]
    standing: dict[tuple[int, str], StandingOutcome]

    def before(self, outcome: ExerciseOutcome) -> ExerciseOutcome | None:
        """Return the outcome of the same exercise that this one followed."""
        earlier = [each for each in self.outcomes.values() if each.sitting_id == outcome.sitting_id]
        return max((each for each in earlier if each.id < outcome.id), key=lambda each: each.id, default=None)


def signed(centre_id: int | None) -> list[Signed]:
    """Return every decision, of one centre or of all, in the order of the centres."""
    query = (
        select(Decision, Staff.number, Centre)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Staff, Staff.id == Decision.staff_id)
        .order_by(Centre.id, Decision.id)
    )
    if centre_id is not None:
        query = query.where(Centre.id == centre_id)
    return [
        Signed(decision=decision, number=number, centre=centre)
        for decision, number, centre in db.session.execute(query)
    ]


def centre_exists(centre_id: int) -> bool:
    """True if there is such a centre."""
    return db.session.get(Centre, centre_id) is not None


def judged(standard_id: int) -> Judged:
    """Return the standard as it is stored now."""
    standard = db.session.scalars(select(Standard).where(Standard.id == standard_id).options(*WHOLE)).one()
    return Judged(facts=facts_of(standard), content_hash=content_hash(standard))


def of(decisions: list[Decision]) -> Facts:
    """Return everything that the decisions rest on."""
    named = [getattr(each, f"{kind}_id") for each in decisions for kind in ExerciseKind]
    sitting_ids = select(ExerciseOutcome.sitting_id).where(ExerciseOutcome.id.in_([each for each in named if each]))
    rows = db.session.execute(
        select(ExerciseOutcome, Sitting, Centre.standard_id)
        .join(Sitting, Sitting.id == ExerciseOutcome.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(ExerciseOutcome.sitting_id.in_(sitting_ids))
        .order_by(ExerciseOutcome.id)
    ).all()
    outcomes = {row.ExerciseOutcome.id: row.ExerciseOutcome for row in rows}
    sittings = {row.Sitting.id: (row.Sitting, row.standard_id) for row in rows}
    grounds: defaultdict[int, list[OutcomeGround]] = defaultdict(list)
    for ground in db.session.scalars(select(OutcomeGround).where(OutcomeGround.outcome_id.in_(outcomes))):
        grounds[ground.outcome_id].append(ground)
    standing = select(StandingOutcome).where(StandingOutcome.candidacy_id.in_([one.candidacy_id for one in decisions]))
    return Facts(
        outcomes=outcomes,
        sittings=sittings,
        written=writing.of_sittings(sittings),
        moderations={key: talks.every for key, talks in talking.of_sittings(sittings).items()},
        grounds=grounds,
        reviews=reviews_of(outcomes),
        standing={(row.candidacy_id, row.kind): row for row in db.session.scalars(standing)},
    )
