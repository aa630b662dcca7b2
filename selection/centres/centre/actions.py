"""What changes a centre: it is opened, changed and closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.centres import people, tell
from selection.centres.centre import queries
from selection.centres.devices import queries as holds
from selection.centres.guards import insist
from selection.centres.roster import Roster
from selection.core import clock
from selection.core.db import db
from selection.models.centres import Centre
from selection.rules.capture import reasons_against_closing_held
from selection.rules.centres import reasons_against_changing_details, reasons_against_closing, reasons_against_moving
from selection.rules.nominations import nomination
from selection.rules.pairing import Candidate, reasons_against_pairing
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.trail.record import changed, record

KEYS = ("title", "area_id", "standard_id", "chair_id", "venue", "held_on")


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What a coordinator says of a centre."""

    title: str
    area_id: int
    standard_id: int
    chair_id: int
    venue: str
    held_on: date


def open_centre(details: Details, *, by: Actor) -> Centre:
    """Open a centre under a published standard, or raise Refused."""
    insist(*_reasons_against(details, by))
    centre = Centre(**{key: getattr(details, key) for key in KEYS})
    db.session.add(centre)
    db.session.flush()
    record("centre.opened", by=by, subject_id=centre.id, after={key: getattr(centre, key) for key in KEYS})
    return centre


def change(roster: Roster, details: Details, *, by: Actor) -> None:
    """Change what is said of a centre, or raise Refused.

    A closed one gets another chair alone, while feedback is to be released. Who is still to come is told of another day
    or venue. With candidates on it the standard stays; on another day its assessors and candidates must be right too.
    """
    centre = roster.centre
    before = {key: getattr(centre, key) for key in KEYS}
    was, is_ = changed(before, {key: getattr(details, key) for key in KEYS})
    only_chair = is_.keys() <= {"chair_id"}
    insist(
        *reasons_against_changing_details(roster.facts, only_chair=only_chair, unreleased=roster.unreleased),
    )
    insist(*_reasons_against(details, by, before=centre), *_reasons_of_candidates(roster, details))
    for key in KEYS:
        setattr(centre, key, getattr(details, key))
    if is_:
        db.session.flush()
        tell.of_change(roster, was=(before["held_on"], before["venue"]))
        record("centre.changed", by=by, subject_id=centre.id, before=was, after=is_)


def close(roster: Roster, *, by: Actor) -> None:
    """Close the centre for good, or raise Refused while a form is open or on a device, or a decision is missing."""
    held = [each.facts for each in holds.of_centre(roster.centre.id)]
    insist(
        *reasons_against_closing(roster.facts, [each.facts() for each in roster.candidates]),
        *reasons_against_closing_held(held),
    )
    roster.centre.closed_at = clock.now()
    record("centre.closed", by=by, subject_id=roster.centre.id, after={"closed_at": roster.centre.closed_at})


def _reasons_against(details: Details, by: Actor, *, before: Centre | None = None) -> Iterator[Reason]:
    if not by.reach(Permission.CENTRES_RUN).takes_in(details.area_id):
        yield Reason(code="centre.area", field="area", message="You do not run centres in this area.")
    same = before is not None and (before.chair_id, before.area_id) == (details.chair_id, details.area_id)
    if not same and not queries.may_decide(details.chair_id, details.area_id):
        message = "The chair has no login with which to decide in this area."
        remedy = "Ask an administrator for the role, or choose another chair."
        yield Reason(code="centre.chair_without_login", field="chair", message=message, remedy=remedy)


def _reasons_of_candidates(roster: Roster, details: Details) -> Iterator[Reason]:
    centre = roster.centre
    if roster.candidates and details.standard_id != centre.standard_id:
        message = "Candidates are on the centre, so that its standard stays."
        yield Reason(code="centre.standard_stays", field="standard", message=message, remedy="Open another centre.")
    for candidate in roster.candidates:
        if candidate.staff_id == details.chair_id:
            message = f"{candidate.name} is a candidate of this centre."
            yield Reason(
                code="centre.chair_is_candidate", field="chair", message=message, remedy="Choose another chair."
            )
    if details.held_on != centre.held_on:
        yield from _reasons_against_day(roster, details.held_on)


def _reasons_against_day(roster: Roster, day: date) -> Iterator[Reason]:
    """Judge everybody who is on the centre again, for another day."""
    centre_id = roster.centre.id
    seats = [(candidate, seat) for candidate, sitting in roster.each_sitting() for seat in sitting.seats]
    assessors = people.assessors({seat.assessor_id for _, seat in seats}, centre_id=centre_id)
    nominees = people.nominees({each.staff_id for each in roster.candidates}, centre_id=centre_id)
    reasons: dict[str, Reason] = {}
    for candidate, seat in seats:
        known = Candidate(staff_id=candidate.staff_id, name=candidate.name)
        for reason in reasons_against_pairing(assessors[seat.assessor_id], known, on=day):
            reasons.setdefault(reason.message, reason)
    sealed = any(seat.sealed_at is not None for _, seat in seats)
    for reason in reasons_against_moving(to=day, today=clock.today(), sealed=sealed):
        reasons[reason.message] = reason
    for candidate in roster.candidates:
        judged = nomination(
            nominees[candidate.staff_id],
            on=day,
            chair_id=0,
            nominated_by_id=None,
            put_forward_by_id=None,
            standard=roster.papers.facts,
        )
        for reason in judged.reasons:
            if reason.code != "candidate.here":
                reasons.setdefault(reason.message, reason)
        if set(judged.exercises) != {each.kind for each in candidate.sittings}:
            message = f"On that day, {candidate.name} would sit other exercises than are prepared."
            remedy = "Take the candidate back first, and put them forward again."
            reasons.setdefault(message, Reason(code="centre.other_exercises", message=message, remedy=remedy))
    for reason in reasons.values():
        yield Reason(
            code=reason.code, field="held_on", message=reason.message, remedy=reason.remedy, earliest=reason.earliest
        )
