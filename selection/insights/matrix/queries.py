"""Reads of the skills matrix: a page of people with their cells, and all of them in turn for an export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from selection.authorisation import gather
from selection.core.db import db
from selection.core.scope import within
from selection.insights.asked import Asked, Who
from selection.models.authorisations import Authorisation, Certificate
from selection.models.people import Area, Staff
from selection.rules.matrix import Cell, Column, cells
from selection.rules.roles import Reach
from selection.web.pages import Pages

PER_PAGE = 50
COUNTED = 1_000
"""As far as is counted; who wants to see more than that narrows the choice, or takes the file."""

AT_ONCE = 1_000
"""People whose cells are worked out at one time for an export."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A person and their cells, in the order of the columns."""

    staff_id: int
    number: str
    name: str
    area: str
    cells: tuple[Cell, ...]


def page(asked: Asked, reach: Reach, wanted: Sequence[Column], *, today: date, soon: int) -> tuple[list[Row], Pages]:
    """Return the page that is asked for, by name, and where in the whole it is."""
    conditions = _conditions(asked, reach, today, soon)
    some = select(Staff.id).where(*conditions).limit(COUNTED + 1).subquery()
    total = db.session.scalars(select(func.count()).select_from(some)).one()
    pages = Pages.at(asked.page, min(total, COUNTED), capped=total > COUNTED, per_page=PER_PAGE)
    return _rows(conditions, wanted, pages.before, PER_PAGE, today, soon), pages


def every(asked: Asked, reach: Reach, wanted: Sequence[Column], *, today: date, soon: int) -> Iterator[Row]:
    """Yield every row that is asked for, some at a time."""
    conditions = _conditions(asked, reach, today, soon)
    start = 0
    while rows := _rows(conditions, wanted, start, AT_ONCE, today, soon):
        yield from rows
        start += AT_ONCE


def _rows(
    conditions: list[ColumnElement[bool]], wanted: Sequence[Column], start: int, most: int, today: date, soon: int
) -> list[Row]:
    query = select(Staff.id, Staff.number, Staff.name, Area.name).join(Area, Area.id == Staff.area_id)
    found = db.session.execute(
        query.where(*conditions).order_by(Staff.sort_name, Staff.id).offset(start).limit(most)
    ).all()
    facts = gather.standings(row[0] for row in found)
    return [
        Row(
            staff_id=staff_id,
            number=number,
            name=name,
            area=area,
            cells=cells(facts[staff_id], wanted, today=today, soon=soon),
        )
        for staff_id, number, name, area in found
    ]


def _conditions(asked: Asked, reach: Reach, today: date, soon: int) -> list[ColumnElement[bool]]:
    here = or_(Staff.left_on.is_(None), Staff.left_on >= today)
    chosen = [within(Staff.area_id, reach), here]
    if asked.area:
        chosen.append(Staff.area_id == asked.area)
    until = today + timedelta(days=soon)
    match asked.who:
        case Who.ON_THE_PATH:
            chosen.append(exists().where(Certificate.staff_id == Staff.id, _counts(Certificate, asked)))
        case Who.AUTHORISED:
            valid = and_(Authorisation.valid_from <= today, Authorisation.valid_to >= today)
            chosen.append(exists().where(Authorisation.staff_id == Staff.id, valid, _counts(Authorisation, asked)))
        case Who.ENDING:
            ends = and_(Certificate.valid_to.between(today, until), Certificate.valid_from <= Certificate.valid_to)
            chosen.append(exists().where(Certificate.staff_id == Staff.id, ends, _counts(Certificate, asked)))
    return chosen


def _counts(table: type[Certificate] | type[Authorisation], asked: Asked) -> ColumnElement[bool]:
    """Return the condition that a paper is of the programme that is asked for, or of none in particular."""
    if asked.programme is None:
        return table.id.is_not(None)
    return or_(table.programme_id.is_(None), table.programme_id == asked.programme)
