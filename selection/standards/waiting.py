"""What waits for who publishes standards: versions that somebody else proposed, and in which they had no hand."""

from datetime import date

from flask import url_for
from sqlalchemy import exists, select

from selection.core import clock
from selection.core.db import db
from selection.models.people import Account
from selection.models.standards import Standard, StandardAuthor, StandardProposal
from selection.rules.roles import Actor, Permission
from selection.web.waiting import Waiting


def waiting_for(by: Actor, _today: date) -> tuple[Waiting, ...]:
    """Return the proposals that this person may publish, or send back."""
    if not by.reach(Permission.STANDARDS_PUBLISH).everywhere:
        return ()
    wrote = exists().where(StandardAuthor.standard_id == Standard.id, StandardAuthor.account_id == by.account_id)
    query = (
        select(Standard.id, Standard.title, Standard.number, StandardProposal.proposed_at, Account.name)
        .join(StandardProposal, StandardProposal.standard_id == Standard.id)
        .join(Account, Account.id == StandardProposal.proposed_by_id)
        .where(Standard.state == "draft", StandardProposal.ended_at.is_(None), ~wrote)
        .where(StandardProposal.proposed_by_id != by.account_id)
    )
    return tuple(
        Waiting(
            title=f"Read and publish {title}, version {number}",
            detail=f"Proposed by {name}. A second person publishes it.",
            url=url_for("standards.publish", standard_id=standard_id),
            due=clock.london(proposed_at).date(),
        )
        for standard_id, title, number, proposed_at, name in db.session.execute(query)
    )
