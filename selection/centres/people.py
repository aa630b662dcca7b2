"""Rows → facts: people as the rules of pairing and of nominations see them, in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, literal, or_, select, union_all

from selection.authorisation import gather
from selection.core.db import db
from selection.models.appeals import AppealVoid
from selection.models.authorisations import Certificate
from selection.models.centres import AssessorTraining, Candidacy, Centre, Decision, Sitting
from selection.models.people import Account, Acquaintance, Grant, Staff
from selection.models.scoring import ExerciseOutcome, RatingForm
from selection.rules.calendar import NO_END
from selection.rules.nominations import Nominee
from selection.rules.outcomes import Decision as Decided
from selection.rules.outcomes import Outcome
from selection.rules.pairing import Assessor
from selection.rules.programmes import Stage
from selection.rules.resits import PastDecision
from selection.rules.roles import GRANTS, Permission
from selection.rules.standards import ExerciseKind
from selection.rules.validity import Span
from selection.rules.words import day_in_words

RATING = [role for role, permissions in GRANTS.items() if Permission.CENTRES_RATE in permissions]


def assessors(staff_ids: Iterable[int], *, centre_id: int) -> dict[int, Assessor]:
    """Return the facts about those who are to assess at the centre, by id; two queries however many they are."""
    return {staff.id: facts for staff, facts in assessors_in_person(staff_ids, centre_id=centre_id)}


def assessors_in_person(staff_ids: Iterable[int], *, centre_id: int) -> list[tuple[Staff, Assessor]]:
    """As `assessors`, each with their entry in the register, for whoever writes to them."""
    ids = list(staff_ids)
    trained: defaultdict[int, list[Span]] = defaultdict(list)
    people: dict[int, tuple[Staff, bool]] = {}
    login = (
        select(Account.id)
        .join(Account.grants)
        .where(Account.staff_id == Staff.id, Account.active, Grant.role.in_(RATING))
        .correlate(Staff)
    )
    query = (
        select(Staff, login.exists().label("can_sign_in"), AssessorTraining.valid_from, AssessorTraining.valid_to)
        .outerjoin(AssessorTraining, AssessorTraining.staff_id == Staff.id)
        .where(Staff.id.in_(ids))
    )
    for staff, can_sign_in, first, last in db.session.execute(query):
        people[staff.id] = (staff, can_sign_in)
        if first is not None:
            trained[staff.id].append(Span(first=first, last=last))
    ties = _ties(ids, centre_id)
    facts = (
        Assessor(
            staff_id=staff.id,
            name=staff.name,
            employed=Span(first=staff.joined_on, last=staff.left_on or NO_END),
            trained=tuple(trained[staff.id]),
            acquaintances=frozenset(ties[staff.id, "acquaintance"]),
            assessed_before=frozenset(ties[staff.id, "assessed"]),
            can_sign_in=can_sign_in,
        )
        for staff, can_sign_in in people.values()
    )
    return [(staff, each) for (staff, _), each in zip(people.values(), facts, strict=True)]


def _ties(ids: list[int], centre_id: int) -> defaultdict[tuple[int, str], set[int]]:
    declared = Acquaintance
    queries = (
        select(declared.staff_id, literal("acquaintance"), declared.other_id).where(declared.staff_id.in_(ids)),
        select(declared.other_id, literal("acquaintance"), declared.staff_id).where(declared.other_id.in_(ids)),
        select(RatingForm.assessor_id, literal("assessed"), RatingForm.staff_id)
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .where(RatingForm.assessor_id.in_(ids), Candidacy.centre_id != centre_id),
    )
    ties: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for staff_id, kind, other_id in db.session.execute(union_all(*queries)):
        ties[staff_id, kind].add(other_id)
    return ties


@dataclass(frozen=True, kw_only=True, slots=True)
class Sat:
    """An outcome of an exercise that was sat for an earlier decision, at which centre, and that decision."""

    outcome: ExerciseOutcome
    where: str
    decision_id: int
    decision: Decided
    decided_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Decisions:
    """The decisions on a person at other centres, oldest first, and where they still wait for one.

    `latest` holds the newest outcome of each kind that was sat for one of the decisions. An exercise that an appeal
    made void counts as void, and so does the decision that rested on it.
    """

    history: tuple[PastDecision, ...] = ()
    latest: Mapping[ExerciseKind, Sat] = field(default_factory=dict)
    here: bool = False
    waiting_at: str | None = None


def nominees(staff_ids: Iterable[int], *, centre_id: int) -> dict[int, Nominee]:
    """Return the facts about those who may be put forward to the centre, by id; three queries however many they are."""
    ids = list(staff_ids)
    known, elsewhere = decisions(ids, centre_id=centre_id), recognised(ids)
    return {
        staff_id: Nominee(
            staff_id=staff_id,
            name=person.name,
            employed=person.employed,
            stops=person.stops,
            here=known[staff_id].here,
            waiting_at=known[staff_id].waiting_at,
            history=known[staff_id].history,
            recognised=tuple(elsewhere[staff_id]),
        )
        for staff_id, person in gather.people(ids).items()
    }


def recognised(ids: list[int]) -> defaultdict[int, list[Span]]:
    """Return the days on which the selection of each person elsewhere is recognised; one query."""
    row = Certificate
    query = select(row.staff_id, row.valid_from, row.valid_to).where(
        row.staff_id.in_(ids), row.stage == Stage.SELECTION, row.recognition_id.is_not(None)
    )
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for staff_id, first, last in db.session.execute(query):
        found[staff_id].append(Span(first=first, last=last))
    return found


def decisions(staff_ids: Iterable[int], *, centre_id: int) -> dict[int, Decisions]:
    """Return what other centres decided, or have still to decide, of each person; one query however many they are."""
    ids = list(staff_ids)
    rests_on = or_(*(ExerciseOutcome.id == getattr(Decision, f"{kind}_id") for kind in ExerciseKind))
    sat_here = select(Sitting.id).where(Sitting.candidacy_id == Candidacy.id).correlate(Candidacy)
    query = (
        select(
            *(Candidacy.staff_id, Centre.id.label("centre_id"), Centre.title, Centre.held_on),
            *(Decision.id.label("decision_id"), Decision.decided_on, Decision.result.label("decision")),
            ExerciseOutcome,
            AppealVoid.sitting_id.is_not(None).label("void"),
        )
        .join(Centre, Centre.id == Candidacy.centre_id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .outerjoin(ExerciseOutcome, rests_on & ExerciseOutcome.sitting_id.in_(sat_here))
        .outerjoin(AppealVoid, AppealVoid.sitting_id == ExerciseOutcome.sitting_id)
        .where(Candidacy.staff_id.in_(ids))
        .order_by(Decision.decided_on, Decision.id)
    )
    rows: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in db.session.execute(query):
        rows[row.staff_id].append(row)
    return {staff_id: _decisions(rows[staff_id], centre_id) for staff_id in ids}


def _decisions(rows: Sequence[Row[*tuple[Any, ...]]], centre_id: int) -> Decisions:
    elsewhere = [row for row in rows if row.centre_id != centre_id]
    decided = [row for row in elsewhere if row.decision_id is not None]
    undecided = [row for row in elsewhere if row.decision_id is None]
    first = undecided[0] if undecided else None
    return Decisions(
        history=tuple(_past(decided, decision_id) for decision_id in dict.fromkeys(row.decision_id for row in decided)),
        latest={ExerciseKind(row.ExerciseOutcome.kind): _sat(row) for row in decided if row.ExerciseOutcome},
        here=len(elsewhere) < len(rows),
        waiting_at=_where(first) if first else None,
    )


def _sat(row: Row[*tuple[Any, ...]]) -> Sat:
    return Sat(
        outcome=row.ExerciseOutcome,
        where=_where(row),
        decision_id=row.decision_id,
        decision=Decided(row.decision),
        decided_on=row.decided_on,
    )


def _where(row: Row[*tuple[Any, ...]]) -> str:
    return f"{row.title}, {day_in_words(row.held_on)}"


def _past(rows: Sequence[Row[*tuple[Any, ...]]], decision_id: int) -> PastDecision:
    those = [row for row in rows if row.decision_id == decision_id]
    decided_on: date = those[0].decided_on
    outcomes = {
        ExerciseKind(row.ExerciseOutcome.kind): Outcome.VOID if row.void else Outcome(row.ExerciseOutcome.result)
        for row in those
        if row.ExerciseOutcome
    }
    decision = Decided.VOID if any(row.void for row in those) else Decided(those[0].decision)
    return PastDecision(decided_on=decided_on, decision=decision, outcomes=outcomes)
