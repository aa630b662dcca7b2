"""Reads of the register: a page of it, and how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from selection.authorisation.find import given_words, named_like_given
from selection.core.db import rows
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kind:
    """What tells one statement of the register from another; everything else is a value."""

    everywhere: bool
    words: int
    area: bool
    role: bool
    state: Standing | None
    order: Order
    descending: bool


def search(asked: Asked, reach: Reach, *, today: date) -> tuple[Sequence[Entry], Pages]:
    """Return the page of the register that is asked for, within reach, and where in the list it is."""
    words = given_words(asked.words)
    count, page_of = _statements(
        _Kind(
            everywhere=reach.everywhere,
            words=len(words) // 2,
            area=asked.area is not None,
            role=asked.role is not None,
            state=asked.state,
            order=asked.order,
            descending=asked.descending,
        )
    )
    values = words | {"today": today, "areas": list(reach.areas), "area": asked.area, "role": asked.role}
    counted = rows(count, **values)[0][0]
    pages = Pages.at(asked.page, min(counted, COUNTED), capped=counted > COUNTED)
    found = rows(page_of, **values, before=pages.before)
    where = standings([(row[0], row[6]) for row in found], today)
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
        for row in found
    ], pages


@lru_cache(maxsize=512)
def _statements(kind: _Kind) -> tuple[Select[int], Select[*tuple[Any, ...]]]:
    """Return the statement that counts, as far as is counted, and the one that reads a page."""
    conditions = list(_conditions(kind))
    counted = select(Staff.id).where(*conditions).limit(literal_column(str(COUNTED + 1), Integer)).subquery()
    order = [column.desc() if kind.descending else column.asc() for column in _ORDERS[kind.order]]
    listed = select(*_COLUMNS).join(Staff.area).where(*conditions).order_by(*order)
    page = listed.offset(bindparam("before", type_=Integer)).limit(literal_column(str(PER_PAGE), Integer))
    return select(func.count()).select_from(counted), page


def _conditions(kind: _Kind) -> Iterator[ColumnElement[bool]]:
    today = bindparam("today", type_=Date)
    if not kind.everywhere:
        areas: BindParameter[int] = bindparam("areas", expanding=True)
        yield Staff.area_id.in_(areas)
    if kind.words:
        yield named_like_given(kind.words)
    if kind.area:
        yield Staff.area_id == bindparam("area")
    if kind.role:
        yield acts_as(bindparam("role", type_=String), today)
    if kind.state:
        yield stands_at(kind.state, today)
