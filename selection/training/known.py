"""What booking asks of people beside their path, in one query: other duties, how long a pass serves, courses passed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, cast, exists, literal, null, select, union_all
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.groups import Group
from selection.models.imports import ImportedStep, TrainingImportRow
from selection.models.scoring import RatingForm
from selection.models.sessions import GroupSession, Place
from selection.models.standards import Standard
from selection.models.training import Booking, CourseResult, Event, EventDay, EventTrainer
from selection.rules.commitments import Commitment, Duty
from selection.rules.sessions import SessionState

Row = Select[*tuple[Any, ...]]
NOUGHT, NO_DAY = cast(null(), Integer), cast(null(), Date)
SERVES, PASSED = "serves", "passed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of one person: duties, months by certificate of selection, and days of passes by course."""

    duties: list[Commitment] = field(default_factory=list)
    pass_months: dict[int, int] = field(default_factory=dict)
    passed: defaultdict[int, list[date]] = field(default_factory=lambda: defaultdict(list))


def of(
    staff_ids: Collection[int],
    days: Collection[date],
    *,
    but_event: int | None = None,
    passes: bool = False,
    courses: Collection[int] = (),
) -> dict[int, Known]:
    """Return what is known of each of the people, by staff id: their duties on the days, those of one event left out.

    With `passes` also how long each pass of selection serves to book, and with `courses` when they passed those.
    """
    found = {staff_id: Known() for staff_id in staff_ids}
    if not found:
        return found
    queries = [*_at_events(staff_ids, days, but_event), *_at_centres(staff_ids, days), _in_rooms(staff_ids, days)]
    queries += [_pass_months(staff_ids)] if passes else []
    queries += [_passed(staff_ids, courses), _passed_earlier(staff_ids, courses)] if courses else []
    for staff_id, word, title, day, key, months in db.session.execute(union_all(*queries)):
        known = found[staff_id]
        if word == SERVES:
            known.pass_months[key] = months
        elif word == PASSED:
            known.passed[key].append(day)
        else:
            known.duties.append(Commitment(day=day, duty=Duty(word), title=title))
    return found


def _duty(who: Any, duty: Duty, title: Any, day: Any) -> Row:
    return select(who, literal(duty.value), title, day, NOUGHT, NOUGHT)


def _has_result() -> Any:
    """Return the condition that a booking came to a result: whoever has one is done with the event."""
    return exists().where(CourseResult.booking_id == Booking.id).correlate(Booking)


def _at_events(ids: Collection[int], days: Collection[date], but: int | None) -> tuple[Row, ...]:
    held = (EventDay.day.in_(days), Event.cancelled_at.is_(None), Event.id != (but or 0))
    booked = (
        _duty(Booking.staff_id, Duty.BOOKED, Event.title, EventDay.day)
        .join(Event, Event.id == Booking.event_id)
        .join(EventDay, EventDay.event_id == Event.id)
        .where(Booking.staff_id.in_(ids), Booking.cancelled_at.is_(None), ~_has_result(), *held)
    )
    trains = (
        _duty(EventTrainer.staff_id, Duty.TRAINER, Event.title, EventDay.day)
        .join(Event, Event.id == EventTrainer.event_id)
        .join(EventDay, EventDay.event_id == Event.id)
        .where(EventTrainer.staff_id.in_(ids), *held)
    )
    return booked, trains


def _in_rooms(ids: Collection[int], days: Collection[date]) -> Row:
    place = (Place.facilitator_id, Duty.DELIVERY, Group.reference, Place.session_day)
    return (
        _duty(*place)
        .join(Group, Group.id == Place.group_id)
        .join(GroupSession, GroupSession.id == Place.session_id)
        .where(
            Place.facilitator_id.in_(ids),
            Place.in_room,
            Place.session_day.in_(days),
            GroupSession.state != SessionState.NOT_HELD,
        )
    )


def _at_centres(ids: Collection[int], days: Collection[date]) -> tuple[Row, ...]:
    held = Centre.held_on.in_(days)
    sits = (
        _duty(Candidacy.staff_id, Duty.CANDIDATE, Centre.title, Centre.held_on)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(Candidacy.staff_id.in_(ids), held, ~exists().where(Decision.candidacy_id == Candidacy.id))
    )
    assesses = (
        _duty(RatingForm.assessor_id, Duty.ASSESSOR, Centre.title, Centre.held_on)
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(RatingForm.assessor_id.in_(ids), held)
        .distinct()
    )
    chairs = _duty(Centre.chair_id, Duty.CHAIR, Centre.title, Centre.held_on).where(Centre.chair_id.in_(ids), held)
    return sits, assesses, chairs


def _pass_months(ids: Collection[int]) -> Row:
    """For how many months the standard of its decision lets each certificate of selection serve to book."""
    return (
        select(Certificate.staff_id, literal(SERVES), literal(""), NO_DAY, Certificate.id, Standard.pass_valid_months)
        .join(Decision, Decision.id == Certificate.decision_id)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Standard, Standard.id == Centre.standard_id)
        .where(Certificate.staff_id.in_(ids))
    )


def _passed(ids: Collection[int], courses: Collection[int]) -> Row:
    """When each passed one of the courses, as far as that result still stands."""
    later = aliased(CourseResult)
    what = (CourseResult.staff_id, literal(PASSED), literal(""), CourseResult.recorded_on, CourseResult.course_id)
    return select(*what, NOUGHT).where(
        CourseResult.staff_id.in_(ids),
        CourseResult.course_id.in_(courses),
        CourseResult.passed,
        ~exists().where(later.booking_id == CourseResult.booking_id, later.id > CourseResult.id),
    )


def _passed_earlier(ids: Collection[int], courses: Collection[int]) -> Row:
    """When each passed one of the courses in earlier years, by an approved file, as far as that still stands."""
    said = TrainingImportRow
    return (
        select(said.staff_id, literal(PASSED), literal(""), said.passed_on, said.course_id, NOUGHT)
        .join(ImportedStep, ImportedStep.row_id == said.id)
        .join(Certificate, Certificate.recognition_id == ImportedStep.recognition_id)
        .where(said.staff_id.in_(ids), said.course_id.in_(courses), Certificate.withdrawn_on.is_(None))
    )
