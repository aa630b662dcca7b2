"""Reads of a decision: what each kind of exercise came to, here or at the earlier centre where it stands from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from selection.centres import people
from selection.centres.people import Sat
from selection.centres.roster import Candidate, Roster, mean_of
from selection.centres.rosters import of_candidacy
from selection.centres.washup.written import byline
from selection.core.db import db
from selection.models.appeals import Appeal, AppealHearing, AppealVoid, FeedbackRelease
from selection.models.authorisations import Certificate
from selection.models.capture import Transcription
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.grounds import OutcomeGround
from selection.models.people import Account, Staff
from selection.models.scoring import ExerciseOutcome, RatingForm
from selection.rules.outcomes import Outcome, Verdict, decide
from selection.rules.resits import resit
from selection.rules.roles import Actor, Permission
from selection.rules.standards import ExerciseKind
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Stands:
    """An outcome of an earlier centre that still stands: for which decision it was sat, and its last day."""

    sat: Sat
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One kind of exercise as a decision sees it; `stands_from` names the earlier centre where it was sat.

    `stands` is known before the decision is signed; afterwards it is stored beside it. `withheld` says that it is
    closed to who asks, because they review a borderline of the candidate.
    """

    kind: ExerciseKind
    outcome: ExerciseOutcome | None
    sitting_id: int | None
    stands_from: str = ""
    stands: Stands | None = None
    withheld: bool = False

    @property
    def result(self) -> Outcome | None:
        """What came of it."""
        return Outcome(self.outcome.result) if self.outcome else None

    @property
    def mean(self) -> str:
        """The mean as the working has it, empty where there is none."""
        return mean_of(self.outcome)


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDecide:
    """A candidate with the three outcomes, and what follows from them."""

    roster: Roster
    candidate: Candidate
    parts: tuple[Part, ...]
    verdict: Verdict

    def part(self, kind: ExerciseKind) -> Part:
        """Return one kind of exercise."""
        return next(part for part in self.parts if part.kind == kind)


def to_decide(by: Actor, permission: Permission, centre_id: int, candidacy_id: int) -> ToDecide:
    """Return the candidate with the three outcomes that count; raises NotHere if they are out of reach.

    A signed decision shows the outcomes that it was signed on, whatever else there is.
    """
    found, candidate = of_candidacy(by, permission, centre_id, candidacy_id)
    parts = _signed(candidate, candidate.decision) if candidate.decision else _to_sign(found, candidate)
    held = {part.kind: part.result for part in parts if part.result is not None}
    return ToDecide(roster=found, candidate=candidate, parts=parts, verdict=decide(held))


def _signed(candidate: Candidate, decision: Decision) -> tuple[Part, ...]:
    ids = {kind: getattr(decision, f"{kind}_id") for kind in ExerciseKind}
    named = _named(each for each in ids.values() if each is not None)
    return tuple(_part(kind, candidate, *named.get(ids[kind], (None, ""))) for kind in ExerciseKind)


def _to_sign(found: Roster, candidate: Candidate) -> tuple[Part, ...]:
    """Take the latest outcome of what was sat here, and what stands from an earlier centre for the rest."""
    standing = _standing(found, candidate)
    parts = []
    for kind in ExerciseKind:
        sitting, stands = candidate.sits(kind), standing.get(kind)
        if (sitting is None and candidate.reviewed) or (sitting is not None and sitting.withheld):
            parts.append(Part(kind=kind, outcome=None, sitting_id=sitting.id if sitting else None, withheld=True))
        elif sitting is not None:
            parts.append(_part(kind, candidate, sitting.outcome, ""))
        elif stands is not None:
            parts.append(_part(kind, candidate, stands.sat.outcome, stands.sat.where, stands))
        else:
            parts.append(_part(kind, candidate, None, ""))
    return tuple(parts)


def _standing(found: Roster, candidate: Candidate) -> dict[ExerciseKind, Stands]:
    """Return the outcomes that stand from earlier centres, for the exercises that are not sat here."""
    elsewhere = [kind for kind in ExerciseKind if candidate.sits(kind) is None]
    if not elsewhere or candidate.reviewed:
        return {}
    centre = found.centre
    known = people.decisions([candidate.staff_id], centre_id=centre.id)[candidate.staff_id]
    stands = resit(known.history, today=centre.held_on, standard=found.papers.facts).carried
    return {
        kind: Stands(sat=known.latest[kind], until=stands[kind])
        for kind in elsewhere
        if kind in stands and kind in known.latest
    }


