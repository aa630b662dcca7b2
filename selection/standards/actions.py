"""What changes a standard: publishing it, once and for ever."""

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.standards import Standard
from selection.prescribed.content import content_hash
from selection.prescribed.facts import facts_of
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.standards import problems_with
from selection.trail.record import record

INDICATORS_NEEDED = 4
"""The least number of indicators a competency [local default]."""

ALREADY = Reason(
    code="standard.published",
    message="This version is published, and a published version never changes.",
    remedy="Make a correction as a new version.",
)


def publish(standard: Standard, *, by: Actor) -> None:
    """Publish a draft under the hash of its content, or raise Refused with everything that is wrong with it."""
    if standard.state == "published":
        raise Refused(ALREADY)
    db.session.flush()  # what hangs on it goes in while it is a draft: the triggers let nothing in afterwards
    if problems := problems_with(facts_of(standard), indicators_needed=INDICATORS_NEEDED):
        raise Refused(*problems)
    standard.state = "published"
    standard.content_hash = content_hash(standard)
    standard.published_at = clock.now()
    standard.published_by_id = by.account_id
    db.session.flush()
    record("standard.published", by=by, subject_id=standard.id, after={"content_hash": standard.content_hash})
