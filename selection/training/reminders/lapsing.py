"""Reads of rights that lapse soon for want of delivery, and of first deliveries that are expected soon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, false, or_, select

from selection.authorisation import gather
from selection.core.db import db
from selection.core.scope import within
from selection.models.people import Area, Staff
from selection.models.practice import Practice
from selection.models.programmes import Programme
from selection.rules.first_delivery import late_since
from selection.rules.reminders import Ahead, ahead
from selection.rules.roles import Reach
from selection.rules.validity import day_after

AT_ONCE = 1_000
"""People whose facts are gathered at one time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapsing:
    """What is ahead of somebody who does not deliver a programme: a lapse, or a first delivery that is expected."""

    staff_id: int
    name: str
    email: str
    area_id: int
    area: str
    programme_id: int
    programme: str
    what: Ahead
    on: date


def lapsing(today: date, until: date, reach: Reach) -> list[Lapsing]:
    """Return what is ahead from today to `until` of people within reach, soonest first."""
    candidates = _candidates(today, until, reach)
    some = (candidates[start : start + AT_ONCE] for start in range(0, len(candidates), AT_ONCE))
    found = [one for each in some for one in _ahead(each, today)]
    return sorted((one for one in found if one.on <= until), key=lambda one: (one.on, one.name, one.staff_id))


def _candidates(today: date, until: date, reach: Reach) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return of whom and which programme something may be ahead: the rules decide whether it is."""
    months = dict(db.session.execute(select(Programme.id, Programme.months_to_first_delivery)).all())
    lapses = Practice.lapses_on.between(today, until)
    first = [
        and_(
            Practice.programme_id == programme_id,
            Practice.delivered_id.is_(None),
            Practice.begins_on > late_since(today, months=most),
            Practice.begins_on <= late_since(day_after(until), months=most),
        )
        for programme_id, most in months.items()
    ]
    query = (
        select(
            *(Practice.staff_id, Staff.name, Staff.email, Staff.area_id, Area.name, Practice.programme_id),
            *(Programme.code, Programme.months_to_first_delivery),
        )
        .join(Staff, Staff.id == Practice.staff_id)
        .join(Area, Area.id == Staff.area_id)
        .join(Programme, Programme.id == Practice.programme_id)
        .where(within(Staff.area_id, reach), or_(lapses, *first, false()))
        .distinct()
    )
    return db.session.execute(query).all()


def _ahead(candidates: Sequence[Row[*tuple[Any, ...]]], today: date) -> Iterator[Lapsing]:
    facts = gather.standings({row[0] for row in candidates})
    for staff_id, name, email, area_id, area, programme_id, programme, months in candidates:
        for what, on in ahead(facts[staff_id], programme_id, months=months, today=today).items():
            yield Lapsing(
                staff_id=staff_id,
                name=name,
                email=email,
                area_id=area_id,
                area=area,
                programme_id=programme_id,
                programme=programme,
                what=what,
                on=on,
            )
