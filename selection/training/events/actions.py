"""What changes events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from selection.authorisation import gather
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.people import Staff
from selection.models.training import Course, CourseVersion, Event, EventDay
from selection.rules.courses import EventPlan, EventSoFar, reasons_against_event
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.training import reasons_against_booking
from selection.rules.validity import Span
from selection.trail.record import changed, record
from selection.training import facts
from selection.training.events import queries


@dataclass(frozen=True, kw_only=True, slots=True)
class EventDetails:
    """What a training lead says of an event; an empty title takes the course's, trainers are named a line each."""

    title: str
    venue: str
    places: int
    days: tuple[date, ...]
    trainers: tuple[str, ...] = ()


def open_event(course: Course, area_id: int, details: EventDetails, *, by: Actor) -> Event:
    """Open an event of the course in an area, or raise Refused; opened twice, it is there once."""
    if not by.reach(Permission.TRAINING_RUN).takes_in(area_id):
        raise NotHere
    trainers = _judge(course.newest, details, EventSoFar(booked={}), by=by)
    event = Event(course_id=course.id, course_version_id=course.newest.id, area_id=area_id, **_columns(course, details))
    if (twin := queries.twin(event)) is not None:
        return twin
    event.days = [EventDay(day=day) for day in details.days]
    event.trainers = list(trainers)
    db.session.add(event)
    db.session.flush()
    record("event.opened", by=by, subject_id=event.id, after=_as_recorded(event))
    return event


def change_event(event: Event, details: EventDetails, *, by: Actor) -> None:
    """Change an event, or raise Refused; whoever is booked must be able to stay booked."""
    so_far = queries.so_far(event)
    trainers = _judge(event.terms, details, so_far, by=by, also=event.trainers)
    if so_far.days != details.days:
        _insist_on_the_booked(event, details.days, so_far)
    before = _as_recorded(event)
    for key, value in _columns(event.course, details).items():
        setattr(event, key, value)
    kept = {day.day: day for day in event.days}
    event.days = [kept.get(day) or EventDay(day=day) for day in details.days]
    event.trainers = list(trainers)
    was, now = changed(before, _as_recorded(event))
    if now:
        db.session.flush()
        record("event.changed", by=by, subject_id=event.id, before=was, after=now)


def _columns(course: Course, details: EventDetails) -> dict[str, Any]:
    return {
        "title": details.title or course.title,
        "venue": details.venue,
        "places": details.places,
        "starts_on": details.days[0],
        "ends_on": details.days[-1],
    }


def _as_recorded(event: Event) -> dict[str, Any]:
    kept = ("course_id", "course_version_id", "area_id", "title", "venue", "places")
    columns = {key: getattr(event, key) for key in kept}
    days = [day.day for day in event.days]
    return columns | {"days": days, "trainers": [trainer.number for trainer in event.trainers]}


def _judge(
    terms: CourseVersion, details: EventDetails, so_far: EventSoFar, *, by: Actor, also: Sequence[Staff] = ()
) -> list[Staff]:
    """Return the trainers, or raise Refused with everything that is wrong with the event."""
    meant = queries.staff_named(details.trainers, by=by, also=also)
    trainers = {staff.id: staff for found in meant.values() for staff in found}
    plan = EventPlan(days=details.days, places=details.places, trainers=frozenset(trainers))
    reasons = (
        *reasons_against_event(plan, course_days=terms.days, so_far=so_far, today=clock.today()),
        *_unclear(meant),
    )
    if reasons:
        raise Refused(*reasons)
    return sorted(trainers.values(), key=lambda staff: (staff.sort_name, staff.id))


def _unclear(meant: Mapping[str, Sequence[Staff]]) -> list[Reason]:
    reasons = []
    for line, found in meant.items():
        if not found:
            message = f"Nobody in your area has the number or the name “{line}”."
            reasons.append(Reason(code="trainer.unknown", message=message, field="trainers"))
        elif len(found) > 1:
            numbers = " and ".join(one.number for one in found)
            message = f"“{line}” can be {numbers}: give the staff number."
            reasons.append(Reason(code="trainer.unclear", message=message, field="trainers"))
    return reasons


def _insist_on_the_booked(event: Event, days: Sequence[date], so_far: EventSoFar) -> None:
    """Raise Refused if somebody who is booked could not have been booked for these days."""
    today, course, span = clock.today(), facts.course_facts(event.terms), Span(first=days[0], last=days[-1])
    people = gather.people(so_far.booked)
    months = facts.pass_months(people)
    reasons = [
        reason
        for person in people.values()
        for reason in reasons_against_booking(person, course, span, pass_months=months, today=today)
    ]
    if reasons:
        raise Refused(*reasons)
