"""Who could act for a group on given days, and who could not and why: found by the database, judged by the rules.

The database parts people roughly, so that a page costs the same however many there are; the rules then judge each
person on the page, and theirs is the last word.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import joinedload

from selection.authorisation import gather
from selection.authorisation.find import named_like
from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Authorisation, Certificate, Stop
from selection.models.people import Staff
from selection.models.practice import Practice
from selection.rules.eligibility import ActingRole, Person
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.roles import Reach
from selection.rules.validity import Span
from selection.web.pages import PER_PAGE, Pages

COUNTED = 1_000

CANNOT_PER_PAGE = 10
"""Fewer than elsewhere: each takes several lines to say why not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """Who is looked for: to act in the role for the programme on the days, among whom, and who is taken already."""

    role: ActingRole
    programme_id: int
    days: Span
    reach: Reach
    words: str = ""
    trained_only: bool = False
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A person and the rules' word on them: no reasons means yes; `earliest` are the days on which it could be.

    `note` is what to know of whoever can.
    """

    staff: Staff
    reasons: tuple[Reason, ...]
    earliest: Span | None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """A page of who can, and a page of who cannot."""

    can: tuple[Judged, ...]
    can_pages: Pages
    cannot: tuple[Judged, ...]
    cannot_pages: Pages


Judge = Callable[[Person], tuple[Iterable[Reason], Span | None]]


def choices(
    wish: Wish, judge: Judge, *, note: Callable[[Person], str] = lambda _: "", can_page: int = 1, cannot_page: int = 1
) -> Choices:
    """Return who can act and who cannot, each list by name; three queries, however many people there are."""
    able = likely(wish)
    among = _among(wish)
    can, can_pages = _page(and_(among, able), can_page, PER_PAGE)
    cannot, cannot_pages = _page(and_(among, not_(able)), cannot_page, CANNOT_PER_PAGE)
    people = gather.people([row.id for row in (*can, *cannot)])
    return Choices(
        can=_judged(can, people, judge, note),
        can_pages=can_pages,
        cannot=_judged(cannot, people, judge),
        cannot_pages=cannot_pages,
    )


def _judged(
    rows: Sequence[Staff], people: dict[int, Person], judge: Judge, note: Callable[[Person], str] = lambda _: ""
) -> tuple[Judged, ...]:
    result = []
    for row in rows:
        person = people[row.id]
        reasons, earliest = judge(person)
        result.append(Judged(staff=row, reasons=tuple(reasons), earliest=earliest, note=note(person)))
    return tuple(result)


def _page(condition: ColumnElement[bool], page: int, per_page: int) -> tuple[Sequence[Staff], Pages]:
    counted = select(func.count()).select_from(select(Staff.id).where(condition).limit(COUNTED).subquery())
    query = (
        select(Staff, counted.scalar_subquery())
        .where(condition)
        .order_by(Staff.sort_name, Staff.id)
        .offset((page - 1) * per_page)
        .limit(per_page)
        .options(joinedload(Staff.area, innerjoin=True))
    )
    rows = db.session.execute(query).all()
    if not rows and page > 1:
        return _page(condition, 1, per_page)
    total: int = rows[0][1] if rows else 0
    return [row[0] for row in rows], Pages(page=page, total=total, capped=total == COUNTED, per_page=per_page)


def _among(wish: Wish) -> ColumnElement[bool]:
    among = and_(within(Staff.area_id, wish.reach), named_like(wish.words))
    if not wish.trained_only:
        return among
    trained = select(Certificate.staff_id).where(
        Certificate.stage == Stage.PROGRAMME, Certificate.programme_id == wish.programme_id
    )
    return and_(among, Staff.id.in_(trained))


def likely(wish: Wish) -> ColumnElement[bool]:
    """Return the condition that nothing but a gap between two authorisations can be against the person."""
    days = wish.days
    stopped = exists().where(
        Stop.staff_id == Staff.id,
        or_(Stop.programme_id.is_(None), Stop.programme_id == wish.programme_id),
        Stop.from_day <= days.last,
        Stop.to_day >= days.first,
    )
    return and_(
        _authorised_on(days.first, wish),
        _authorised_on(days.last, wish),
        _practised_on(days.first, wish),
        Staff.joined_on <= days.first,
        or_(Staff.left_on.is_(None), Staff.left_on >= days.last),
        not_(stopped),
        not_(Staff.id.in_(wish.taken) if wish.taken else false()),
    )


def _practised_on(day: date, wish: Wish) -> ColumnElement[bool]:
    """Return the condition that a facilitator has not lapsed on the day; whoever supervises does not lapse."""
    if wish.role != ActingRole.FACILITATOR:
        return true()
    return exists().where(
        Practice.staff_id == Staff.id,
        Practice.programme_id == wish.programme_id,
        Practice.begins_on <= day,
        Practice.lapses_on >= day,
    )


def _authorised_on(day: date, wish: Wish) -> ColumnElement[bool]:
    right = Authorisation
    return exists().where(
        right.staff_id == Staff.id,
        right.programme_id == wish.programme_id,
        right.role == wish.role,
        right.valid_from <= day,
        right.valid_to >= day,
    )
