"""Reads of the trail."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, func, or_, select

from selection.core.clock import LONDON
from selection.core.db import db, rows
from selection.models.people import Staff
from selection.models.trail import TrailEntry
from selection.trail.names import names_in
from selection.trail.words import Shown, shown
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


def about(subject: str, subject_id: int, *, limit: int = 50) -> Sequence[Shown]:
    """Return the newest entries about one thing, such as a booking, in words and newest first; two queries."""
    query = select(TrailEntry).where(TrailEntry.subject == subject, TrailEntry.subject_id == subject_id)
    return _in_words(db.session.scalars(query.order_by(TrailEntry.id.desc()).limit(limit)).all())[0]


def search(
    *, words: str = "", event: str = "", first: date | None = None, last: date | None = None, page: int = 1
) -> tuple[Sequence[Shown], Mapping[int, str], Pages]:
    """Return a page of the whole trail in words, newest first, and the names of those whom it is about by staff id.

    `words` are part of an actor's or a person's name or number. Three queries.
    """
    query = _matching(words, event, first, last)
    counted = select(func.count()).select_from(query.limit(COUNTED).subquery())
    total = db.session.scalars(counted).one()
    pages = Pages.at(page, total, capped=total == COUNTED)
    found = db.session.scalars(query.order_by(TrailEntry.id.desc()).offset(pages.before).limit(PER_PAGE)).all()
    return *_in_words(found), pages


def _in_words(entries: Sequence[TrailEntry]) -> tuple[Sequence[Shown], Mapping[int, str]]:
    names = names_in(entries)
    return [shown(entry, names) for entry in entries], names.get("staff_id", {})


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
