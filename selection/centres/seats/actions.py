"""Who is given to assess whom, and taken off again; and who is trained to assess."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from selection.centres import people, tell
from selection.centres.devices import actions as devices
from selection.centres.guards import insist, insist_on_open
from selection.centres.roster import Candidate, Roster, Seat, Sits
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.scope import within
from selection.models.centres import AssessorTraining
from selection.models.people import Staff
from selection.models.scoring import RatingForm
from selection.rules import pairing
from selection.rules.calendar import last_day_valid
from selection.rules.centres import reasons_against_changing, reasons_against_unseating
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.validity import Span
from selection.trail.record import record

Place = tuple[Candidate, Sits]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotSeated:
    """An assessor who was not given to an exercise of a candidate, and why."""

    candidate: str
    exercise: str
    assessor: str
    reasons: tuple[Reason, ...]


@dataclass(kw_only=True, slots=True)
class Seated:
    """How many places were given, and which were refused."""

    given: int = 0
    refused: list[NotSeated] = field(default_factory=list)


def seat(roster: Roster, places: Iterable[Place], assessor_ids: Iterable[int], *, by: Actor) -> Seated:
    """Give the assessors the places that the rules let them have, and tell them; say why not of the others."""
    insist_on_open(roster.centre)
    places, wanted = list(places), list(dict.fromkeys(assessor_ids))
    if not places:
        raise Refused(Reason(code="seat.none", field="exercise", message="There is no open place."))
    known = people.assessors_in_person(wanted, centre_id=roster.centre.id)
    assessors = {staff.id: facts for staff, facts in known}
    done = Seated()
    made: list[tuple[Candidate, RatingForm]] = []
    for candidate, sitting in places:
        taken = {each.assessor_id for each in sitting.seats}
        for assessor in (assessors[each] for each in wanted if each in assessors):
            reasons = tuple(_reasons_against(roster, candidate, sitting, assessor, frozenset(taken)))
            if reasons:
                done.refused.append(_not_seated(candidate, sitting, assessor, reasons))
            else:
                taken.add(assessor.staff_id)
                made.append((candidate, _form(candidate, sitting, assessor)))
    _stored(made, by)
    first = {form.assessor_id: form.id for _, form in reversed(made)}
    tell.of_seats([(staff, first[staff.id]) for staff, _ in known if staff.id in first], roster.centre)
    done.given = len(made)
    return done


def unseat(roster: Roster, candidate: Candidate, sitting: Sits, seat: Seat, *, by: Actor) -> None:
    """Take the assessor off the exercise and tell them, or raise Refused once they have begun the form."""
    insist_on_open(roster.centre, decided=candidate.decision is not None)
    insist(*reasons_against_unseating(seat.assessor, begun=seat.begun, sealed=seat.sealed_at is not None))
    tell.of_lost_seat(seat, roster.centre, sitting.kind)
    devices.forget(seat.form_id)
    db.session.execute(delete(RatingForm).where(RatingForm.id == seat.form_id))
    before = {"assessor_id": seat.assessor_id, "sitting_id": sitting.id}
    record("assessor.unseated", by=by, subject_id=seat.form_id, staff_id=candidate.staff_id, before=before)


def train(number: str, *, first: date, months: int, note: str, by: Actor) -> AssessorTraining:
    """Record that a staff member is trained as an assessor for some months from a day, or raise Refused."""
    reach = within(Staff.area_id, by.reach(Permission.CENTRES_RUN))
    staff = db.session.scalars(select(Staff).where(Staff.number == number, reach).with_for_update()).one_or_none()
    if staff is None:
        message = f"There is no staff member with the number {number} in the areas where you run centres."
        raise Refused(Reason(code="training.unknown", field="number", message=message))
    days = Span(first=first, last=last_day_valid(first, months))
    known = db.session.scalars(select(AssessorTraining).where(AssessorTraining.staff_id == staff.id))
    spans = [Span(first=each.valid_from, last=each.valid_to) for each in known]
    insist(*pairing.reasons_against_training(staff.name, days, known=spans, oneself=staff.id == by.staff_id))
    training = AssessorTraining(staff=staff, valid_from=days.first, valid_to=days.last, note=note)
    db.session.add(training)
    after = {"valid_from": days.first, "valid_to": days.last, "note": note}
    record("assessor.trained", by=by, subject_id=staff.id, staff_id=staff.id, after=after)
    return training


def _reasons_against(
    roster: Roster, candidate: Candidate, sitting: Sits, assessor: pairing.Assessor, seated: frozenset[int]
) -> Iterator[Reason]:
    yield from reasons_against_changing(roster.facts, decided=candidate.decision is not None)
    if sitting.void_reason:
        yield Reason(code="seat.void", message=f"The {sitting.kind.words} of {candidate.name} is void.")
    yield from pairing.reasons_against_seating(
        assessor, pairing_facts(candidate), on=roster.centre.held_on, seated=seated, places=sitting.places
    )


def pairing_facts(candidate: Candidate) -> pairing.Candidate:
    """Return the candidate as the rule of pairing sees them."""
    return pairing.Candidate(
        staff_id=candidate.staff_id,
        name=candidate.name,
        line_manager_id=candidate.line_manager_id,
        nominated_by_id=candidate.nominated_by_id,
    )


def _not_seated(
    candidate: Candidate, sitting: Sits, assessor: pairing.Assessor, reasons: tuple[Reason, ...]
) -> NotSeated:
    return NotSeated(candidate=candidate.name, exercise=sitting.kind.words, assessor=assessor.name, reasons=reasons)


def _form(candidate: Candidate, sitting: Sits, assessor: pairing.Assessor) -> RatingForm:
    return RatingForm(
        sitting_id=sitting.id, staff_id=candidate.staff_id, assessor_id=assessor.staff_id, incident_note=""
    )


def _stored(made: list[tuple[Candidate, RatingForm]], by: Actor) -> None:
    db.session.add_all(form for _, form in made)
    try:
        db.session.flush()
    except IntegrityError as race:
        db.session.rollback()
        message = "Somebody gave a place at the same moment. Nothing of yours was stored."
        raise Refused(Reason(code="seat.race", message=message, remedy="Look again, and send what is left.")) from race
    for candidate, form in made:
        after = {"assessor_id": form.assessor_id, "sitting_id": form.sitting_id}
        record("assessor.seated", by=by, subject_id=form.id, staff_id=candidate.staff_id, after=after)
