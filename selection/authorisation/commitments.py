"""Where people are already: on which groups, and in which rooms or at which training events at what times."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import ColumnElement, Select, Time, and_, exists, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from selection.core.db import db
from selection.models.groups import Group, Supervision
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Place
from selection.models.training import Booking, Event, EventDay, EventTrainer
from selection.rules.sessions import SessionState
from selection.rules.staffing import Busy
from selection.rules.validity import Span

Spells = defaultdict[int, list[tuple[str, Span]]]
"""By staff id, the groups' references and the days."""

ALL_DAY = (time.min, time.max)


def supervising(staff_ids: Iterable[int], days: Span, *, besides: int | None = None) -> Spells:
    """Return which groups each of the people supervises on some of the days; one query."""
    query = (
        select(Supervision.supervisor_id, Group.reference, Supervision.starts_on, Supervision.ends_on)
        .join(Group, Group.id == Supervision.group_id)
        .where(
            Supervision.supervisor_id.in_(list(staff_ids)),
            Supervision.ends_on >= days.first,
            Supervision.starts_on <= days.last,
            Supervision.group_id != (besides or 0),
        )
    )
    found: Spells = defaultdict(list)
    for staff_id, reference, first, last in db.session.execute(query).all():
        found[staff_id].append((reference, Span(first=first, last=last)))
    return found


def wait_for(staff_ids: Iterable[int]) -> None:
    """Wait for whoever puts these people into rooms or on groups now, so that nobody else does until the commit.

    Groups are locked before people, and people together: two who wait for each other would wait for ever.
    """
    wanted = sorted(set(staff_ids))
    if wanted:
        query = select(Staff.id).where(Staff.id.in_(wanted)).order_by(Staff.id)
        db.session.execute(query.with_for_update(key_share=True)).all()


def busy(staff_ids: Iterable[int], days: Span, *, besides: int) -> dict[int, list[Busy]]:
    """Return at what times each of the people is in another group's room or at a training event, but for one group."""
    ids = list(staff_ids)
    if not ids or days.is_empty:
        return {}
    found: defaultdict[int, list[Busy]] = defaultdict(list)
    both = union_all(_in_rooms(ids, days, besides), _booked(ids, days), _training(ids, days))
    for staff_id, day, starts_at, ends_at, where in db.session.execute(both).all():
        found[staff_id].append(Busy(day=day, starts_at=starts_at, ends_at=ends_at, where=where))
    return found


def _in_rooms(ids: list[int], days: Span, besides: int) -> Select[int, date, time, time, str]:
    return (
        select(Place.facilitator_id, Place.session_day, GroupSession.starts_at, GroupSession.ends_at, Group.reference)
        .join(GroupSession, GroupSession.id == Place.session_id)
        .join(Group, Group.id == Place.group_id)
        .where(
            Place.facilitator_id.in_(ids),
            Place.in_room,
            Place.group_id != besides,
            Place.session_day.between(days.first, days.last),
            GroupSession.state != SessionState.NOT_HELD,
        )
    )


def _booked(ids: list[int], days: Span) -> Select[int, date, time, time, str]:
    return (
        select(Booking.staff_id, *_all_day())
        .join(Event, Event.id == Booking.event_id)
        .join(EventDay, EventDay.event_id == Event.id)
        .where(Booking.staff_id.in_(ids), Booking.cancelled_at.is_(None), EventDay.day.between(days.first, days.last))
    )


def _training(ids: list[int], days: Span) -> Select[int, date, time, time, str]:
    return (
        select(EventTrainer.staff_id, *_all_day())
        .join(Event, Event.id == EventTrainer.event_id)
        .join(EventDay, EventDay.event_id == Event.id)
        .where(
            EventTrainer.staff_id.in_(ids), Event.cancelled_at.is_(None), EventDay.day.between(days.first, days.last)
        )
    )


def _all_day() -> tuple[ColumnElement[date], ColumnElement[time], ColumnElement[time], ColumnElement[str]]:
    first, last = (literal(moment, Time) for moment in ALL_DAY)
    return (EventDay.day, first, last, Event.title)  # type: ignore[return-value]


def is_elsewhere(staff_id: InstrumentedAttribute[int], at: type[GroupSession]) -> ColumnElement[bool]:
    """Return the condition that at a session's time the person is in another group's room or at a training event."""
    place, session = aliased(Place), aliased(GroupSession)
    in_a_room = exists().where(
        place.facilitator_id == staff_id,
        place.session_day == at.day,
        place.group_id != at.group_id,
        place.in_room,
        session.id == place.session_id,
        session.state != SessionState.NOT_HELD,
        session.starts_at < at.ends_at,
        session.ends_at > at.starts_at,
    )
    day = and_(EventDay.event_id == Event.id, EventDay.day == at.day)
    booked = exists().where(
        Booking.staff_id == staff_id, Booking.cancelled_at.is_(None), Event.id == Booking.event_id, day
    )
    trains = exists().where(
        EventTrainer.staff_id == staff_id, Event.id == EventTrainer.event_id, Event.cancelled_at.is_(None), day
    )
    return or_(in_a_room, booked, trains)
