"""What the register holds that a file touches, read in chunks: the same few queries for each, however long the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.models.people import Area, Staff
from selection.people.imports.checking import Line
from selection.rules.names import folded
from selection.rules.register import Entry
from selection.rules.roles import Reach

CHUNK = 1_000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Stored:
    """A person as the register holds them now."""

    id: int
    version: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Manager:
    """A person whom the file names as a line manager."""

    id: int
    area_id: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a chunk of lines touches: people by number, whose addresses are theirs, and line managers by number."""

    stored: dict[str, Stored]
    email_of: dict[str, str]
    managers: dict[str, Manager]


def areas_by_name(reach: Reach) -> dict[str, int]:
    """Return the ids of the areas within reach by folded name."""
    rows = db.session.execute(select(Area.id, Area.name))
    return {folded(row.name): row.id for row in rows if reach.takes_in(row.id)}


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield the items in chunks that a query can take."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def gathered(lines: Iterable[Line], *, lock: bool) -> Facts:
    """Return what the lines touch, in three queries; with `lock`, nobody changes those people before the end."""
    entries = [line.entry for line in lines]
    emails = select(Staff.email, Staff.number).where(Staff.email.in_([entry.email for entry in entries]))
    numbers = {entry.line_manager for entry in entries} - {""}
    managers = select(Staff.number, Staff.id, Staff.area_id).where(Staff.number.in_(numbers))
    return Facts(
        stored={stored.entry.number: stored for stored in _stored([entry.number for entry in entries], lock)},
        email_of={row.email: row.number for row in db.session.execute(emails)},
        managers={row.number: Manager(row.id, row.area_id) for row in db.session.execute(managers)},
    )


def _stored(numbers: list[str], lock: bool) -> Iterator[Stored]:
    manager = aliased(Staff)
    columns: tuple[Any, ...] = (Staff.id, Staff.version, Staff.number, Staff.name, Staff.email, Staff.job_title)
    columns += (Staff.area_id, Staff.joined_on, Staff.left_on, manager.number)
    query = select(*columns).outerjoin(manager, manager.id == Staff.line_manager_id).where(Staff.number.in_(numbers))
    if lock:
        query = query.with_for_update(of=Staff)
    for row in db.session.execute(query):
        key, version, number, name, email, job_title, area_id, joined_on, left_on, managed_by = row
        entry = Entry(
            number=number,
            name=name,
            email=email,
            job_title=job_title,
            area_id=area_id,
            joined_on=joined_on,
            left_on=left_on,
            line_manager=managed_by or "",
        )
        yield Stored(key, version, entry)
