"""What has happened to people since they were booked, so that they could not be booked any more: as conditions."""

from sqlalchemy import ColumnElement, and_, exists, or_

from selection.models.authorisations import Certificate, Stop
from selection.models.people import Staff
from selection.models.training import Booking, Event
from selection.rules.booking import STEP_BEFORE
from selection.rules.programmes import Stage
from selection.rules.training import CourseKind


def columns(event: Event) -> tuple[ColumnElement[bool], ...]:
    """Return the columns of a query of the event's bookings with their staff that `in_words` reads."""
    return had_step_before(event), _stopped(event), and_(Staff.left_on.is_not(None), Staff.left_on < event.ends_on)


def in_words(had_step_before: bool, stopped: bool, leaves: bool) -> tuple[str, ...]:
    """Return what the columns of a row say, in words; nothing of who could still be booked."""
    said = (
        (not had_step_before, "No longer holds the step before"),
        (stopped, "Suspended or deselected"),
        (leaves, "Leaves before"),
    )
    return tuple(words for is_so, words in said if is_so)


def _stopped(event: Event) -> ColumnElement[bool]:
    of_it = or_(Stop.programme_id.is_(None), Stop.programme_id == event.course.programme_id)
    days = (Stop.from_day <= event.ends_on, Stop.to_day >= event.starts_on, Stop.from_day <= Stop.to_day)
    return exists().where(Stop.staff_id == Booking.staff_id, of_it, *days).correlate(Booking)


def had_step_before(event: Event) -> ColumnElement[bool]:
    """Return the condition that what the course builds on was held on the event's first day, by which it was booked.

    It may have been withdrawn since the booking. A refresher builds on a certificate that may have ended by then.
    """
    course, day = event.course, event.starts_on
    match course.kind:
        case CourseKind.REFRESHER:
            return _held(course.stage, course.programme_id, Certificate.valid_from <= day)
        case CourseKind.CONVERSION:
            valid = (Certificate.valid_from <= day, Certificate.valid_to >= day)
            return and_(_held(Stage.FUNDAMENTAL, None, *valid), _held(course.stage, course.from_programme_id, *valid))
    return _held(STEP_BEFORE[Stage(course.stage)], None, Certificate.valid_from <= day, Certificate.valid_to >= day)


def _held(stage: str, programme_id: int | None, *on: ColumnElement[bool]) -> ColumnElement[bool]:
    held = (Certificate.staff_id == Booking.staff_id, Certificate.stage == stage)
    live = Certificate.valid_from <= Certificate.valid_to
    of_programme = Certificate.programme_id.is_not_distinct_from(programme_id)
    return exists().where(*held, live, of_programme, *on).correlate(Booking)
