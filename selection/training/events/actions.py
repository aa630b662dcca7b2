"""What changes events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from selection.authorisation import gather
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.courses import Course, CourseVersion
from selection.models.people import Staff
from selection.models.training import Event, EventDay
from selection.rules.courses import BEGINS, ENDS, EventPlan, EventSoFar, Hours, reasons_against_event
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.trainers import Asked, reasons_against_trainer
from selection.trail.record import changed, record
from selection.training import known, tell
from selection.training.events import queries
from selection.training.judging import reasons_by_person
from selection.training.waitings.filling import fill

USUAL = Hours(begins=BEGINS, ends=ENDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class EventDetails:
    """What a training lead says of an event; an empty title takes the course's, trainers are named a line each.

    `hours` are those of each day, but for days that have hours of their own.
    """

    title: str
    venue: str
    places: int
    days: tuple[date, ...]
    hours: Hours = USUAL
    own_hours: Mapping[date, Hours] = field(default_factory=dict)
    trainers: tuple[str, ...] = ()

    def hours_of(self, day: date) -> Hours:
        """Return from when to when the day lasts."""
        return self.own_hours.get(day, self.hours)


def open_event(course: Course, area_id: int, details: EventDetails, *, by: Actor) -> Event:
    """Open an event of the course, under its newest version, or raise Refused; opened twice, it is there once."""
    if not by.reach(Permission.TRAINING_RUN).takes_in(area_id):
        raise NotHere
    trainers = _judge(course.newest, details, EventSoFar(booked={}), by=by)
    event = Event(course_id=course.id, course_version_id=course.newest.id, area_id=area_id, **_columns(course, details))
    event.days = _days(details, {})
    event.trainers = list(trainers)
    if (twin := queries.twin(event)) is not None:
        return twin
    db.session.add(event)
    db.session.flush()
    record("event.opened", by=by, subject_id=event.id, after=_as_recorded(event))
    tell.of_trainers(event, named=event.trainers)
    return event


def change_event(event: Event, details: EventDetails, *, by: Actor) -> list[str]:
    """Change an event, or raise Refused; whoever is booked must be able to stay booked, and is told.

    Places that were added go to who waits for them; returns the names of those.
    """
    concerned = queries.concerned(event.id)
    so_far = queries.so_far(event, concerned)
    trainers = _judge(event.terms, details, so_far, by=by, also=event.trainers, event_id=event.id)
    if so_far.days != details.days:
        _insist_on_the_booked(event, details.days, so_far)
    before, told, trained = _as_recorded(event), _as_told(event), {*event.trainers}
    for key, value in _columns(event.course, details).items():
        setattr(event, key, value)
    event.days = _days(details, {day.day: day for day in event.days})
    event.trainers = list(trainers)
    was, now = changed(before, _as_recorded(event))
    if not now:
        return []
    flag_modified(event, "title")  # days and trainers are rows of their own, and a change of theirs is one of the event
    db.session.flush()
    record("event.changed", by=by, subject_id=event.id, before=was, after=now)
    stay = [one for one in trainers if one.id in so_far.trainers]
    tell.of_trainers(event, named=[one for one in trainers if one not in stay], gone=trained - {*trainers})
    if told != _as_told(event):
        tell.of_changed_event(event, {*(one.staff for one in concerned), *stay})
    return fill(event, by=by) if "places" in now or "days" in now else []


def _columns(course: Course, details: EventDetails) -> dict[str, Any]:
    return {
        "title": details.title or course.title,
        "venue": details.venue,
        "places": details.places,
        "starts_on": details.days[0],
        "ends_on": details.days[-1],
    }


def _days(details: EventDetails, kept: Mapping[date, EventDay]) -> list[EventDay]:
    days = [kept.get(day) or EventDay(day=day) for day in details.days]
    for row in days:
        hours = details.hours_of(row.day)
        row.begins, row.ends = hours.begins, hours.ends
    return days


def _as_recorded(event: Event) -> dict[str, Any]:
    kept = ("course_id", "course_version_id", "area_id", "title", "venue", "places")
    columns = {key: getattr(event, key) for key in kept}
    days = [day.day for day in event.days]
    hours = sorted({f"{day.begins:%H:%M} to {day.ends:%H:%M}" for day in event.days})
    trainers = [trainer.number for trainer in event.trainers]
    return columns | {"days": days, "hours": ", ".join(hours), "trainers": trainers}


def _as_told(event: Event) -> tuple[object, ...]:
    """Return what whoever is booked must know."""
    return event.venue, tuple((day.day, day.begins, day.ends) for day in event.days)


def _judge(
    terms: CourseVersion,
    details: EventDetails,
    so_far: EventSoFar,
    *,
    by: Actor,
    also: Sequence[Staff] = (),
    event_id: int | None = None,
) -> list[Staff]:
    """Return the trainers, or raise Refused with everything that is wrong with the event.

    Trainers who are named anew are judged, and all of them when the days change: a lapse since then is no fault of a
    change of venue.
    """
    meant = queries.staff_named(details.trainers, by=by, also=also)
    trainers = {staff.id: staff for found in meant.values() for staff in found}
    plan = EventPlan(days=details.days, places=details.places, trainers=frozenset(trainers))
    new = trainers if so_far.days != details.days else trainers.keys() - so_far.trainers
    reasons = [
        *reasons_against_event(plan, course_days=terms.days, so_far=so_far, today=clock.today()),
        *_unclear(meant),
    ]
    if details.days:
        reasons += _against_trainers(terms, sorted(new), details.days, event_id)
    if reasons:
        raise Refused(*reasons)
    return sorted(trainers.values(), key=lambda staff: (staff.sort_name, staff.id))


def _against_trainers(
    terms: CourseVersion, staff_ids: Collection[int], days: Sequence[date], event_id: int | None
) -> list[Reason]:
    asked = Asked(
        stage=Stage(terms.course.stage),
        programme_id=terms.course.programme_id,
        authorised=terms.trainers_authorised,
        years=terms.trainers_years,
    )
    people, about = gather.people(staff_ids), known.of(staff_ids, days, but_event=event_id)
    return [
        reason
        for staff_id, person in people.items()
        for reason in reasons_against_trainer(person, asked, days, duties=about[staff_id].duties)
    ]


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
    judged = reasons_by_person(event.terms, days, so_far.booked, event_id=event.id, today=clock.today())
    reasons = [reason for one in judged.values() for reason in one]
    if reasons:
        raise Refused(*reasons)
