"""What every change of a draft goes through: it is locked, must be changeable, and keeps who wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.standards import (
    CURRENT_FORMAT,
    Competency,
    Exercise,
    Standard,
    StandardAuthor,
    StandardProposal,
)
from selection.rules.publishing import Standing, reasons_against_changing
from selection.rules.roles import Actor
from selection.trail.record import record

EXERCISES = joinedload(Standard.exercises).joinedload(Exercise.competencies).joinedload(Competency.indicators)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that may be changed, and whether who asks has written in it before."""

    row: Standard
    mine: bool

    @property
    def name(self) -> str:
        """What it is called: "Selection of facilitators, version 2"."""
        return f"{self.row.title}, version {self.row.number}"


def opened(standard_id: int, *, by: Actor, writing: bool, whole: bool = False) -> Draft:
    """Return the draft, locked if it is for writing; raises NotHere, or Refused if it cannot be changed any more.

    One query, also for the whole draft: with its exercises and all that they look for.
    """
    proposed_by = (
        select(StandardProposal.proposed_by_id)
        .where(StandardProposal.standard_id == Standard.id, StandardProposal.ended_at.is_(None))
        .scalar_subquery()
    )
    mine = select(StandardAuthor.account_id).where(
        StandardAuthor.standard_id == Standard.id, StandardAuthor.account_id == by.account_id
    )
    query = select(Standard, proposed_by, mine.exists()).where(Standard.id == standard_id)
    if whole:
        query = query.options(EXERCISES)
    found = db.session.execute(query.with_for_update(of=Standard) if writing else query).unique().one_or_none()
    if found is None:
        raise NotHere
    row, proposer, wrote = found
    standing = Standing(published=row.state == "published", proposed_by=proposer, authors=frozenset())
    if reasons := reasons_against_changing(standing):
        raise Refused(*reasons)
    return Draft(row, wrote)


def was_changed(draft: Draft, what: str, before: Mapping[str, Any], after: Mapping[str, Any], *, by: Actor) -> None:
    """Count the draft as changed by this person, and leave that on the trail; *what* is the part, in words.

    What is written now has the present format, also in a draft that came in an older one.
    """
    draft.row.changed_at = clock.now()
    draft.row.changed_by_id = by.account_id
    draft.row.content_format = CURRENT_FORMAT
    if not draft.mine:
        add_author(draft.row, by)
    db.session.flush()
    record(
        "standard.changed",
        by=by,
        subject_id=draft.row.id,
        before={"part": what, **before},
        after={"part": what, **after},
    )


def add_author(standard: Standard, by: Actor) -> None:
    """Keep that this person's words are in the version; a command has no login and writes no words of its own."""
    if by.account_id is not None:
        db.session.add(StandardAuthor(standard_id=standard.id, account_id=by.account_id, since=clock.now()))
