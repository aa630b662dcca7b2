"""What ties whoever would record or certify to the people whose results they are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from selection.models.people import Acquaintance, Staff
from selection.models.training import Booking, CourseResult, PartAssessment
from selection.rules.assessing import Tie
from selection.rules.roles import Actor


def columns(by: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the columns of a query of bookings with their staff that `tie` reads."""
    line_manager = Staff.line_manager_id == by.staff_id if by.staff_id else false()
    return line_manager, _manages(by.staff_id), _acquainted(by.staff_id), _took_part(by)


def tie(row: Sequence[Any]) -> Tie:
    """Return what the columns of a row say."""
    line_manager, managed, acquainted, took_part = (bool(value) for value in row)
    return Tie(line_manager=line_manager, managed=managed, acquainted=acquainted, took_part=took_part)


def _manages(staff_id: int | None) -> ColumnElement[bool]:
    """The person of the booking is the line manager of the staff member."""
    me = aliased(Staff)
    mine = select(me.line_manager_id).where(me.id == staff_id).scalar_subquery()
    return Booking.staff_id == mine


def _acquainted(staff_id: int | None) -> ColumnElement[bool]:
    either_way = or_(
        and_(Acquaintance.staff_id == staff_id, Acquaintance.other_id == Booking.staff_id),
        and_(Acquaintance.other_id == staff_id, Acquaintance.staff_id == Booking.staff_id),
    )
    return exists().where(either_way).correlate(Booking)


def _took_part(by: Actor) -> ColumnElement[bool]:
    """Whoever recorded any of it, an earlier result included, or assessed a part of it."""
    assessed = or_(PartAssessment.recorded_by_id == by.account_id, PartAssessment.assessed_by_id == by.staff_id)
    return or_(
        exists()
        .where(CourseResult.booking_id == Booking.id, CourseResult.recorded_by_id == by.account_id)
        .correlate(Booking),
        exists().where(PartAssessment.booking_id == Booking.id, assessed).correlate(Booking),
    )
