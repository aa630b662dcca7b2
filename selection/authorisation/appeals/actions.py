"""Lodging an appeal against a deselection, and deciding it."""

from sqlalchemy import select

from selection.authorisation import tell
from selection.authorisation.appeals import queries
from selection.authorisation.lift import earliest_end, end_stop
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Stop
from selection.models.people import Staff
from selection.models.stops import StopAppeal, StopRole
from selection.rules.eligibility import StopKind
from selection.rules.roles import Actor
from selection.rules.stops import (
    AppealOutcome,
    Decided,
    StopPart,
    reasons_against_appeal,
    reasons_against_hearing,
)
from selection.trail.record import record


def lodge(stop: Stop, grounds: str, *, days: int, by: Actor) -> StopAppeal:
    """Lodge the one appeal against a deselection, or raise Refused with every reason; `days` is how long one can."""
    today = clock.today()
    if reasons := reasons_against_appeal(_decided(stop), grounds, today=today, days=days):
        raise Refused(*reasons)
    appeal = StopAppeal(
        stop_id=stop.id,
        staff_id=stop.staff_id,
        lodged_on=today,
        lodged_at=clock.now(),
        lodged_by_id=by.account_id,
        grounds=grounds.strip(),
    )
    db.session.add(appeal)
    db.session.flush()
    record("appeal.lodged_against_stop", by=by, subject_id=stop.id, staff_id=stop.staff_id, reason=appeal.grounds)
    person = db.session.get_one(Staff, stop.staff_id)
    tell.of_appeal(appeal, person, queries.who_may_hear(stop.id, person))
    return appeal


def decide(appeal: StopAppeal, outcome: AppealOutcome, *, reason: str, by: Actor) -> None:
    """Decide an appeal, or raise Refused; one that is upheld ends the deselection and reinstates."""
    stop, today = db.session.get_one(Stop, appeal.stop_id), clock.today()
    panel = panel_ids(stop.id)
    decided = appeal.outcome is not None
    against = reasons_against_hearing(_decided(stop), panel, hearer_id=by.staff_id, decided=decided, reason=reason)
    if against:
        raise Refused(*against)
    part = StopRole(stop_id=stop.id, staff_id=by.staff_id, stopped_id=stop.staff_id, part=StopPart.APPEAL)
    db.session.add(part)
    db.session.flush()
    appeal.outcome, appeal.decision_reason = outcome, reason.strip()
    appeal.heard_by_id, appeal.hearing_part = by.staff_id, StopPart.APPEAL
    appeal.decided_on, appeal.decided_at = today, clock.now()
    db.session.flush()
    record(
        "appeal.decided_on_stop",
        by=by,
        subject_id=stop.id,
        staff_id=stop.staff_id,
        after={"outcome": outcome},
        reason=appeal.decision_reason,
    )
    tell.of_hearing(appeal, db.session.get_one(Staff, stop.staff_id))
    if outcome == AppealOutcome.UPHELD and stop.to_day >= max(stop.from_day, today):
        end_stop(
            stop, last_day=earliest_end(stop, today), reason=f"Appeal upheld: {reason.strip()}", today=today, by=by
        )


def panel_ids(stop_id: int) -> frozenset[int]:
    """Return who was on the panel of a stop, as staff ids."""
    query = select(StopRole.staff_id).where(StopRole.stop_id == stop_id, StopRole.part == StopPart.PANEL)
    return frozenset(db.session.scalars(query))


def _decided(stop: Stop) -> Decided:
    appealed = db.session.scalar(select(StopAppeal.id).where(StopAppeal.stop_id == stop.id)) is not None
    return Decided(
        kind=StopKind(stop.kind),
        person_id=stop.staff_id,
        decided_on=clock.london(stop.decided_at).date(),
        ended=stop.to_day < max(stop.from_day, clock.today()),
        appealed=appealed,
    )
