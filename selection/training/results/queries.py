"""Reads of one booking with its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.training import Booking, Event, PartAssessment, Reassessment
from selection.rules.assessing import Now, Tie
from selection.rules.results import Attended, Parts, Taking
from selection.rules.roles import Actor, Permission
from selection.rules.training import CourseFacts, Part, PartResult, attended_enough
from selection.training import facts, teaching, ties
from selection.training.roster import Entry, counted, entries, entry, with_what_became


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A booking with all that its result is judged by."""

    entry: Entry
    event: Event
    taking: Taking
    assessments: Sequence[PartAssessment]
    reassessment: Reassessment | None
    tie: Tie

    @property
    def standing_assessments(self) -> list[PartAssessment]:
        """The assessments that no later one corrects."""
        corrected = {one.corrects_id for one in self.assessments}
        return [one for one in self.assessments if one.id not in corrected]

    @property
    def now(self) -> dict[Part, Now]:
        """Where each part stands; what was recorded before parts had rows of their own counts as one attempt."""
        latest = self.entry.latest
        found = {part: Now() for part in Part}
        for part in Part:
            if latest is not None and getattr(latest, part) != PartResult.NOT_ASSESSED:
                found[part] = Now(result=PartResult(getattr(latest, part)), attempts=1)
        for one in self.standing_assessments:
            if one.attempt >= found[Part(one.part)].attempts:
                found[Part(one.part)] = Now(
                    result=PartResult(one.result), attempts=one.attempt, mark=one.mark, row_id=one.id
                )
        return found

    @property
    def booking(self) -> Booking:
        """The booking."""
        return self.entry.booking

    @property
    def course(self) -> CourseFacts:
        """The course as the rules see it."""
        return facts.course_facts(self.event.terms)

    def has_enough(self, parts: Parts) -> bool:
        """True if the attendance is what the course asks for."""
        attended = self.taking.attended
        return attended_enough(counted(parts, attended.days_present, len(attended.held)), self.course)

    @property
    def version(self) -> str:
        """What tells one state of the results from the next: the latest one's id."""
        return str(self.entry.latest.id if self.entry.latest else 0)


def one(booking_id: int, permission: Permission, *, by: Actor, writing: bool = False) -> Taken:
    """Return a booking on an event within reach, or that the actor trains, with its event, attendance and results.

    For writing, others who would write about the booking wait.
    """
    query = (
        with_what_became()
        .add_columns(*ties.columns(by))
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.id == booking_id, teaching.reachable(permission, by=by))
        .options(
            selectinload(Booking.attendance),
            contains_eager(Booking.event).options(
                *facts.WITH_TERMS, joinedload(Event.trainers), joinedload(Event.days)
            ),
        )
    )
    row = db.session.execute(query.with_for_update(of=Booking) if writing else query).unique().one_or_none()
    if row is None:
        raise NotHere
    found: Sequence[Any] = db.session.execute(
        select(PartAssessment, Reassessment)
        .select_from(Booking)
        .outerjoin(PartAssessment, PartAssessment.booking_id == Booking.id)
        .outerjoin(Reassessment, Reassessment.booking_id == Booking.id)
        .where(Booking.id == booking_id)
        .order_by(PartAssessment.id)
        .options(joinedload(PartAssessment.assessed_by))
    ).all()
    assessments = [one for one, _ in found if one is not None]
    return _taken(entry(row[:6]), assessments, found[0][1], ties.tie(row[6:]))


def _taken(found: Entry, assessments: Sequence[PartAssessment], reassessment: Reassessment | None, tie: Tie) -> Taken:
    booking = found.booking
    held = tuple(day.day for day in booking.event.days)
    return Taken(
        entry=found,
        assessments=assessments,
        reassessment=reassessment,
        tie=tie,
        event=booking.event,
        taking=Taking(
            staff_id=booking.staff_id,
            name=booking.staff.name,
            cancelled=booking.cancelled_at is not None,
            attended=Attended(held=held, present={row.day: row.present for row in booking.attendance}),
            latest=found.recorded,
        ),
    )


def next_without_result(event_id: int, after: Booking) -> int | None:
    """Return the next booking of the event, in order of names, that has no result yet; the first one after the last."""
    booked = [one for one in entries(event_id) if one.booking.cancelled_at is None]
    here = next((place for place, one in enumerate(booked) if one.booking.id == after.id), 0)
    ahead = (one for one in (*booked[here:], *booked[:here]) if one.latest is None)
    return next((one.booking.id for one in ahead), None)