def _part(
    kind: ExerciseKind,
    candidate: Candidate,
    outcome: ExerciseOutcome | None,
    where: str,
    stands: Stands | None = None,
) -> Part:
    sitting = candidate.sits(kind)
    return Part(
        kind=kind,
        outcome=outcome,
        sitting_id=sitting.id if sitting else None,
        stands_from=where if sitting is None else "",
        stands=stands,
    )


def _named(outcome_ids: Iterable[int]) -> dict[int, tuple[ExerciseOutcome, str]]:
    """Return the outcomes by id, each with the centre that it comes from; one query, none without ids."""
    ids = list(outcome_ids)
    if not ids:
        return {}
    query = (
        select(ExerciseOutcome, Centre.title, Centre.held_on)
        .join(Sitting, Sitting.id == ExerciseOutcome.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(ExerciseOutcome.id.in_(ids))
    )
    return {
        outcome.id: (outcome, f"{title}, {day_in_words(held_on)}")
        for outcome, title, held_on in db.session.execute(query)
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Afterwards:
    """What came of a decision: the certificate, the release of the feedback, the appeal and its hearing."""

    certificate: Certificate | None
    released_at: datetime | None
    appeal: Appeal | None
    hearing: AppealHearing | None
    void: tuple[ExerciseKind, ...]


def afterwards(decision: Decision) -> Afterwards:
    """Return what came of a decision; one query."""
    query = (
        select(Certificate, FeedbackRelease.at.label("released_at"), Appeal, AppealHearing, AppealVoid.kind)
        .select_from(Decision)
        .outerjoin(Certificate, Certificate.decision_id == Decision.id)
        .outerjoin(FeedbackRelease, FeedbackRelease.decision_id == Decision.id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .outerjoin(AppealHearing, AppealHearing.appeal_id == Appeal.id)
        .outerjoin(AppealVoid, AppealVoid.hearing_id == AppealHearing.id)
        .where(Decision.id == decision.id)
    )
    rows = db.session.execute(query).all()
    return Afterwards(
        certificate=rows[0].Certificate,
        released_at=rows[0].released_at,
        appeal=rows[0].Appeal,
        hearing=rows[0].AppealHearing,
        void=tuple(ExerciseKind(row.kind) for row in rows if row.kind),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A sealed form that an outcome rests on: whose, when it was sealed, and the SHA-256 of what was on it."""

    byline: str
    sealed_at: datetime
    content_hash: str


@dataclass(kw_only=True, slots=True)
class Grounds:
    """The forms that an outcome rests on, and how many moderations."""

    forms: list[Ground] = field(default_factory=list)
    moderations: int = 0


def grounds_of(parts: Iterable[Part]) -> dict[int, Grounds]:
    """Return what each outcome rests on, by its id; one query."""
    ids = [part.outcome.id for part in parts if part.outcome is not None]
    query = (
        select(OutcomeGround, Staff.name, RatingForm.third, RatingForm.sealed_at, Account.name)
        .outerjoin(RatingForm, RatingForm.id == OutcomeGround.form_id)
        .outerjoin(Staff, Staff.id == RatingForm.assessor_id)
        .outerjoin(Transcription, Transcription.form_id == RatingForm.id)
        .outerjoin(Account, Account.id == Transcription.by_id)
        .where(OutcomeGround.outcome_id.in_(ids))
        .order_by(OutcomeGround.id)
    )
    found: defaultdict[int, Grounds] = defaultdict(Grounds)
    for ground, name, third, sealed_at, typed_by in db.session.execute(query):
        if sealed_at is None:
            found[ground.outcome_id].moderations += 1
        else:
            whose = byline(name, third=third, typed_by=typed_by or "")
            made = Ground(byline=whose, sealed_at=sealed_at, content_hash=ground.content_hash or "")
            found[ground.outcome_id].forms.append(made)
    return found
