"""Who is put forward to a centre, and taken back before anybody has begun to rate them."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from selection.centres import tell
from selection.centres.candidates import queries
from selection.centres.devices import actions as devices
from selection.centres.guards import insist, insist_on_open
from selection.centres.papers import papers_of
from selection.centres.roster import Candidate, Roster
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.people import Staff
from selection.models.scoring import RatingForm
from selection.rules.centres import reasons_against_taking_back
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import record


def put_forward(centre: Centre, *, staff_id: int, nominator: str, by: Actor) -> tuple[Candidacy, Staff]:
    """Put a staff member forward with the exercises that they have to sit, and tell them, or raise Refused.

    `nominator` is the staff number of whoever put them forward, empty if nobody did.
    """
    insist_on_open(centre)
    candidate, nominated_by = queries.named(by, staff_id=staff_id, nominator=nominator)
    insist(*_unknown(candidate, nominated_by, nominator))
    assert candidate is not None
    nominated_by_id = nominated_by.id if nominated_by else None
    judged = queries.nominations([candidate.id], centre, by=by, nominated_by_id=nominated_by_id)[candidate.id]
    insist(*judged.reasons)
    candidacy = Candidacy(
        centre_id=centre.id, staff_id=candidate.id, nominated_by_id=nominated_by_id, put_forward_on=clock.today()
    )
    papers = papers_of(centre.standard_id)
    candidacy.sittings = [
        Sitting(staff_id=candidate.id, exercise_id=papers.exercise(kind).id, kind=kind, void_reason="")
        for kind in judged.exercises
    ]
    _stored(candidacy, candidate)
    tell.of_candidate(candidate, centre, candidacy.id, judged.exercises)
    after = {"centre_id": centre.id, "nominated_by_id": nominated_by_id}
    record("candidate.put_forward", by=by, subject_id=candidacy.id, staff_id=candidate.id, after=after)
    return candidacy, candidate


def _unknown(candidate: Staff | None, nominated_by: Staff | None, nominator: str) -> list[Reason]:
    reasons = []
    if candidate is None:
        message = "There is no such staff member in the areas where you run centres."
        reasons.append(Reason(code="candidate.unknown", field="candidate", message=message, remedy="Search again."))
    if nominator and nominated_by is None:
        message = f"There is no staff member with the number {nominator}."
        remedy = "Enter a staff number, or leave the field empty."
        reasons.append(Reason(code="nominator.unknown", field="nominated_by", message=message, remedy=remedy))
    return reasons


def _stored(candidacy: Candidacy, candidate: Staff) -> None:
    """Store the candidacy, unless somebody else did so at the same moment."""
    name = candidate.name
    db.session.add(candidacy)
    try:
        db.session.flush()
    except IntegrityError as race:
        db.session.rollback()
        message = f"{name} is on this centre already."
        raise Refused(Reason(code="candidate.here", field="candidate", message=message)) from race


def take_back(roster: Roster, candidate: Candidate, *, by: Actor) -> None:
    """Take the candidate back from the centre, or raise Refused once something of them is rated or void."""
    insist_on_open(roster.centre, decided=candidate.decision is not None)
    insist(*reasons_against_taking_back(candidate.name, begun_by=candidate.begun_by, void=candidate.void))
    sittings = select(Sitting.id).where(Sitting.candidacy_id == candidate.candidacy_id).scalar_subquery()
    devices.forget(*(seat.form_id for each in candidate.sittings for seat in each.seats))
    db.session.execute(delete(RatingForm).where(RatingForm.sitting_id.in_(sittings)))
    db.session.execute(delete(Sitting).where(Sitting.candidacy_id == candidate.candidacy_id))
    db.session.execute(delete(Candidacy).where(Candidacy.id == candidate.candidacy_id))
    tell.of_withdrawal(candidate, roster.centre)
    before = {"centre_id": roster.centre.id, "nominated_by_id": candidate.nominated_by_id}
    record("candidate.withdrawn", by=by, subject_id=candidate.candidacy_id, staff_id=candidate.staff_id, before=before)
