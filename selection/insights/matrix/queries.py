"""Reads of the skills matrix: a page of people with their cells, and all of them in turn for an export."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from selection.authorisation import gather
from selection.core.db import rows
from selection.insights.asked import Asked, Who
from selection.models.authorisations import Authorisation, Certificate
from selection.models.people import Area, Staff
from selection.models.practice import Practice
from selection.rules.eligibility import ActingRole
from selection.rules.first_delivery import late_since
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
    months = _months(wanted)
    found, given = _statements(*_shape(asked, reach, months)), _values(asked, reach, months, today, soon)
    total = rows(found.number, **given)[0][0]
    pages = Pages.at(asked.page, min(total, COUNTED), capped=total > COUNTED, per_page=PER_PAGE)
    return _rows(found.people, wanted, given | {"start": pages.before, "most": PER_PAGE}, today, soon), pages


def every(asked: Asked, reach: Reach, wanted: Sequence[Column], *, today: date, soon: int) -> Iterator[Row]:
    """Yield every row that is asked for, some at a time."""
    months = _months(wanted)
    found, given = _statements(*_shape(asked, reach, months)), _values(asked, reach, months, today, soon)
    start = 0
    while some := _rows(found.people, wanted, given | {"start": start, "most": AT_ONCE}, today, soon):
        yield from some
        start += AT_ONCE


def _rows(
    people: Select[int, str, str, str], wanted: Sequence[Column], given: dict[str, Any], today: date, soon: int
) -> list[Row]:
    found = rows(people, **given)
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


class _Statements(NamedTuple):
    """How many people there are, counted as far as is counted, and some of them by name."""

    number: Select[int]
    people: Select[int, str, str, str]


def _months(wanted: Sequence[Column]) -> dict[int, int]:
    """Return, by programme, within how many months of training a first delivery is expected."""
    return {one.programme_id: one.first_delivery_months for one in wanted if one.programme_id and _delivers(one)}


def _delivers(column: Column) -> bool:
    return column.stage is None and not column.supervises


def _shape(asked: Asked, reach: Reach, months: Mapping[int, int]) -> tuple[Who, bool, bool, bool, int]:
    """Return what decides the words of the statements; the rest is put in for what they leave open."""
    late = len(months) if asked.who == Who.LATE else 0
    return asked.who, asked.area is not None, asked.programme is not None, reach.everywhere, late


def _values(asked: Asked, reach: Reach, months: Mapping[int, int], today: date, soon: int) -> dict[str, Any]:
    given: dict[str, Any] = {"today": today, "until": today + timedelta(days=soon)}
    given |= {"area": asked.area, "programme": asked.programme}
    if asked.who == Who.LATE:
        for number, (programme_id, most) in enumerate(months.items()):
            given |= {f"of_{number}": programme_id, f"since_{number}": late_since(today, months=most)}
    return given if reach.everywhere else given | {"areas": list(reach.areas)}


@cache
def _statements(who: Who, area: bool, programme: bool, everywhere: bool, late: int) -> _Statements:
    """Return the statements; made once each, as to make them takes longer than to run them."""
    today = bindparam("today", type_=Date)
    chosen: list[ColumnElement[bool]] = [or_(Staff.left_on.is_(None), Staff.left_on >= today)]
    if not everywhere:
        chosen.append(Staff.area_id.in_(bindparam("areas", expanding=True)))
    if area:
        chosen.append(Staff.area_id == bindparam("area", type_=Integer))
    match who:
        case Who.ON_THE_PATH:
            chosen.append(exists().where(Certificate.staff_id == Staff.id, *_counts(Certificate, programme)))
        case Who.AUTHORISED:
            valid = (Authorisation.valid_from <= today, Authorisation.valid_to >= today)
            held = Authorisation.staff_id == Staff.id
            chosen.append(exists().where(held, *valid, *_counts(Authorisation, programme)))
        case Who.ENDING:
            ends = Certificate.valid_to.between(today, bindparam("until", type_=Date))
            live = Certificate.valid_from <= Certificate.valid_to
            held = Certificate.staff_id == Staff.id
            chosen.append(exists().where(held, ends, live, ~_goes_on(), *_counts(Certificate, programme)))
        case Who.LATE:
            chosen.append(or_(*(_late(number, today) for number in range(late))) if late else false())
    some = select(Staff.id).where(*chosen).limit(COUNTED + 1).subquery()
    people = select(Staff.id, Staff.number, Staff.name, Area.name).join(Area, Area.id == Staff.area_id).where(*chosen)
    by_name = people.order_by(Staff.sort_name, Staff.id)
    return _Statements(
        number=select(func.count()).select_from(some),
        people=by_name.offset(bindparam("start", type_=Integer)).limit(bindparam("most", type_=Integer)),
    )


def _goes_on() -> ColumnElement[bool]:
    """Return the condition that another certificate of the same step is valid already and goes on after this one."""
    later = aliased(Certificate)
    return exists().where(
        later.staff_id == Certificate.staff_id,
        later.stage == Certificate.stage,
        func.coalesce(later.programme_id, 0) == func.coalesce(Certificate.programme_id, 0),
        later.valid_to > Certificate.valid_to,
        later.valid_from <= Certificate.valid_to,
    )


def _late(number: int, today: BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that somebody may begin on a programme, and is late to deliver it for the first time."""
    programme_id, since = bindparam(f"of_{number}", type_=Integer), bindparam(f"since_{number}", type_=Date)
    may = Authorisation
    mine = (Practice.staff_id == Staff.id, Practice.programme_id == programme_id)
    live = Practice.begins_on <= Practice.lapses_on
    return and_(
        exists().where(
            may.staff_id == Staff.id,
            may.programme_id == programme_id,
            may.role == ActingRole.FACILITATOR,
            may.valid_from <= today,
            may.valid_to >= today,
        ),
        exists().where(*mine, live, Practice.lapses_on >= today),
        ~exists().where(*mine, or_(Practice.delivered_id.is_not(None), and_(live, Practice.begins_on > since))),
    )


def _counts(table: type[Certificate] | type[Authorisation], programme: bool) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that a paper is of the programme that is asked for, or of none in particular."""
    if programme:
        yield or_(table.programme_id.is_(None), table.programme_id == bindparam("programme", type_=Integer))
