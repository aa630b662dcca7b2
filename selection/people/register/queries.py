"""Reads of the register: a page of it, and how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from selection.authorisation.find import named_like
from selection.core.db import db
from selection.core.scope import within
from selection.models.people import Area, Staff
from selection.people.register.asked import Asked, Order
from selection.people.register.standings import acts_as, standings, stands_at
from selection.rules.path import Standing
from selection.rules.roles import Reach
from selection.web.pages import PER_PAGE, Pages

COUNTED = 1_000
"""As far as is counted; who wants to see more than that narrows the search."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of the register."""

    id: int
    number: str
    name: str
    job_title: str
    area: str
    joined_on: date
    standing: Standing


_COLUMNS = (Staff.id, Staff.number, Staff.name, Staff.job_title, Area.name, Staff.joined_on, Staff.left_on)

_ORDERS: dict[Order, tuple[InstrumentedAttribute[Any], ...]] = {
    Order.NAME: (Staff.sort_name, Staff.id),
    Order.NUMBER: (Staff.number,),
    Order.AREA: (Area.name, Staff.sort_name, Staff.id),
    Order.JOINED: (Staff.joined_on, Staff.id),
}


def search(asked: Asked, reach: Reach, *, today: date) -> tuple[Sequence[Entry], Pages]:
    """Return the page of the register that is asked for, within reach, and where in the list it is."""
    conditions = list(_conditions(asked, reach, today))
    pages = _pages(select(Staff.id).where(*conditions), asked.page)
    order = [column.desc() if asked.descending else column.asc() for column in _ORDERS[asked.order]]
    query = select(*_COLUMNS).join(Staff.area).where(*conditions).order_by(*order)
    rows = db.session.execute(query.offset((pages.page - 1) * PER_PAGE).limit(PER_PAGE)).all()
    where = standings([(row[0], row[6]) for row in rows], today)
    return [
        Entry(
            id=row[0],
            number=row[1],
            name=row[2],
            job_title=row[3],
            area=row[4],
            joined_on=row[5],
            standing=where[row[0]],
        )
        for row in rows
    ], pages


def _conditions(asked: Asked, reach: Reach, today: date) -> Iterator[ColumnElement[bool]]:
    yield within(Staff.area_id, reach)
    if asked.words:
        yield named_like(asked.words)
    if asked.area:
        yield Staff.area_id == asked.area
    if asked.role:
        yield acts_as(asked.role, today)
    if asked.state:
        yield stands_at(asked.state, today)


def _pages(matching: Select[int], page: int) -> Pages:
    """Return the page, or the last one there is, and how many match as far as is counted."""
    counted = db.session.scalars(select(func.count()).select_from(matching.limit(COUNTED + 1).subquery())).one()
    pages = Pages(page=page, total=min(counted, COUNTED), capped=counted > COUNTED)
    return replace(pages, page=min(page, pages.last))
