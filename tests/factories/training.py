"""Courses, events, bookings, results; and a selection decided under a standard, which is where the path begins."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.courses import Course, CourseVersion
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.models.scoring import ExerciseOutcome
from selection.models.standards import Standard
from selection.models.training import Attendance, Booking, CourseResult, Event, EventDay
from selection.rules.calendar import NO_END
from selection.rules.outcomes import Decision as DecisionResult
from selection.rules.outcomes import Outcome
from selection.rules.programmes import Stage
from selection.rules.standards import ExerciseKind
from selection.rules.training import CourseKind, PartResult
from tests.factories import chain, people

MONDAY = date(2027, 4, 5)
"""The first day of events, three weeks after the day on which tests take place."""
SELECTED_ON = date(2026, 9, 1)

_numbers = count(1)


def course(session: Session, programme: Programme | None = None, **given: Any) -> Course:
    """Return a new course of three days: fundamental training, or that of the programme."""
    is_for = {
        "title": f"Course {next(_numbers)}",
        "stage": Stage.PROGRAMME if programme else Stage.FUNDAMENTAL,
        "programme_id": programme.id if programme else None,
        "kind": CourseKind.TRAINING,
        "from_programme_id": None,
    }
    made = Course(**{key: given.pop(key, value) for key, value in is_for.items()})
    made.versions.append(terms(**given))
    session.add(made)
    session.flush()
    return made


def terms(**given: Any) -> CourseVersion:
    """Return a version of a course, the first unless said otherwise, not yet stored."""
    values = {
        "number": 1,
        "days": 3,
        "attendance_percent": 80,
        "valid_months": 36,
        "months_after_step_before": 12,
        "reassess_months": 3,
        "made_at": clock.now(),
    }
    return CourseVersion(**(values | given))


def event(
    session: Session,
    of: Course | None = None,
    *,
    first: date = MONDAY,
    days: int = 3,
    in_area: str = "North",
    trainers: Iterable[Staff] = (),
    **given: Any,
) -> Event:
    """Return a new event of the course, on days in a row."""
    of = of or course(session)
    held = [first + timedelta(days=number) for number in range(days)]
    values = {
        "course_id": of.id,
        "course_version_id": of.newest.id,
        "area_id": people.area(session, in_area).id,
        "title": f"Event {next(_numbers)}",
        "venue": "Training centre",
        "places": 12,
        "starts_on": held[0],
        "ends_on": held[-1],
    }
    made = Event(**(values | given))
    made.days = [EventDay(day=day) for day in held]
    made.trainers = list(trainers)
    session.add(made)
    session.flush()
    return made


def ready(
    session: Session,
    name: str | None = None,
    *,
    by: Account,
    stage: Stage = Stage.FUNDAMENTAL,
    selected_on: date = SELECTED_ON,
    **given: Any,
) -> Staff:
    """Return a person who has passed every step before the stage, and can be booked."""
    made = people.staff(session, name, **given)
    for step in Stage:
        if step == stage:
            break
        last = NO_END if step == Stage.SELECTION else date(2029, 8, 31)
        chain.certificate(session, made, step, first=selected_on, last=last, by=by)
    return made


def booking(session: Session, on: Event, of: Staff, *, present: Iterable[bool] = ()) -> Booking:
    """Return a booking, with the roll taken for as many days as are given."""
    made = Booking(event_id=on.id, staff_id=of.id, booked_at=clock.now())
    made.attendance = [Attendance(day=day.day, present=there) for day, there in zip(on.days, present, strict=False)]
    session.add(made)
    session.flush()
    return made


def result(
    session: Session, of: Booking, *, by: Account, passed: bool = True, on: date | None = None, **given: Any
) -> CourseResult:
    """Return a result of the booking: passed in all parts, or not yet in abilities."""
    event = session.get_one(Event, of.event_id)
    of_course = session.get_one(Course, event.course_id)
    values = {
        "booking_id": of.id,
        "staff_id": of.staff_id,
        "course_id": of_course.id,
        "stage": of_course.stage,
        "programme_id": of_course.programme_id,
        "understanding": PartResult.PASSED,
        "competencies": PartResult.PASSED,
        "abilities": PartResult.PASSED if passed else PartResult.NOT_YET,
        "attended_enough": True,
        "passed": passed,
        "reassess_by": None if passed else date(2027, 7, 7),
        "recorded_by_id": by.id,
        "recorded_on": on or event.ends_on,
        "recorded_at": clock.now(),
    }
    made = CourseResult(**(values | given))
    session.add(made)
    session.flush()
    return made


def selected(session: Session, of: Staff, standard: Standard, *, on: date = SELECTED_ON, by: Account) -> Certificate:
    """Return the certificate of a person who was found competent in all exercises of the standard."""
    centre = Centre(
        title=f"Centre {next(_numbers)}",
        area_id=of.area_id,
        standard_id=standard.id,
        chair_id=by.staff_id,
        venue="Hall",
        held_on=on,
    )
    session.add(centre)
    session.flush()
    candidacy = Candidacy(centre_id=centre.id, staff_id=of.id, put_forward_on=on)
    session.add(candidacy)
    session.flush()
    outcomes = {kind: _competent(session, candidacy, standard, kind, by) for kind in ExerciseKind}
    exercises = {f"{kind}_id": outcome.id for kind, outcome in outcomes.items()}
    results = {f"{kind}_result": outcome.result for kind, outcome in outcomes.items()}
    decision = Decision(
        candidacy_id=candidacy.id,
        staff_id=of.id,
        result=DecisionResult.SELECTED,
        decided_on=on,
        signed_at=clock.now(),
        chair_id=by.staff_id,
        standard_hash=standard.content_hash,
        **exercises,
        **results,
    )
    session.add(decision)
    session.flush()
    made = Certificate(
        number=f"D-{next(_numbers):08}",
        staff_id=of.id,
        stage=Stage.SELECTION,
        valid_from=on,
        valid_to=NO_END,
        issued_at=clock.now(),
        issued_by_id=by.id,
        decision_id=decision.id,
        decision_result=decision.result,
    )
    session.add(made)
    session.flush()
    return made


def _competent(
    session: Session, candidacy: Candidacy, standard: Standard, kind: ExerciseKind, by: Account
) -> ExerciseOutcome:
    exercise = next(one for one in standard.exercises if one.kind == kind)
    sitting = Sitting(candidacy_id=candidacy.id, staff_id=candidacy.staff_id, exercise_id=exercise.id, kind=kind)
    session.add(sitting)
    session.flush()
    outcome = ExerciseOutcome(
        sitting_id=sitting.id,
        staff_id=candidacy.staff_id,
        kind=kind,
        result=Outcome.COMPETENT,
        working={},
        by_id=by.id,
        at=clock.now(),
    )
    session.add(outcome)
    session.flush()
    return outcome
