"""From a draft to a version: one proposes it, another publishes it, once and for ever."""

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.standards import Standard, StandardProposal, StandardPublication
from selection.prescribed.content import content_hash
from selection.prescribed.facts import facts_of
from selection.rules.drafts import problems_with
from selection.rules.publishing import (
    NOT_PROPOSED,
    PUBLISHED,
    reasons_against_proposing,
    reasons_against_publishing,
)
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.standards import queries
from selection.standards.queries import History
from selection.trail.record import record

NO_WHY_BACK = Reason(
    code="standard.no_why_back",
    field="why",
    message="Nothing says why the proposal ends.",
    remedy="Say it in a sentence, so that the others know what to do next.",
)


def problems(standard: Standard) -> tuple[Reason, ...]:
    """Return everything in the draft that keeps it from being published; load it with `facts.WHOLE`."""
    return problems_with(facts_of(standard))


def propose(standard: Standard, why: str, *, by: Actor) -> StandardProposal:
    """Propose that the draft be published as it is now, or raise Refused with everything against it."""
    standing = queries.history(standard).standing
    if reasons := reasons_against_proposing(standing, problems(standard), why=why):
        raise Refused(*reasons)
    assert by.account_id is not None  # a proposal is made by somebody who is signed in
    proposal = StandardProposal(
        standard_id=standard.id,
        content_hash=content_hash(standard),
        why=why,
        proposed_by_id=by.account_id,
        proposed_at=clock.now(),
        ended_because="",
    )
    db.session.add(proposal)
    db.session.flush()
    after = {"content_hash": proposal.content_hash}
    record("standard.proposed", by=by, subject_id=standard.id, after=after, reason=why)
    return proposal


def end_proposal(standard: Standard, why: str, *, by: Actor) -> None:
    """Take the proposal back, or send it back to its authors: the draft can be changed again."""
    proposal = _open_proposal(queries.history(standard))
    if not why:
        raise Refused(NO_WHY_BACK)
    proposal.ended_at, proposal.ended_by_id, proposal.ended_because = clock.now(), by.account_id, why
    db.session.flush()
    after = {"content_hash": proposal.content_hash}
    record("standard.proposal_ended", by=by, subject_id=standard.id, after=after, reason=why)


def publish(standard: Standard, *, by: Actor) -> None:
    """Publish what was proposed under the hash of its content, or raise Refused with every reason against it."""
    history = queries.history(standard)
    if reasons := reasons_against_publishing(history.standing, by=by.account_id) or problems(standard):
        raise Refused(*reasons)
    proposal = _open_proposal(history)
    assert by.account_id is not None  # the rule has seen to it
    publication = StandardPublication(
        standard_id=standard.id,
        proposal_id=proposal.id,
        proposed_by_id=proposal.proposed_by_id,
        published_by_id=by.account_id,
        content_hash=content_hash(standard),
        published_at=clock.now(),
    )
    db.session.add(publication)
    db.session.flush()
    _close(standard, by=by)
    after = {"content_hash": standard.content_hash, "proposed_by_id": proposal.proposed_by_id}
    record("standard.published", by=by, subject_id=standard.id, after=after, reason=proposal.why)


def publish_shipped(standard: Standard, *, by: Actor) -> None:
    """Publish a version that came with the service: it is there before anybody has a login, and says so for ever."""
    if standard.state == "published":
        raise Refused(PUBLISHED)
    db.session.flush()  # what hangs on it goes in while it is a draft: the triggers let nothing in afterwards
    if found := problems(standard):
        raise Refused(*found)
    _close(standard, by=by)
    record("standard.published", by=by, subject_id=standard.id, after={"content_hash": standard.content_hash})


def _open_proposal(history: History) -> StandardProposal:
    if history.published:
        raise Refused(PUBLISHED)
    if history.proposal is None or not history.is_proposed:
        raise Refused(NOT_PROPOSED)
    return history.proposal


def _close(standard: Standard, *, by: Actor) -> None:
    standard.state = "published"
    standard.content_hash = content_hash(standard)
    standard.published_at = clock.now()
    standard.published_by_id = by.account_id
    db.session.flush()
