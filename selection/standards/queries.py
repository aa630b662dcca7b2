"""Reads of selection standards that several of their topics need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.people import Account
from selection.models.standards import Standard, StandardAuthor, StandardProposal
from selection.prescribed.facts import WHOLE
from selection.rules.publishing import Standing


def every() -> Sequence[Standard]:
    """Return every version of every standard, the newest version of each first."""
    return db.session.scalars(select(Standard).order_by(Standard.title, Standard.number.desc())).all()


def one(standard_id: int, *, writing: bool = False) -> Standard:
    """Return one version with all that hangs on it, locked if it is for writing; raises NotHere."""
    query = select(Standard).where(Standard.id == standard_id).options(*WHOLE)
    standard = db.session.scalars(query.with_for_update(of=Standard) if writing else query).one_or_none()
    if standard is None:
        raise NotHere
    return standard


def beside(standard_id: int, other_id: int | None = None) -> tuple[Standard, Standard | None]:
    """Return a version and the other one, or the one that it was made from; raises NotHere for the first alone."""
    base = select(Standard.based_on_id).where(Standard.id == standard_id).scalar_subquery()
    query = select(Standard).where(
        or_(Standard.id == standard_id, Standard.id == (base if other_id is None else other_id))
    )
    found = {one.id: one for one in db.session.scalars(query.options(*WHOLE))}
    if standard_id not in found:
        raise NotHere
    this = found.pop(standard_id)
    return this, next(iter(found.values()), None)


def authors(standard_id: int) -> set[int]:
    """Return the logins of those who wrote in a version."""
    return set(db.session.scalars(select(StandardAuthor.account_id).where(StandardAuthor.standard_id == standard_id)))


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """How a version came about: its authors (login → name), the last proposal, and the names of who did what."""

    published: bool
    authors: Mapping[int, str]
    proposal: StandardProposal | None
    proposed_by: str | None
    ended_by: str | None
    published_by: str | None

    @property
    def is_proposed(self) -> bool:
        """True while a proposal is open."""
        return self.proposal is not None and self.proposal.ended_at is None and not self.published

    @property
    def standing(self) -> Standing:
        """How far the version has come, as the rules see it."""
        is_open = self.proposal is not None and self.proposal.ended_at is None
        return Standing(
            published=self.published,
            proposed_by=self.proposal.proposed_by_id if self.proposal and is_open else None,
            authors=frozenset(self.authors),
        )


def history(standard: Standard) -> History:
    """Return who wrote, proposed, sent back and published the version; one query."""
    author, proposer, ender, publisher = (aliased(Account) for _ in range(4))
    last = select(func.max(StandardProposal.id)).where(StandardProposal.standard_id == Standard.id)
    query = (
        select(StandardProposal, proposer.name, ender.name, publisher.name, author.id, author.name)
        .select_from(Standard)
        .outerjoin(StandardProposal, StandardProposal.id == last.correlate(Standard).scalar_subquery())
        .outerjoin(proposer, proposer.id == StandardProposal.proposed_by_id)
        .outerjoin(ender, ender.id == StandardProposal.ended_by_id)
        .outerjoin(publisher, publisher.id == Standard.published_by_id)
        .outerjoin(StandardAuthor, StandardAuthor.standard_id == Standard.id)
        .outerjoin(author, author.id == StandardAuthor.account_id)
        .where(Standard.id == standard.id)
        .order_by(StandardAuthor.since, author.id)
    )
    rows = db.session.execute(query).all()
    proposal, proposed_by, ended_by, published_by = rows[0][:4]
    return History(
        published=standard.state == "published",
        authors=dict(row[4:] for row in rows if row[5]),
        proposal=proposal,
        proposed_by=proposed_by,
        ended_by=ended_by,
        published_by=published_by,
    )


def next_number(title: str) -> int:
    """Return the number of the next version of that title."""
    last = db.session.scalar(select(func.max(Standard.number)).where(Standard.title == title))
    return (last or 0) + 1


def is_taken(title: str, number: int) -> bool:
    """True if there is a version of that title and number."""
    query = select(Standard.id).where(Standard.title == title, Standard.number == number)
    return db.session.scalar(query) is not None
