"""Drafts of standards, and the people who write and publish them."""

from dataclasses import dataclass

from flask import Flask

from selection.commands.reference.standard import new_standard
from selection.core import clock
from selection.models.people import Account
from selection.models.standards import CURRENT_FORMAT, Standard, StandardAuthor
from selection.rules.roles import Role
from tests.factories import people, standards
from tests.pages import Browserlike
from tests.store import Store


@dataclass(frozen=True)
class Prepared:
    """A published version, a draft made from it that could be published, and three coordinators."""

    published: Standard
    draft: Standard
    author: Account
    proposer: Account
    reader: Account

    @property
    def url(self) -> str:
        """Where the draft is."""
        return f"/standards/{self.draft.id}"


def prepared(store: Store) -> Prepared:
    """Put a published version and a draft of the next into the database."""
    with store.session() as session:
        author, proposer, reader = (people.account(session, Role.COORDINATOR) for _ in range(3))
        published = standards.standard(session, title="Selection of programme facilitators")
        draft = new_standard()
        draft.number, draft.shipped, draft.content_format = 2, False, CURRENT_FORMAT
        draft.based_on_id, draft.changed_at, draft.changed_by_id = published.id, clock.now(), author.id
        session.add(draft)
        session.flush()
        session.add(StandardAuthor(standard_id=draft.id, account_id=author.id, since=clock.now()))
    return Prepared(published=published, draft=draft, author=author, proposer=proposer, reader=reader)


def browser(app: Flask, account: Account) -> Browserlike:
    """Return a browser in which this person is signed in."""
    return Browserlike(app).sign_in_as(account)


def propose(app: Flask, there: Prepared) -> Browserlike:
    """Propose the draft through its page; return the browser of who did."""
    client = browser(app, there.proposer)
    client.get(f"{there.url}/propose")
    client.fill({"why": "Ten competencies and anchors in words."})
    return client
