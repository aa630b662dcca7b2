"""Reads of the trail."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, func, or_, select

from selection.core.clock import LONDON
from selection.core.db import db, rows
from selection.models.people import Staff
from selection.models.trail import TrailEntry
from selection.web.pages import PER_PAGE, Pages

COUNTED = 10_000


_OF_PERSON = (
    select(*TrailEntry.__table__.columns)
    .where(TrailEntry.staff_id == bindparam("staff_id"))
    .order_by(TrailEntry.id.desc())
    .limit(bindparam("most", type_=Integer))
)


def of_person(staff_id: int, *, limit: int = 50) -> Sequence[Row[Any]]:
    """Return the newest entries about a person's record, newest first, as rows with the columns of an entry."""
    return rows(_OF_PERSON, staff_id=staff_id, most=limit)


def about(subject: str, subject_id: int, *, limit: int = 50) -> Sequence[TrailEntry]:
    """Return the newest entries about one thing, such as a booking, newest first."""
    query = select(TrailEntry).where(TrailEntry.subject == subject, TrailEntry.subject_id == subject_id)
    return db.session.scalars(query.order_by(TrailEntry.id.desc()).limit(limit)).all()


def search(
    *, words: str = "", event: str = "", first: date | None = None, last: date | None = None, page: int = 1
) -> tuple[Sequence[TrailEntry], Pages]:
    """Return a page of the whole trail, newest first; `words` are part of an actor's or a person's name or number."""
    query = _matching(words, event, first, last)
    counted = select(func.count()).select_from(query.limit(COUNTED).subquery())
    total = db.session.scalars(counted).one()
    rows = query.order_by(TrailEntry.id.desc()).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    return db.session.scalars(rows).all(), Pages(page=page, total=total, capped=total == COUNTED)


def names_of(entries: Sequence[TrailEntry]) -> dict[int, str]:
    """Return the names of the people whom the entries are about, by staff id."""
    ids = {entry.staff_id for entry in entries if entry.staff_id is not None}
    return dict(db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids))).all())


def _matching(words: str, event: str, first: date | None, last: date | None) -> Select[TrailEntry]:
    query = select(TrailEntry)
    if words:
        people = select(Staff.id).where(or_(Staff.name.icontains(words, autoescape=True), Staff.number == words))
        query = query.where(
            or_(TrailEntry.actor_name.icontains(words, autoescape=True), TrailEntry.staff_id.in_(people))
        )
    if event:
        query = query.where(TrailEntry.event == event)
    if first:
        query = query.where(TrailEntry.at >= datetime.combine(first, time.min, LONDON))
    if last:
        query = query.where(TrailEntry.at <= datetime.combine(last, time.max, LONDON))
    return query
