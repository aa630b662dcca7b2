"""What happens to an appeal: the candidate lodges it, and somebody who was not involved hears and decides it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from selection.centres import tell
from selection.centres.appeals import queries
from selection.centres.appeals.queries import ToHear
from selection.centres.guards import insist
from selection.centres.papers import papers_of
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.appeals import Appeal, AppealHearing, AppealVoid, HearingResult
from selection.models.centres import Centre, Decision
from selection.models.scoring import ExerciseOutcome
from selection.notices.queue import body_of, queue
from selection.rules.appeals import (
    Appealed,
    reasons_against_appealing,
    reasons_against_finding,
    reasons_against_hearing,
)
from selection.rules.outcomes import Decision as Decided
from selection.rules.outcomes import Outcome
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.standards import ExerciseKind
from selection.trail.record import record


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What the hearing came to: which exercises are void if it is upheld, why, and on which day it was heard."""

    upheld: bool
    void: tuple[ExerciseKind, ...]
    reason: str
    heard_on: date


def lodge(decision: Decision, centre: Centre, *, appealed: bool, grounds: str, by: Actor) -> Appeal:
    """Lodge the candidate's appeal against the decision and tell those who may hear it, or raise Refused.

    Where everybody who could was involved, those are told who can give somebody else the role.
    """
    days = papers_of(centre.standard_id).facts.appeal_days
    against = Appealed(decision=Decided(decision.result), decided_on=decision.decided_on, appealed=appealed)
    mine = by.staff_id == decision.staff_id
    insist(
        *reasons_against_appealing(against, by_candidate=mine, grounds=grounds, today=clock.today(), days=days),
    )
    appeal = Appeal(
        decision_id=decision.id,
        staff_id=decision.staff_id,
        decision_result=decision.result,
        grounds=grounds.strip(),
        lodged_on=clock.today(),
        lodged_at=clock.now(),
        by_id=by.account_id,
    )
    _stored(appeal, "You appealed against this decision at the same moment.")
    record("appeal.lodged", by=by, subject_id=appeal.id, staff_id=appeal.staff_id)
    if hearers := queries.who_may_hear(decision, centre):
        tell.of_appeal(appeal, hearers, centre)
    else:
        tell.of_unheard(appeal, queries.who_gives_roles(centre), centre)
    return appeal


def hear(found: ToHear, finding: Finding, *, by: Actor) -> AppealHearing:
    """Record the hearing and what it came to, or raise Refused; an exercise that it makes void may be sat again."""
    sat = tuple(kind for kind in found.sittings if kind not in found.void_before)
    insist(
        *reasons_against_hearing(found.involved, by.staff_id, heard=found.hearing is not None),
        *reasons_against_finding(upheld=finding.upheld, void=finding.void, sat=sat, reason=finding.reason),
        *_reasons_against_day(finding.heard_on, found.appeal.lodged_on),
    )
    hearing = AppealHearing(
        appeal_id=found.appeal.id,
        staff_id=found.appeal.staff_id,
        heard_by_id=by.staff_id,
        result=HearingResult.UPHELD if finding.upheld else HearingResult.DISMISSED,
        reason=finding.reason.strip(),
        heard_on=finding.heard_on,
        at=clock.now(),
        by_id=by.account_id,
    )
    _stored(hearing, "The appeal was heard and decided at the same moment.")
    _make_void(found, hearing, finding, by)
    after = {"result": hearing.result, "void": [str(kind) for kind in finding.void]}
    record("appeal.heard", by=by, subject_id=found.appeal.id, staff_id=hearing.staff_id, after=after)
    queue(
        f"appeal:{found.appeal.id}:heard",
        to=found.email,
        staff_id=hearing.staff_id,
        subject=f"Your appeal: {hearing.result}",
        body=body_of("appeal_heard", name=found.name, centre=found.centre, hearing=hearing, void=finding.void),
    )
    return hearing


def _make_void(found: ToHear, hearing: AppealHearing, finding: Finding, by: Actor) -> None:
    outcomes = [
        ExerciseOutcome(
            sitting_id=found.sittings[kind],
            staff_id=hearing.staff_id,
            kind=kind,
            result=Outcome.VOID,
            working={"lines": [f"Void on appeal: {hearing.reason}", "The outcome is void."]},
            resolution="",
            by_id=by.account_id,
            at=clock.now(),
        )
        for kind in finding.void
    ]
    db.session.add_all(outcomes)
    db.session.flush()
    db.session.add_all(
        AppealVoid(
            hearing_id=hearing.id,
            sitting_id=each.sitting_id,
            staff_id=each.staff_id,
            kind=each.kind,
            outcome_id=each.id,
        )
        for each in outcomes
    )


def _reasons_against_day(heard_on: date, lodged_on: date) -> list[Reason]:
    if lodged_on <= heard_on <= clock.today():
        return []
    message = "The hearing is not before the appeal, and not in the future."
    return [Reason(code="appeal.day", field="heard_on", message=message, remedy="Enter the day of the hearing.")]


def _stored(row: Appeal | AppealHearing, message: str) -> None:
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError as race:
        db.session.rollback()
        raise Refused(Reason(code="appeal.race", message=message, remedy="Open the page again.")) from race
